import { can, who } from '../../access/answers';
import type { EnvironmentAccess } from '../../access/environment-access';
import { canJson, canText, whoJson, whoText } from '../../access/report-answers';
import { requestedPath } from '../../access/requested-path';
import { loadPolicyParser } from '../../policies/policy-text';
import { accessOf } from './declared';
import { madeAccess } from './made-access';

const SHOP = madeAccess({
  policies: {
    store: {
      'kv/data/team/*': ['read'],
      'kv/data/team/mail': ['update'],
      'kv/metadata/team': ['list'],
    },
    audit: { 'kv/metadata/team/*': ['read'], 'sys/audit': ['read'] },
    idle: {},
  },
  secrets: ['team/mail', 'team/payments'],
});
const named = (name: string, { identities }: EnvironmentAccess = SHOP) => {
  const found = identities.find((one) => one.name === name);
  if (!found) throw new Error(`no identity ${name}`);
  return found;
};

test.each([
  ['kv/team/mail', 'kv/data/team/mail'],
  ['/v1/kv/data/team/mail', 'kv/data/team/mail'],
  ['/kv/metadata/team/', 'kv/metadata/team/'],
  ['kv/config', 'kv/config'],
  ['kv/detailed-metadata/team', 'kv/detailed-metadata/team'],
  ['kv/', 'kv/'],
  ['kv', 'kv'],
  ['kvx/team/mail', 'kvx/team/mail'],
  ['sys/audit', 'sys/audit'],
])("'%s' is meant as '%s'", (given, apiPath) => {
  expect(requestedPath(given, SHOP).apiPath).toBe(apiPath);
});

test('on KV v1 a secret is where its name says', () => {
  expect(requestedPath('kv/team/mail', madeAccess({ policies: {}, version: 1 })).apiPath).toBe(
    'kv/team/mail',
  );
});

test('the longest mount that matches is meant', () => {
  const nested = {
    ...SHOP,
    kvMounts: [
      { path: 'kv/deep', version: 2 },
      { path: 'kv', version: 2 },
    ],
  } as const;
  expect(requestedPath('kv/deep/x', nested).apiPath).toBe('kv/deep/data/x');
});

test('an answer names the rule that decided, and those that lost with the reason', () => {
  expect(canText(can(SHOP, named('store'), 'read', 'kv/team/mail'))).toMatchInlineSnapshot(`
    "no: store of shop-production cannot read kv/data/team/mail: the rule has no read, only update
      decided by path "kv/data/team/mail" { update } of policy store, line 2
      lost: path "kv/data/team/*" { read } of policy store, line 1, since the other names the path exactly
    "
  `);
  expect(canText(can(SHOP, named('store'), 'read', 'kv/team/payments'))).toMatchInlineSnapshot(`
    "yes: store of shop-production can read kv/data/team/payments
      decided by path "kv/data/team/*" { read } of policy store, line 1
    "
  `);
});

test('the comment above the rule that decided is shown line by line', async () => {
  await loadPolicyParser();
  const hcl =
    '# operator may read\n#\n# operator may write \u202e\n/* and\n * more */\npath "a" { capabilities = ["read"] }';
  const access = accessOf({ vault_policy: { p: { name: 'p', policy: hcl } } });
  expect(canText(can(access, named('p', access), 'read', 'a'))).toBe(
    [
      'yes: p of shop can read a',
      '  decided by path "a" { read } of policy p, line 6',
      '    # operator may read',
      '    # operator may write',
      '    # and',
      '    # more',
      '',
    ].join('\n'),
  );
});

test('a secret that is listed is looked up where its names are', () => {
  expect(can(SHOP, named('store'), 'list', 'kv/team')).toMatchObject({
    path: 'kv/metadata/team',
    decision: { allowed: true },
  });
});

test('where no rule matches, the policies that were looked at are named', () => {
  expect(canText(can(SHOP, named('idle'), 'read', 'kv/team/mail'))).toBe(
    'no: idle of shop-production cannot read kv/data/team/mail: no rule matches\n  policies: idle\n',
  );
});

test('what a request carries counts', () => {
  const wrapped = madeAccess({
    policies: {
      a: {
        x: { capabilities: ['update'], conditions: { minWrappingTtl: 60 } },
      },
    },
  });
  const answer = (wrapTtl?: number) => can(wrapped, named('a', wrapped), 'update', 'x', { wrapTtl }).decision;
  expect(answer()).toMatchObject({
    allowed: false,
    refusal: 'the answer must be wrapped, for 60 s at least',
  });
  expect(answer(59)).toMatchObject({ allowed: false });
  expect(answer(60)).toMatchObject({ allowed: true });
});

test('who reaches a secret is told for its values and for what else the engine keeps of it', () => {
  expect(whoText([who(SHOP, 'kv/team/mail')])).toMatchInlineSnapshot(`
    "shop-production
      kv/data/team/mail
        store (policy)  update  by path "kv/data/team/mail" { update } of policy store, line 2
                        lost: path "kv/data/team/*" { read } of policy store, line 1, since the other names the path exactly
      kv/metadata/team/mail
        audit (policy)  read  by path "kv/metadata/team/*" { read } of policy audit, line 1
    "
  `);
});

test('who reaches a path of the API is told for it alone', () => {
  expect(whoText([who(SHOP, 'sys/audit')])).toMatchInlineSnapshot(`
    "shop-production
      sys/audit
        audit (policy)  read  by path "sys/audit" { read } of policy audit, line 2
    "
  `);
  expect(who(SHOP, 'kv/metadata/team').paths).toMatchObject([
    {
      path: 'kv/metadata/team',
      readers: [{ identity: { name: 'store' }, capabilities: ['list'] }],
    },
  ]);
});

test('nobody is an answer too', () => {
  expect(whoText([who(SHOP, 'kv/other')])).toContain('    nobody of 3 identities\n');
});

test('json names identities as Vault does', () => {
  expect(JSON.parse(canJson(can(SHOP, named('store'), 'read', 'kv/team/mail')))).toEqual({
    version: 1,
    environment: 'shop-production',
    identity: 'shop-store',
    policies: ['store'],
    operation: 'read',
    path: 'kv/data/team/mail',
    allowed: false,
    refusal: 'the rule has no read, only update',
    rule: 'path "kv/data/team/mail" { update } of policy store, line 2',
    lost: [
      {
        rule: 'path "kv/data/team/*" { read } of policy store, line 1',
        because: 'the other names the path exactly',
      },
    ],
  });
  expect(JSON.parse(whoJson([who(SHOP, 'sys/audit')]))).toEqual({
    version: 1,
    environments: [
      {
        name: 'shop-production',
        paths: [
          {
            path: 'sys/audit',
            identities: [
              {
                identity: 'shop-audit',
                capabilities: ['read'],
                rule: 'path "sys/audit" { read } of policy audit, line 2',
                lost: [],
              },
            ],
          },
        ],
      },
    ],
  });
});

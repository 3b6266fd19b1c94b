import { loadPolicyParser } from '../../policies/policy-text';
import { accessOf, identityOf, paths, reading, summary } from './declared';

beforeAll(loadPolicyParser);

const policy = (name: unknown, text: unknown) => ({ name, policy: text });

test('names are as Vault keeps them, in lower case', () => {
  const access = accessOf({ vault_policy: { p: policy('Apps-READER', reading('a')) } });
  expect([...access.policies.keys()]).toEqual(['default', 'root', 'apps-reader']);
  expect(access.policies.get('apps-reader')?.rules[0]?.origin).toMatchObject({
    policy: 'apps-reader',
    line: 1,
  });
});

test('the same text is of each policy that has it', () => {
  const access = accessOf({ vault_policy: { a: policy('a', reading('x')), b: policy('b', reading('x')) } });
  expect(access.policies.get('a')?.rules[0]?.origin.policy).toBe('a');
  expect(access.policies.get('b')?.rules[0]?.origin.policy).toBe('b');
});

test.each([
  [reading('x'), reading('y'), ['y read'], 1],
  [reading('x'), reading('x'), ['x read'], 0],
  ['${var.x}', '${var.x}', undefined, 1],
])('of two policies of one name, %j and %j, the second counts', (first, second, expected, notes) => {
  const access = accessOf({ vault_policy: { a: policy('p', first), b: policy('P', second) } });
  const found = access.identities.map(paths);
  expect(found).toEqual(expected === undefined ? [] : [expected]);
  expect(access.unknown.filter((one) => one.includes('is declared by'))).toEqual(
    Array(notes).fill(
      "policy 'p' is declared by vault_policy.a and by vault_policy.b; whichever is applied last counts, and the second one is looked at",
    ),
  );
});

test('a policy may have very many empty lines', () => {
  const text = `${'\n'.repeat(100_000)}${reading('a/${var.team}')}`;
  expect(paths(identityOf(accessOf({ vault_policy: { p: policy('p', text) } }), 'p'))).toHaveLength(1);
});

test('of a text that is too long nothing is read, and the note says why', () => {
  const double = (name: string) => `\${local.${name}}\${local.${name}}`;
  const locals = Object.fromEntries(
    [...Array(31).keys()].map((i) => [`a${i}`, i ? double(`a${i - 1}`) : '# x']),
  );
  const access = accessOf(
    {
      vault_policy: { p: policy('p', '${local.a30}') },
      vault_mount: { m: { path: '${local.a30}', type: 'kv' } },
    },
    { locals },
  );
  expect(access.policies.has('p')).toBe(false);
  expect(access.unknown).toEqual([
    "the text of policy 'p' (vault_policy.p) is longer than is read here, which is 1 MiB",
    expect.stringContaining("'path' of vault_mount.m is ${local.a30}, which holds more than is read here; "),
  ]);
});

test('what is unknown in a path stays there in brackets, and is said', () => {
  const text = `# for \${var.team}\n${reading('a/${var.team}/b')}\n${reading('c')}`;
  const access = accessOf({ vault_policy: { p: policy('p', text) } });
  expect(paths(identityOf(access, 'p'))).toEqual(['a/\u27e8var.team\u27e9/b read', 'c read']);
  expect(access.unknown).toEqual([
    "path 'a/\u27e8var.team\u27e9/b' of policy 'p' (vault_policy.p) is known at an apply only",
  ]);
});

test.each([
  ['the whole text', '${var.text}'],
  ['a rule', `${reading('a')}\n\${var.more}\n`],
  ['a capability', 'path "a" { capabilities = ["${var.capability}"] }'],
  [
    'a parameter',
    'path "a" {\n  capabilities = ["update"]\n  allowed_parameters = { "a" = ["${var.a}"] }\n}',
  ],
  ['a function', '${templatefile("p.tpl", {})}'],
])('a policy of which %s is unknown is not known', (_, text) => {
  const access = accessOf({
    vault_policy: { p: policy('p', text) },
    vault_token: { t: { display_name: 'token', policies: ['p'] } },
  });
  expect(summary(access)).toEqual(['token token: default p']);
  expect(paths(identityOf(access, 'token'))).toEqual([]);
  expect(access.unknown).toEqual(["what policy 'p' (vault_policy.p) allows is known at an apply only"]);
});

test('a policy without a name that is known is left out, and said', () => {
  const access = accessOf({ vault_policy: { p: policy('${var.name}', reading('a')) } });
  expect(access.identities).toEqual([]);
  expect(access.unknown).toEqual([
    "'name' of vault_policy.p is ${var.name}, which is known at an apply only; the policy is left out",
  ]);
});

test('a policy default that is not known is not the one that the server brings', () => {
  const access = accessOf({
    vault_policy: { p: policy('default', '${var.text}') },
    vault_token: { t: { display_name: 'token', policies: ['x'] } },
  });
  expect(access.policies.has('default')).toBe(false);
  expect(identityOf(access, 'token').accessList.rules).toEqual([]);
});

test("a policy default of the stacks' own is said to be another one for each entity", () => {
  const access = accessOf({
    vault_policy: { p: policy('default', reading('a/{{identity.entity.id}}')) },
    vault_approle_auth_backend_role: { r: { role_name: 'role' } },
  });
  expect(access.unknown).toEqual([
    "path 'a/{{identity.entity.id}}' of policy 'default' is another one for each entity, and not known before it is there: for role 'role' it stays as it is written",
  ]);
});

test("Sentinel's policies are said not to be read", () => {
  const access = accessOf({ vault_egp_policy: { e: { name: 'e' } }, vault_rgp_policy: { r: { name: 'r' } } });
  expect(access.unknown).toEqual([
    'vault_egp_policy.e is a Sentinel policy, which is not read; it may refuse more',
    'vault_rgp_policy.r is a Sentinel policy, which is not read; it may refuse more',
  ]);
});

test('a policy in JSON, encoded by Terraform, is read', () => {
  const text = '${jsonencode({ path = { "a/*" = { capabilities = ["read", "list"] } } })}';
  const access = accessOf({ vault_policy: { p: policy('p', text) } });
  expect(paths(identityOf(access, 'p'))).toEqual(['a/* read+list']);
});

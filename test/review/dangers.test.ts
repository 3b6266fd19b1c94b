import { loadPolicyParser } from '../../policies/policy-text';
import type { Danger } from '../../review/dangers';
import { dangersOf } from '../../review/dangers';
import type { ResourceChange } from '../../review/resource-change';
import { reviewedSide } from '../../review/reviewed-side';
import { compared, SHOP, shopChange, shopWith, stack } from './made-change';

beforeAll(loadPolicyParser);

const told = (dangers: readonly Danger[]) =>
  dangers.map(({ action, what, meaning }) => `${action} ${what}: ${meaning}`);

test.each<[string, Parameters<typeof shopWith>[0], string]>([
  [
    'a mount, with all that is declared in it',
    { 'vault_mount.shop': undefined },
    "delete KV mount 'shop': everything in it is gone, 2 declared secrets among it: bills, mail",
  ],
  [
    'a mount that becomes another one',
    { 'vault_mount.shop': { type: 'transit' } },
    "replace KV mount 'shop': everything in it is gone, 2 declared secrets among it: bills, mail",
  ],
  [
    'a secret, with those who read it',
    { 'vault_kv_secret_v2.mail': undefined },
    "delete secret 'shop/mail': all its values are gone; read by store",
  ],
  [
    'a secret that nobody reads',
    { 'vault_kv_secret_v2.bills': undefined },
    "delete secret 'shop/bills': all its values are gone",
  ],
  [
    'a volume, with what uses it',
    { 'docker_volume.data': { name: 'other' } },
    "replace volume 'shop-data': what is on it is gone; used by shop-store at /data",
  ],
  [
    'a network, with what is on it',
    { 'docker_network.shop': undefined },
    "delete network 'shop-network': what is on it reaches nothing while it is away: shop-store",
  ],
  [
    'a policy in use, with those who have it',
    { 'vault_policy.store': undefined },
    "delete policy 'store' in use: store loses what it allows; store still names it",
  ],
  [
    'an auth method, with those who log in by it',
    { 'vault_auth_backend.approle': undefined },
    "delete auth method 'approle': nobody can log in by it any more: store, and the tokens that it gave end at once",
  ],
  [
    'a role, with the container that logs in by it',
    { 'vault_approle_auth_backend_role.store': undefined },
    "delete role 'store' of approle: shop-store cannot log in",
  ],
  [
    'the last audit device',
    { 'vault_audit.file': undefined },
    "delete audit device 'file': requests are not recorded by it any more, and there is no other device: nothing is recorded",
  ],
])('is %s', (_, change, danger) => {
  expect(told(shopChange(change).dangers)).toEqual([danger]);
});

test.each<[string, string, object, string]>([
  [
    'an entity',
    'vault_identity_entity.ada',
    { name: 'ada', policies: ['store', 'unused'] },
    "delete entity 'ada': whoever is known as it loses its policies: store, unused",
  ],
  [
    'a group',
    'vault_identity_group.team',
    { name: 'team', policies: ['store'] },
    "delete group 'team': whoever is in it loses its policies: store",
  ],
  [
    'a user that is written as a request',
    'vault_generic_endpoint.ada',
    { path: 'auth/userpass/users/ada', data_json: '{}' },
    "delete user 'ada' of userpass: nobody can log in by it any more",
  ],
  [
    'a user of LDAP',
    'vault_ldap_auth_backend_user.ada',
    { username: 'ada', policies: ['store'] },
    "delete user 'ada' of ldap: nobody can log in by it any more",
  ],
  [
    'an auth method of a type of its own',
    'vault_jwt_auth_backend.ci',
    { path: 'ci' },
    "delete auth method 'ci': nobody can log in by it any more, and the tokens that it gave end at once",
  ],
  [
    'a key that encrypts',
    'vault_transit_secret_backend_key.cards',
    { backend: 'transit', name: 'cards' },
    "delete transit key 'cards': what was encrypted with it can never be read again",
  ],
  [
    'a CA',
    'vault_pki_secret_backend_root_cert.ca',
    { backend: 'pki', type: 'internal', common_name: 'ca' },
    "delete root CA of 'pki': its key is gone, and what trusts it trusts nothing that is issued from then on",
  ],
  [
    'a namespace',
    'vault_namespace.team',
    { path: 'team' },
    "delete namespace 'team': everything in it is gone",
  ],
  [
    'a secret of version 1',
    'vault_kv_secret.old',
    { path: 'old/mail', data_json: '{}' },
    "delete secret 'old/mail': all its values are gone",
  ],
])('is %s too', (_, address, attributes, danger) => {
  const before = stack('shop', shopWith({ [address]: attributes }));
  const [environment] = compared([before], [stack('shop', SHOP)]).environments;
  expect(told(environment?.dangers ?? [])).toEqual([danger]);
});

test.each<[string, Parameters<typeof shopWith>[0]]>([
  ['a policy that nobody has', { 'vault_policy.unused': undefined }],
  ['a container that can be made again', { 'docker_container.store': undefined }],
  ['another value of what holds data', { 'vault_kv_secret_v2.mail': { data_json_wo_version: 2 } }],
  ['what is new', { 'vault_mount.more': { path: 'more', type: 'kv' } }],
])('is not %s', (_, change) => {
  expect(shopChange(change).dangers).toEqual([]);
});

test('secrets of a mount that goes are told by the mount alone', () => {
  const { dangers } = shopChange({ 'vault_mount.shop': undefined, 'vault_kv_secret_v2.mail': undefined });
  expect(dangers.map(({ what }) => what)).toEqual(["KV mount 'shop'"]);
});

describe('a server whose container is replaced', () => {
  const server = (more: object) => ({
    docker_container: {
      server: { name: 'shop-vault', image: 'hashicorp/vault:1.21', command: ['server'], ...more },
    },
    vault_mount: { shop: { path: 'shop', type: 'kv' } },
  });
  const configured = (text: string) => ({ upload: [{ file: '/vault/config/config.hcl', content: text }] });

  test.each<[string, object, string]>([
    [
      'sealed by shares',
      configured('ui = false'),
      'it starts sealed, and answers nobody until enough holders of shares have unsealed it',
    ],
    ['sealed by a key', configured('seal "transit" {\n}\n'), 'it is away until its seal has unsealed it'],
    [
      'in memory',
      { command: ['server', '-dev'] },
      'its secrets are in memory and gone with it, and all tokens; a deploy writes what is declared',
    ],
  ])('is away, and %s comes back so', (_, more, meaning) => {
    const before = server(more);
    const after = server({ ...more, image: 'hashicorp/vault:1.22' });
    const { environments } = compared([stack('shop', before)], [stack('shop', after)]);
    expect(environments[0]?.dangers).toMatchObject([
      { action: 'replace', what: "the server's container 'shop-vault'", meaning },
    ]);
  });
});

test.each<[string, object, object]>([
  ['volume', { volume_name: 'data' }, { volume_name: 'other' }],
  ['folder of the host', { host_path: '/data' }, { host_path: '/other' }],
  ['volume in place of a folder', { host_path: '/data' }, { volume_name: 'data' }],
])('a server that gets another %s for its data starts without what it has', (_, from, to) => {
  const server = (storage: object) => ({
    docker_container: {
      server: {
        name: 'shop-vault',
        image: 'hashicorp/vault:1.21',
        command: ['server'],
        upload: [
          { file: '/vault/config/config.hcl', content: 'storage "raft" {\n  path = "/vault/data"\n}\n' },
        ],
        volumes: [{ container_path: '/vault/data', ...storage }],
      },
    },
    vault_mount: { shop: { path: 'shop', type: 'kv' } },
  });
  const { environments } = compared([stack('shop', server(from))], [stack('shop', server(to))]);
  expect(environments[0]?.dangers).toMatchObject([
    { action: 'replace', meaning: 'it starts on another storage: without the data that it has now' },
  ]);
});

test('a stack that is gone is one danger, and not one for each of its resources', () => {
  const { environments } = compared([stack('shop', SHOP)], []);
  expect(told(environments[0]?.dangers ?? [])).toEqual([
    "leave stack 'shop': it is declared no longer, so nothing deletes its 11 resources and nothing looks after them, 10 of which hold data or identity; destroy it while it is declared",
  ]);
});

test('a stack with one resource is told of one', () => {
  const { environments } = compared([stack('shop', { vault_mount: { a: { path: 'a', type: 'kv' } } })], []);
  expect(told(environments[0]?.dangers ?? [])).toEqual([
    "leave stack 'shop': it is declared no longer, so nothing deletes its 1 resource and nothing looks after it, which holds data or identity; destroy it while it is declared",
  ]);
});

test('what is no longer protected may go with the next change', () => {
  const { environments } = compared(
    [
      stack('shop', {
        vault_mount: { shop: { path: 'shop', type: 'kv', lifecycle: { prevent_destroy: true } } },
      }),
    ],
    [stack('shop', { vault_mount: { shop: { path: 'shop', type: 'kv' } } })],
  );
  expect(told(environments[0]?.dangers ?? [])).toEqual([
    "unprotect KV mount 'shop': Terraform may delete it from now on; then everything that was ever written to it is gone",
  ]);
});

test('that nothing of a stack is protected any more is one decision', () => {
  const mounts = (lifecycle?: object) => ({
    vault_mount: Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((path) => [path, { path, type: 'kv', ...(lifecycle && { lifecycle }) }]),
    ),
  });
  const { environments } = compared(
    [stack('shop', mounts({ prevent_destroy: true }))],
    [stack('shop', mounts())],
  );
  expect(told(environments[0]?.dangers ?? [])).toEqual([
    "unprotect stack 'shop': Terraform may delete 4 resources of it from now on: KV mount 'a', KV mount 'b', KV mount 'c', KV mount 'd'",
  ]);
});

const shownChange = (
  address: string,
  action: ResourceChange['action'],
  values: Readonly<Record<string, string>>,
): ResourceChange => ({
  stack: 'shop',
  address,
  type: address.split('.')[0] as string,
  action,
  attributes: Object.entries(values).map(([name, text]) => ({
    name,
    before: { kind: 'text', text },
    after: { kind: 'absent' },
    forcesReplacement: false,
  })),
});
const STAYS =
  'it stays as it is, with whatever it holds and whoever gets in by it, and nothing looks after it from now on';

test('what Terraform forgets holds what it held', () => {
  const from = shopWith({ 'vault_mount.shop': undefined, 'vault_policy.unused': undefined });
  const removed = ['vault_mount.shop', 'vault_policy.unused'].map((address) => ({
    from: address,
    lifecycle: { destroy: false },
  }));
  const { environments } = compared([stack('shop', SHOP)], [stack('shop', from, { removed })]);
  expect(told(environments[0]?.dangers ?? [])).toEqual([`leave KV mount 'shop': ${STAYS}`]);
});

test('that Terraform forgets most of a stack is one decision', () => {
  const paths = ['a', 'b', 'c', 'd'];
  const all = paths.map((path) => shownChange(`vault_mount.${path}`, 'forget', { path, type: 'kv' }));
  expect(told(dangersOf(all, undefined, undefined))).toEqual([
    "leave stack 'shop': nothing looks after 4 resources of it from now on, and they stay as they are: KV mount 'a', KV mount 'b', KV mount 'c', KV mount 'd'",
  ]);
});

test('what a stack leaves that is declared no longer is said of the stack', () => {
  const mount = shownChange('vault_mount.shop', 'forget', { path: 'shop', type: 'kv' });
  expect(dangersOf([{ ...mount, isLeftBehind: true }], undefined, undefined)).toMatchObject([
    { address: 'shop', what: "stack 'shop'", action: 'leave' },
  ]);
});

test('a secret that is deleted is told though its mount is only forgotten', () => {
  const mount = shownChange('vault_mount.shop', 'forget', { path: 'shop', type: 'kv' });
  const secret = shownChange('vault_kv_secret_v2.mail', 'delete', { mount: 'shop', name: 'mail' });
  expect(told(dangersOf([mount, secret], undefined, undefined))).toEqual([
    `leave KV mount 'shop': ${STAYS}`,
    "delete secret 'shop/mail': all its values are gone",
  ]);
});

test.each<[address: string, values: Readonly<Record<string, string>>, told: string]>([
  [
    'vault_aws_secret_backend.a',
    { path: 'aws' },
    "mount of aws 'aws': everything that was ever written to it is gone, and the credentials that it gave end at once",
  ],
  [
    'vault_database_secrets_mount.a',
    { path: 'db' },
    "mount of database 'db': everything that was ever written to it is gone, and the credentials that it gave end at once",
  ],
  [
    'vault_pki_secret_backend_key.a',
    { backend: 'pki', key_name: 'root' },
    "key 'root' of 'pki': nothing can be signed with it any more",
  ],
  [
    'vault_ssh_secret_backend_ca.a',
    { backend: 'ssh' },
    "SSH CA of 'ssh': its key is gone, and hosts that trust it let nobody in by a new one",
  ],
  [
    'vault_identity_oidc_key.a',
    { name: 'default' },
    "key 'default' of identity tokens: nobody can check the tokens that were signed with it",
  ],
  [
    'vault_egp_policy.a',
    { name: 'hours' },
    "policy 'hours' of Sentinel: what it refused is refused no longer",
  ],
  [
    'vault_identity_mfa_login_enforcement.a',
    { name: 'staff' },
    "second factor 'staff': who logs in is not asked for it any more",
  ],
  [
    'vault_approle_auth_backend_role_secret_id.a',
    { role_name: 'store' },
    "secret id of role 'store': whoever has it cannot log in by it any more",
  ],
  ['vault_token.a', {}, "token 'vault_token.a': whoever has it reaches nothing by it any more"],
])('%s that is deleted is told', (address, values, expected) => {
  expect(told(dangersOf([shownChange(address, 'delete', values)], undefined, undefined))).toEqual([
    `delete ${expected}`,
  ]);
});

test.each(['vault_token.a', 'vault_approle_auth_backend_role_secret_id.a'])(
  '%s that is replaced is how somebody gets another one',
  (address) => {
    expect(dangersOf([shownChange(address, 'replace', {})], undefined, undefined)).toEqual([]);
  },
);

test.each([
  ['a plan', 'new'],
  ['a synth', 'old'],
])('what is moved and replaced is known, where %s calls it %s before', (_, label) => {
  const mounts = { vault_mount: { [label]: { path: 'shop', type: 'kv' } } };
  const [before] = reviewedSide({ sources: [stack('shop', mounts)] }).environments;
  const change = { ...shownChange('vault_mount.new', 'replace', {}), movedFrom: 'vault_mount.old' };
  expect(told(dangersOf([change], before, undefined))).toEqual([
    "replace KV mount 'shop': everything that was ever written to it is gone",
  ]);
});

test('what nobody declared before is told by what the change shows', () => {
  const change: ResourceChange = {
    stack: 'shop',
    address: 'vault_mount.shop',
    type: 'vault_mount',
    action: 'delete',
    attributes: [
      {
        name: 'path',
        before: { kind: 'text', text: 'shop' },
        after: { kind: 'absent' },
        forcesReplacement: false,
      },
      {
        name: 'type',
        before: { kind: 'text', text: 'transit' },
        after: { kind: 'absent' },
        forcesReplacement: false,
      },
    ],
  };
  expect(told(dangersOf([change], undefined, undefined))).toEqual([
    "delete mount of transit 'shop': everything that was ever written to it is gone",
  ]);
});

test('long lists are cut', () => {
  const secrets = Object.fromEntries(
    Array.from({ length: 8 }, (_, i) => [`s${i}`, { mount: 'shop', name: `s${i}` }]),
  );
  const before = { vault_mount: SHOP.vault_mount as never, vault_kv_secret_v2: secrets };
  const { environments } = compared(
    [stack('shop', before)],
    [stack('shop', { vault_kv_secret_v2: secrets })],
  );
  expect(environments[0]?.dangers[0]?.meaning).toBe(
    'everything in it is gone, 8 declared secrets among it: s0, s1, s2, s3, s4 and 3 more',
  );
});

import { loadPolicyParser } from '../../policies/policy-text';
import type { Attributes } from '../../policies/terraform-json';
import { reviewedStacks } from '../../review/reviewed-environment';
import { serversOf, type VaultServer } from '../../review/vault-servers';
import { declaredServer } from './declared-server';

beforeAll(loadPolicyParser);

function servers(container: Attributes, more: object = {}): readonly VaultServer[] {
  const resource = {
    vault_mount: { kv: { path: 'kv', type: 'kv' } },
    docker_container: { c: container },
    ...more,
  };
  return serversOf(reviewedStacks(new Map([['shop-production', { resource }]])));
}

test.each([
  [{ image: 'vault:1.13', command: ['server'] }, 'vault'],
  [{ image: 'hashicorp/vault-enterprise:1.17.6-ent', command: ['server'] }, 'vault'],
  [{ image: 'registry:5000/openbao/openbao-hsm-ubi@sha256:0', command: ['server'] }, 'openbao'],
  [{ image: 'our/own:1.0.0', command: ['vault', 'server', '-config=/x'] }, 'vault'],
  [{ image: 'our/own:1.0.0', entrypoint: ['bao'], command: ['server'] }, 'openbao'],
  [{ image: 'our/own:1.0.0', command: ['sh', '-c', 'umask 077\nexec vault server -config=/x'] }, 'vault'],
  [{ image: 'our/own:1.0.0', command: ['sh', '-c', 'su-exec vault vault server'] }, 'vault'],
])('%j is a server', (container, product) => {
  expect(servers(container).map((one) => [one.product, one.isDevelopmentServer])).toEqual([[product, false]]);
});

test.each([
  { image: 'hashicorp/vault:1.17', command: ['agent'] },
  { image: 'hashicorp/vault:1.17', entrypoint: ['/bin/sh', '-c'], command: ['echo vault serves'] },
  { image: 'hashicorp/vault:1.17', entrypoint: ['/bin/sh', '-c'], command: ['echo "no vault server here"'] },
  { image: 'hashicorp/vault-csi-provider:1.4.0' },
  { image: 'our/own:1.0.0', command: ['server'] },
  { image: 'our-vault:1.0.0', command: ['server'] },
])('%j is none', (container) => {
  expect(servers(container)).toEqual([]);
});

test('an image is told by what pulls it', () => {
  const docker_image = { v: { name: 'openbao/openbao:2.5.5' } };
  const container = { image: '${docker_image.v.image_id}', command: ['server'] };
  expect(servers(container, { docker_image }).map(({ image }) => image)).toEqual(['openbao/openbao:2.5.5']);
});

const CONFIG = { volumes: [{ container_path: '/vault/config', volume_name: 'config', read_only: true }] };

test.each([
  ['an upload', { upload: [{ file: '/vault/config/a.hcl', content: 'ui = true' }], volumes: undefined }, 1],
  ['a variable', { env: ['VAULT_LOCAL_CONFIG={"ui":true}'], volumes: undefined }, 1],
  [
    'a place of its own',
    {
      command: ['server', '-config', '/etc/a.json'],
      volumes: undefined,
      upload: { file: '/etc/a.json', content: '{"ui":true}' },
    },
    1,
  ],
  ['a volume that another container prepares', CONFIG, 1],
  [
    'all of them',
    { ...CONFIG, env: ['VAULT_LOCAL_CONFIG={}'], upload: { file: '/vault/config/a.hcl', content: '' } },
    3,
  ],
])('the configuration is read from %s', (_, container, files) => {
  const [server] = serversOf(declaredServer({ container, configuration: 'ui = true' }));
  expect(server?.files).toBe(files);
  expect(server?.configuration?.isTrue('ui')).toBe(true);
});

test.each([
  ['a file of the host', { upload: { file: '/vault/config/a.hcl', source: 'a.hcl' }, volumes: undefined }, 1],
  ['a text that cannot be read', { env: ['VAULT_LOCAL_CONFIG={'], volumes: undefined }, 1],
  ['no place at all', { volumes: undefined }, 0],
])('the configuration is not known from %s', (_, container, files) => {
  const [server] = serversOf(declaredServer({ container }));
  expect(server?.files).toBe(files);
  expect(server?.configuration).toBeUndefined();
});

test('a secret that comes at an apply leaves the rest of a configuration what it is', () => {
  const configuration = 'ui = true\nseal "transit" {\n  token = "${var.token}"\n}\n';
  const [server] = serversOf(declaredServer({ configuration }));
  expect(server?.configuration?.isTrue('ui')).toBe(true);
});

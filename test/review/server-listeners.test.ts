import { loadPolicyParser } from '../../policies/policy-text';
import { listenersOf } from '../../review/server-listeners';
import { serversOf, type VaultServer } from '../../review/vault-servers';
import { configured, type DeclaredServer, declaredServer } from './declared-server';

beforeAll(loadPolicyParser);

const listeners = (declared: DeclaredServer) =>
  listenersOf(serversOf(declaredServer(declared))[0] as VaultServer)?.map(
    ({ host, port, isTls }) => `${isTls ? 'https' : 'http'} ${host}:${port}`,
  );
const tcp = (...settings: readonly string[]) => `listener "tcp" {\n  ${settings.join('\n  ')}\n}\n`;
const development = (container: NonNullable<DeclaredServer['container']>): DeclaredServer => ({
  container,
  configuration: '',
});

test.each<[string, DeclaredServer, readonly string[] | undefined]>([
  ['its configuration', {}, ['https 0.0.0.0:8200']],
  ['no address', { configuration: tcp('tls_cert_file = "a"') }, ['https 127.0.0.1:8200']],
  ['no TLS', { configuration: tcp('address = "0.0.0.0:80"', 'tls_disable = 1') }, ['http 0.0.0.0:80']],
  ['no port', { configuration: tcp('address = "10.0.0.7"', 'tls_disable = true') }, ['http 10.0.0.7:8200']],
  [
    'several',
    {
      configuration: `${tcp('address = ":1"')}${tcp('address = "[::]:2"')}listener "unix" {\n  address = "/x"\n}\n`,
    },
    ['https :1', 'https [::]:2'],
  ],
  ['a template', { configuration: tcp('address = "{{ GetPrivateIP }}:8200"') }, undefined],
  ['an address that an apply alone knows', { configuration: tcp('address = "${var.address}"') }, undefined],
  ['no listener', { configuration: configured().replace(/listener[\s\S]*?\n}\n/, '') }, undefined],
  ['a configuration that cannot be read', { configuration: 'listener {' }, undefined],
  ['development', development({ command: ['server', '-dev'] }), ['http 0.0.0.0:8200']],
  ['development by the image alone', development({ command: undefined }), ['http 0.0.0.0:8200']],
  ['development with TLS', development({ command: ['server', '-dev-tls'] }), ['https 0.0.0.0:8200']],
  [
    'development with a flag',
    development({ command: ['server', '-dev', '-dev-listen-address=0.0.0.0:1'] }),
    ['http 0.0.0.0:1'],
  ],
  [
    'development with a variable',
    development({ command: ['server', '-dev'], env: ['VAULT_DEV_LISTEN_ADDRESS=0.0.0.0:2'] }),
    ['http 0.0.0.0:2'],
  ],
  [
    'development without the entrypoint of the image',
    development({ entrypoint: ['vault'], command: ['server', '-dev'] }),
    ['http 127.0.0.1:8200'],
  ],
  [
    'development with another listener',
    {
      container: { command: ['server', '-dev'] },
      configuration: tcp('address = "0.0.0.0:3"', 'tls_disable = 1'),
    },
    ['http 0.0.0.0:8200', 'http 0.0.0.0:3'],
  ],
])('%s', (_, declared, expected) => {
  expect(listeners(declared)).toEqual(expected);
});

import { Distribution } from '../../constructs/distribution';
import { Listener } from '../../constructs/listener';
import { Seal } from '../../constructs/seal';
import { SecretValue } from '../../constructs/secret-value';
import { ServerMode } from '../../constructs/server-mode';
import { Storage } from '../../constructs/storage';
import type { PlatformProps } from '../../stacks/platform-props';
import { summary } from '../../stacks/summary';
import { STAGING, testApp, testPlatform } from '../helper';

test('an empty platform is its server and its warning', () => {
  const app = testApp();
  testPlatform(app);
  expect(summary(app)).toMatchInlineSnapshot(`
    "shop-development: HashiCorp Vault in memory, over HTTP
      shop-development-vault                       2 resources
      shop-development-access                      0 resources
      shop-development-services                    0 resources
      0 services, 0 identities, 0 secrets
      warning: [shop-development-vault/server] development server: in memory, over HTTP, with a root token that everybody knows; a restart loses what is in it until the next deploy

    "
  `);
});

test('everything that a person must know stands in it', () => {
  const app = testApp();
  const platform = testPlatform(app);
  const apps = platform.addMount('apps');
  const mail = apps.addSecret('mail', {
    user: SecretValue.supplied(),
    api_key: SecretValue.supplied(),
  });
  apps.addRuntimeSecret('keys');
  platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:latest',
    reads: [mail],
  });
  platform.addPolicy('operator', { manages: [apps.everything()] });
  expect(summary(app)).toMatchInlineSnapshot(`
    "shop-development: HashiCorp Vault in memory, over HTTP
      shop-development-vault                       2 resources
      shop-development-access                      4 resources
      shop-development-services                    2 resources
      1 service, 2 identities, 2 secrets
      supplied by a person when first written: 2 values
        TF_VAR_apps_mail_user
        TF_VAR_apps_mail_api_key
      warning: [shop-development-vault/server] development server: in memory, over HTTP, with a root token that everybody knows; a restart loses what is in it until the next deploy
      warning: [shop-development-services/billing/container] image 'shop/billing:latest' moves: pin a version, 'latest' is refused outside development

    "
  `);
});

const openBao = Distribution.openBao('openbao/openbao:2.5.5');
const own = (mode: ServerMode): Partial<PlatformProps> => ({
  environment: STAGING,
  vault: { containerName: 'shop-vault', distribution: openBao, mode },
});
test.each<[Partial<PlatformProps>, string]>([
  [{}, 'shop-development: HashiCorp Vault in memory, over HTTP'],
  [{ environment: STAGING }, 'shop-staging: HashiCorp Vault over TLS, raft storage, shamir seal'],
  [
    own(ServerMode.configured({ storage: Storage.raft({ nodes: 3 }), seal: Seal.staticKey({ keyId: 'a' }) })),
    'shop-staging: OpenBao over TLS, raft storage of 3 nodes, static seal',
  ],
  [
    {
      ...own(ServerMode.configured({ listener: Listener.http(), storage: Storage.file() })),
      environment: testPlatform().environment,
    },
    'shop-development: OpenBao over HTTP, file storage, shamir seal',
  ],
  [
    {
      environment: STAGING,
      vault: { external: { address: 'https://vault.example:8200', distribution: openBao } },
    },
    'shop-staging: OpenBao of somebody else at https://vault.example:8200',
  ],
])('it says what server there is: %#', (props, expected) => {
  const app = testApp();
  testPlatform(app, props);
  expect(summary(app).split('\n')[0]).toBe(expected);
});

test('a warning that several containers give is one line', () => {
  const app = testApp();
  const platform = testPlatform(app);
  for (const name of ['first', 'second', 'third'])
    platform.addBackingService(name, { containerName: name, image: 'shop/web:latest', user: '1:1' });
  expect(summary(app).match(/warning: .*latest.*/g)).toEqual([
    "warning: [shop-development-services/first/container] (and 2 more) image 'shop/web:latest' moves: pin a version, 'latest' is refused outside development",
  ]);
});

test('outside development there is nothing to warn of', () => {
  const app = testApp();
  testPlatform(app, { environment: STAGING });
  expect(summary(app)).not.toContain('warning');
});

test('an app without platforms has nothing to tell', () => {
  expect(summary(testApp()).trim()).toBe('');
});

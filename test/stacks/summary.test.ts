import { SecretValue } from '../../constructs/secret-value';
import { summary } from '../../stacks/summary';
import { testApp, testPlatform } from '../helper';

test('an empty platform is its server and its warning', () => {
  const app = testApp();
  testPlatform(app);
  expect(summary(app)).toMatchInlineSnapshot(`
    "shop-development
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
    "shop-development
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

test('an app without platforms has nothing to tell', () => {
  expect(summary(testApp()).trim()).toBe('');
});

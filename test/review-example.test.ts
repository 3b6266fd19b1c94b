import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Distribution } from '../constructs/distribution';
import { Environment } from '../constructs/environment';
import { EnvironmentContract } from '../constructs/environment-contract';
import { SecretValue } from '../constructs/secret-value';
import { StateBackend } from '../constructs/state-backend';
import { thisMachine } from '../operations/machine';
import { review } from '../operations/review';
import { Platform } from '../stacks/platform';
import { PlatformApp } from '../stacks/platform-app';

const PAGE = path.join(__dirname, '../docs/review-example.md');
const INTRODUCTION = `# A review

What \`npm run review\` says of this change of the shop in the README, in staging and production: the store reads all secrets
of the shop instead of two, payments are taken out of the shop, and the mailer runs another command.

---

`;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'review-example-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Before the change, or after it. */
function shop(app: PlatformApp, environment: Environment, isChanged: boolean): void {
  const platform = new Platform(app, 'shop', {
    environment,
    network: 'shop-network',
    subnet: environment.name === 'staging' ? '172.28.31.0/24' : '172.28.30.0/24',
    vault: {
      containerName: 'shop-vault',
      distribution: Distribution.vault('hashicorp/vault:1.17.6'),
      hostPort: environment.name === 'staging' ? 8231 : 8230,
    },
    contract: EnvironmentContract.tokenInVariable({ mount: 'VAULT_MOUNT' }),
  });
  const kv = platform.addMount('shop');
  const database = kv.addSecret('database', { host: 'shop-postgres', password: SecretValue.generated() });
  const mail = kv.addSecret('mail', { api_key: SecretValue.generated() });
  const payments = isChanged ? [] : [kv.addSecret('payments', { api_key: SecretValue.supplied() })];
  platform.addService('store', {
    containerName: 'shop-store',
    image: 'shop/store:1.4.2',
    user: '1000:1000',
    reads: isChanged ? [kv.everything()] : [database, ...payments],
  });
  platform.addService('mailer', {
    containerName: 'shop-mailer',
    image: 'shop/store:1.4.2',
    user: '1000:1000',
    command: ['store', 'mail', ...(isChanged ? ['--retry'] : [])],
    reads: [mail],
  });
}

async function synthesized(name: string, isChanged: boolean): Promise<string> {
  const outdir = path.join(folder, name);
  const app = new PlatformApp(outdir);
  const state = StateBackend.pg();
  for (const environment of [Environment.staging({ state }), Environment.production({ state })]) {
    shop(app, environment, isChanged);
  }
  await app.synthReviewed(true);
  return outdir;
}

test('the example in the documentation is what a review says', async () => {
  const [base, head] = [await synthesized('main', false), await synthesized('change', true)];
  let report = '';
  const code = await review(['--base', base, '--head', head, '--fail-on', 'destroy'], {
    machine: thisMachine,
    folder,
    print: (text) => {
      report += text;
    },
    say: () => undefined,
  });
  expect(code).toBe(4);
  const page = `${INTRODUCTION}${report.replaceAll(`${folder}/`, '')}`;
  if (process.env.RECORD_EXAMPLE) fs.writeFileSync(PAGE, page);
  expect(fs.readFileSync(PAGE, 'utf8')).toBe(page);
});

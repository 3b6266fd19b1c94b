import { Distribution } from '../constructs/distribution';
import { Environment } from '../constructs/environment';
import { EnvironmentContract } from '../constructs/environment-contract';
import { Health } from '../constructs/health';
import { SecretValue } from '../constructs/secret-value';
import { StateBackend } from '../constructs/state-backend';
import { Platform } from '../stacks/platform';
import { PlatformApp } from '../stacks/platform-app';
import { printUsage } from './usage';
import { argumentsOfProgram, WORKLOAD } from './workload';

const { services, outdir } = argumentsOfProgram();
/** Whether all rules run over what is synthesized, as they do where main.ts is run. */
const isReviewed = process.argv.includes('--review');
const isProduction = process.argv.includes('--production');
const environment = isProduction
  ? Environment.production({ state: StateBackend.pg() })
  : Environment.development();
const app = new PlatformApp(outdir);
const platform = new Platform(app, WORKLOAD.platform, {
  environment,
  network: WORKLOAD.network,
  subnet: '172.28.99.0/24',
  vault: {
    containerName: WORKLOAD.vault.containerName,
    distribution: Distribution.vault(WORKLOAD.vault.image),
    hostPort: WORKLOAD.vault.hostPort,
  },
  contract: EnvironmentContract.tokenInVariable({ mount: 'VAULT_MOUNT_PATH' }),
});
const kv = platform.addMount(WORKLOAD.mount);
for (const { name, secretPath, hostPort } of services) {
  const secret = kv.addSecret(secretPath, {
    username: WORKLOAD.username,
    password: SecretValue.generated(),
  });
  platform.addService(name, {
    containerName: name,
    image: WORKLOAD.image,
    ...(isProduction && { user: '1000:1000' }),
    reads: [secret],
    ports: [{ host: hostPort, container: WORKLOAD.containerPort }],
    health: Health.http(WORKLOAD.containerPort),
  });
}
void synthesize();

async function synthesize(): Promise<void> {
  if (isReviewed) await app.synthReviewed();
  else app.synth();
  printUsage();
}

import * as path from 'node:path';
import { Container, type ContainerConfig } from '@cdktf/provider-docker/lib/container';
import { Network } from '@cdktf/provider-docker/lib/network';
import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { KvSecretV2 } from '@cdktf/provider-vault/lib/kv-secret-v2';
import { Mount } from '@cdktf/provider-vault/lib/mount';
import { Policy } from '@cdktf/provider-vault/lib/policy';
import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import { Token } from '@cdktf/provider-vault/lib/token';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { printUsage } from './usage';
import { argumentsOfProgram, WORKLOAD, type WorkloadService } from './workload';

/*
 * The platform of with-library.ts, written by hand with cdktf and its providers. Where one resource needs a value
 * of another one of its stack it takes the reference, as the documentation of cdktf shows it. With `--literal`
 * it takes the constant instead: less work for cdktf, and a path that is typed in several places.
 */
const literal = process.argv.includes('--literal');

const { services, outdir } = argumentsOfProgram();
const prefix = `${WORKLOAD.platform}-${WORKLOAD.environment}`;
const rootToken = `${WORKLOAD.platform}-dev-root-token`;
const ownNetwork = { name: WORKLOAD.network };

const app = new App({ outdir, stackTraces: false });
const vault = addVault();
const access = addAccess();
access.addDependency(vault);
const containers = addServices();
containers.addDependency(access);
app.synth();
printUsage();

function addStack(id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  const folder = path.resolve(outdir, 'stacks', id);
  new LocalBackend(stack, {
    path: path.join(path.relative(folder, process.cwd()), `terraform.${id}.tfstate`),
  });
  stack.addOverride('terraform.required_version', '>= 1.11');
  return stack;
}

function addVault(): TerraformStack {
  const stack = addStack(`${prefix}-vault`);
  new DockerProvider(stack, 'docker');
  const network = new Network(stack, 'network', {
    name: WORKLOAD.network,
    driver: 'bridge',
    labels: [
      { label: 'platform', value: WORKLOAD.platform },
      { label: 'environment', value: WORKLOAD.environment },
    ],
  });
  new Container(stack, 'vault', {
    ...hardened('vault'),
    name: WORKLOAD.vault.containerName,
    image: WORKLOAD.vault.image,
    command: [
      'server',
      '-dev',
      '-dev-no-store-token',
      `-dev-root-token-id=${rootToken}`,
      '-dev-listen-address=0.0.0.0:8200',
    ],
    env: [
      'SKIP_CHOWN=true',
      'SKIP_SETCAP=true',
      `VAULT_LOCAL_CONFIG=${JSON.stringify({ telemetry: { prometheus_retention_time: '24h', disable_hostname: true } })}`,
    ],
    user: '100:1000',
    readOnly: true,
    tmpfs: {
      '/tmp': 'rw,noexec,nosuid,nodev,size=16m',
      '/vault/config': 'rw,noexec,nosuid,nodev,size=1m,mode=0700,uid=100,gid=1000',
    },
    networksAdvanced: [literal ? ownNetwork : { name: network.name }],
    ports: [{ internal: 8200, external: WORKLOAD.vault.hostPort, ip: '127.0.0.1' }],
    healthcheck: healthcheck(['CMD', 'vault', 'status', '-address=http://127.0.0.1:8200']),
    wait: true,
    ...(literal && { dependsOn: [network] }),
  });
  return stack;
}

function addAccess(): TerraformStack {
  const stack = addStack(`${prefix}-access`);
  addVaultProvider(stack);
  const mount = new Mount(stack, 'mount', { path: WORKLOAD.mount, type: 'kv', options: { version: '2' } });
  const mountPath = literal ? WORKLOAD.mount : mount.path;
  stack.addOverride('terraform.required_providers.random', { source: 'hashicorp/random', version: '3.7.2' });
  for (const service of services) addSecret(stack, mount, mountPath, service);
  return stack;
}

function addSecret(stack: TerraformStack, mount: Mount, mountPath: string, service: WorkloadService): void {
  const password = `${WORKLOAD.mount}/${service.secretPath}/password`.replace(/[^a-z0-9]/g, '_');
  stack.addOverride(`ephemeral.random_password.${password}`, { length: 32, special: false });
  new KvSecretV2(stack, `${service.name}-secret`, {
    mount: mountPath,
    name: service.secretPath,
    dataJsonWo: `\${jsonencode({ "username" = "${WORKLOAD.username}", "password" = ephemeral.random_password.${password}.result })}`,
    dataJsonWoVersion: 1,
    deleteAllVersions: true,
    ...(literal && { dependsOn: [mount] }),
  });
  new Policy(stack, `${service.name}-policy`, {
    name: `${WORKLOAD.platform}-${service.name}`,
    policy: `# ${service.name} may read ${service.secretPath}
path "${mountPath}/data/${service.secretPath}" {
  capabilities = ["read"]
}
`,
  });
}

function addServices(): TerraformStack {
  const stack = addStack(`${prefix}-services`);
  new DockerProvider(stack, 'docker');
  addVaultProvider(stack);
  for (const service of services) addService(stack, service);
  return stack;
}

function addService(stack: TerraformStack, { name, hostPort }: WorkloadService): void {
  // Policy and network are in other stacks. A reference would write an output and read a remote state.
  const policy = `${WORKLOAD.platform}-${name}`;
  const token = new Token(stack, `${name}-token`, {
    policies: [policy],
    period: '768h',
    renewable: true,
    displayName: policy,
    noParent: true,
  });
  new Container(stack, name, {
    ...hardened(name),
    name,
    image: WORKLOAD.image,
    env: [
      `VAULT_ADDR=http://${WORKLOAD.vault.containerName}:8200`,
      `VAULT_MOUNT_PATH=${WORKLOAD.mount}`,
      `VAULT_TOKEN=${token.clientToken}`,
    ],
    networksAdvanced: [ownNetwork],
    ports: [{ internal: WORKLOAD.containerPort, external: hostPort, ip: '127.0.0.1' }],
    healthcheck: healthcheck([
      'CMD-SHELL',
      `if command -v curl >/dev/null; then curl -fsS -o /dev/null http://127.0.0.1:${WORKLOAD.containerPort}/health; else wget -q -O /dev/null http://127.0.0.1:${WORKLOAD.containerPort}/health; fi`,
    ]),
    wait: true,
  });
}

function addVaultProvider(stack: TerraformStack): void {
  new VaultProvider(stack, 'vault', {
    address: `http://127.0.0.1:${WORKLOAD.vault.hostPort}`,
    token: rootToken,
  });
}

/** What all containers have in common. */
function hardened(service: string): Omit<ContainerConfig, 'name' | 'image'> {
  return {
    restart: 'unless-stopped',
    init: true,
    memory: 512,
    memorySwap: 512,
    logDriver: 'json-file',
    logOpts: { 'max-size': '10m', 'max-file': '3' },
    securityOpts: ['no-new-privileges:true'],
    capabilities: { drop: ['ALL'] },
    ulimit: [{ name: 'core', soft: 0, hard: 0 }],
    labels: [
      { label: 'platform', value: WORKLOAD.platform },
      { label: 'environment', value: WORKLOAD.environment },
      { label: 'service', value: service },
    ],
    waitTimeout: 120,
    destroyGraceSeconds: 10,
  };
}

function healthcheck(test: string[]): NonNullable<ContainerConfig['healthcheck']> {
  return { test, interval: '5s', timeout: '5s', retries: 12, startPeriod: '5s' };
}

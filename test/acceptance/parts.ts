import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { cleanEnvironment, progress } from './command';
import type { ExpectedPlatform } from './expectation';

/** With what a platform is deployed on this machine. */
export interface Parts {
  /** Image by service; the server is `vault`. */
  readonly images: Readonly<Record<string, string>>;
  readonly distribution: 'vault' | 'openbao';
  /** Image by name of the stand-in, for what the tests themselves need. */
  readonly standIns: Readonly<Record<string, string>>;
  /** No registry is needed, so cdktf must not ask one for checksums. */
  readonly offlineProviders: boolean;
}

/** Or what is missing, in one line. */
export type PartsOrReason = Parts | { readonly missing: string };

export const OPENBAO = 'openbao/openbao:2.5.5';

const PROVIDERS = {
  vault: { source: 'hashicorp/vault', version: '5.6.0' },
  docker: { source: 'kreuzwerker/docker', version: '3.6.2' },
  random: { source: 'hashicorp/random', version: '3.7.2' },
};

/** Looks at the machine. Decided before the first test, since a test cannot skip itself. */
export function partsFor(platform: ExpectedPlatform): PartsOrReason {
  const common = commonParts();
  if ('missing' in common) return common;
  const declaredServer = obtainable(platform.vault.image);
  if (!declaredServer && !obtainable(OPENBAO)) {
    return { missing: `neither ${platform.vault.image} nor ${OPENBAO} is in the engine or can be pulled` };
  }
  const images = Object.entries(platform.services).map(([name, { image, standIn }]) => {
    const replacement = common.standIns[standIn === 'app' ? `app-hvac-${platform.hvac}` : standIn];
    const isPublic = standIn !== 'app' && !image.startsWith(`${platform.name}/`);
    return [name, isPublic && obtainable(image) ? image : replacement] as const;
  });
  const lacking = images.find(([, image]) => image === undefined);
  if (lacking) return { missing: `there is no image for ${lacking[0]}` };
  return {
    images: Object.fromEntries([
      ['vault', declaredServer ? platform.vault.image : OPENBAO],
      ...images.map(([name, image]) => [name, image ?? '']),
    ]),
    distribution: declaredServer ? 'vault' : 'openbao',
    standIns: common.standIns,
    offlineProviders: common.offlineProviders,
  };
}

export interface CommonParts {
  /** Image by name of the stand-in. */
  readonly standIns: Readonly<Record<string, string>>;
  readonly offlineProviders: boolean;
}

let common: CommonParts | { readonly missing: string } | undefined;

/** What every deploy needs, looked for once. */
export function commonParts(): CommonParts | { readonly missing: string } {
  common ??= findCommonParts();
  return common;
}

function findCommonParts(): CommonParts | { readonly missing: string } {
  progress('looking at what this machine has');
  const engine = call('docker', ['info', '--format', '{{.ServerVersion}}'], 30);
  if (engine.code !== 0) return { missing: `no Docker engine answers (${engine.reason})` };
  const terraform = call('terraform', ['version', '-json'], 30);
  const version = terraform.code === 0 ? JSON.parse(terraform.stdout).terraform_version : undefined;
  const [major = 0, minor = 0] = String(version ?? '')
    .split('.')
    .map(Number);
  if (major < 1 || (major === 1 && minor < 11)) {
    return { missing: `Terraform 1.11 or newer is needed, got ${version ?? terraform.reason}` };
  }
  const providers = tryProviders();
  if ('missing' in providers) return providers;
  const built = call('bash', [path.join(__dirname, 'stand-ins', 'build.sh')], 1800);
  if (built.code === 3) return { missing: `stand-in images cannot be built (${built.reason})` };
  // Anything else is a defect of the stand-ins, not of the machine.
  if (built.code !== 0) throw new Error(`stand-ins/build.sh ended with ${built.code}: ${built.reason}`);
  return { ...providers, standIns: JSON.parse(built.stdout) };
}

function tryProviders(): { readonly offlineProviders: boolean } | { readonly missing: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'providers-'));
  try {
    fs.writeFileSync(
      path.join(folder, 'main.tf.json'),
      JSON.stringify({ terraform: { required_providers: PROVIDERS } }),
    );
    const { code, stdout, reason } = call('terraform', ['init', '-input=false', '-no-color'], 600, folder);
    if (code !== 0) return { missing: `the providers cannot be installed (${reason})` };
    // What Terraform says of a provider from a local mirror: nobody signed for the copy.
    return { offlineProviders: stdout.includes('(unauthenticated)') };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const known = new Map<string, boolean>();
let registryAnswers = true;

/** Whether the engine has the image or can pull it. */
export function obtainable(image: string): boolean {
  const before = known.get(image);
  if (before !== undefined) return before;
  const answer = call('docker', ['image', 'inspect', image], 30).code === 0 || pull(image);
  known.set(image, answer);
  return answer;
}

function pull(image: string): boolean {
  if (!registryAnswers) return false;
  progress(`pulling ${image}`);
  const { code, reason } = call('docker', ['pull', '--quiet', image], 300);
  // All images are of one registry: when it cannot be reached for one, it need not be asked for the others.
  if (code !== 0 && !/manifest|not found|denied/.test(reason)) registryAnswers = false;
  return code === 0;
}

function call(
  program: string,
  args: readonly string[],
  timeoutSeconds: number,
  cwd?: string,
): { readonly code: number; readonly stdout: string; readonly reason: string } {
  const result = spawnSync(program, args, {
    ...(cwd && { cwd }),
    encoding: 'utf8',
    env: cleanEnvironment(),
    timeout: timeoutSeconds * 1000,
    maxBuffer: 64 * 1024 * 1024,
  });
  const lines = `${result.stderr ?? ''}`.trim().split('\n');
  const reason = result.error?.message ?? lines.at(-1) ?? '';
  return { code: result.status ?? -1, stdout: result.stdout ?? '', reason };
}

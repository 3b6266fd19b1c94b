import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, type TerraformStack, Testing } from 'cdktf';
import { Distribution } from '../constructs/distribution';
import { Environment } from '../constructs/environment';
import { EnvironmentContract } from '../constructs/environment-contract';
import { StateBackend } from '../constructs/state-backend';
import { Platform } from '../stacks/platform';
import type { PlatformProps } from '../stacks/platform-props';

const outdirs: string[] = [];
process.once('exit', () => {
  for (const outdir of outdirs) fs.rmSync(outdir, { recursive: true, force: true });
});

/** An app whose output is independent of the machine and thrown away. */
export function testApp(context: Record<string, unknown> = {}): App {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'synth-'));
  outdirs.push(outdir);
  return new App({ outdir, stackTraces: false, context: { outputFolder: 'cdktf.out', ...context } });
}

/** The JSON of one stack. Unlike cdktf's own helper it always runs the validations. */
export function synth(stack: TerraformStack): SynthesizedStack {
  return JSON.parse(Testing.synth(stack, true)) as SynthesizedStack;
}

/** As much of a synthesized stack as tests look at. */
export interface SynthesizedStack {
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
  readonly [block: string]: unknown;
}

/** The resources of a type, by their address. */
export function resources(stack: SynthesizedStack, type: string): Record<string, Record<string, unknown>> {
  return stack.resource?.[type] ?? {};
}

/** The environments in which less is allowed. */
export const STAGING = Environment.staging({ state: StateBackend.pg() });
export const PRODUCTION = Environment.production({ state: StateBackend.pg() });

/** A small platform with nothing in it but its server: in memory, unless `props` name another environment. */
export function testPlatform(
  app: App = testApp(),
  props: Partial<PlatformProps> = {},
  name = 'shop',
): Platform {
  return new Platform(app, name, {
    environment: Environment.development(),
    network: `${name}-network`,
    subnet: '172.28.99.0/24',
    vault: { containerName: `${name}-vault`, distribution: Distribution.vault('hashicorp/vault:1.17.6') },
    contract: EnvironmentContract.tokenInVariable(),
    ...props,
  });
}

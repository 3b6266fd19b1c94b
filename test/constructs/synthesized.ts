import type { TerraformStack } from 'cdktf';
import type { ContainerPlace } from '../../constructs/container';
import { Environment } from '../../constructs/environment';
import type { Platform } from '../../stacks/platform';
import { resources, STAGING, synth } from '../helper';

/** Where the containers of the test platform belong. */
export const PLACE: ContainerPlace = {
  platform: 'shop',
  environment: Environment.development(),
  network: 'shop-network',
};

/** The same where less is allowed. */
export const STAGING_PLACE: ContainerPlace = { ...PLACE, environment: STAGING };

/** The attributes of all resources of a type that a person declares: without what cdktf adds. */
export function all(stack: TerraformStack, type: string): Record<string, unknown>[] {
  return Object.values(resources(synth(stack), type)).map(({ '//': _, ...attributes }) => attributes);
}

/** The only resource of a type. */
export function only(stack: TerraformStack, type: string): Record<string, unknown> {
  const found = all(stack, type);
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type}`);
  return found[0] as Record<string, unknown>;
}

/** A container of the platform by its name. */
export function container(platform: Platform, name: string): Record<string, unknown> {
  const found = platform.stacks
    .filter((stack) => stack !== platform.stacks[1])
    .flatMap((stack) => all(stack, 'docker_container'))
    .find((one) => one.name === name);
  if (!found) throw new Error(`no container ${name}`);
  return found;
}

/** The variables of a container. */
export function variables(platform: Platform, name: string): Record<string, string> {
  const { env } = container(platform, name) as { env: readonly string[] };
  return Object.fromEntries(env.map((pair) => [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)]));
}

/** The policy of that name. */
export function policy(platform: Platform, name: string): unknown {
  return all(platform.stacks[1], 'vault_policy').find((one) => one.name === name)?.policy;
}

/** The warnings that a stack's constructs give. */
export function warnings(stack: TerraformStack): string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === '@cdktf/warn')
    .map(({ data }) => String(data));
}

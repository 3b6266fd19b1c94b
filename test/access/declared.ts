import type { EnvironmentAccess, Identity } from '../../access/environment-access';
import { accessOfStacks, type ReadOptions } from '../../access/synth';
import { capabilityNames } from '../../policies/capability';
import type { TerraformJson } from '../../policies/terraform-json';

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What one stack called `shop` declares. */
export function accessOf(
  resource: Resources,
  more: Readonly<Record<string, unknown>> = {},
  options: ReadOptions = {},
): EnvironmentAccess {
  return accessOfStacks(new Map([['shop', { ...more, resource } as TerraformJson]]), options);
}

/** Policies that each allow to read one path, by name: `a` reads `secret/a`. */
export function policies(...names: readonly string[]): Resources {
  return {
    vault_policy: Object.fromEntries(
      names.map((name) => [name, { name, policy: reading(`secret/${name}`) }]),
    ),
  };
}

export function reading(path: string): string {
  return `path "${path}" {\n  capabilities = ["read"]\n}\n`;
}

export function identityOf({ identities }: EnvironmentAccess, fullName: string): Identity {
  const found = identities.filter((one) => one.fullName === fullName);
  if (found.length !== 1) throw new Error(`${found.length} identities are called '${fullName}'`);
  return found[0] as Identity;
}

/** All identities, each in a line: what it is, what it is called, and its policies. */
export function summary({ identities }: EnvironmentAccess): readonly string[] {
  return identities.map(({ kind, fullName, policies: names }) => `${kind} ${fullName}: ${names.join(' ')}`);
}

/** Paths that an identity may do something on, as its rules have them; without those of `default`. */
export function paths({ accessList }: Identity): readonly string[] {
  return accessList.rules
    .filter(({ origins }) => origins.some(({ policy }) => policy !== 'default'))
    .map(({ pattern, capabilities }) => `${pattern.text} ${capabilityNames(capabilities).join('+')}`);
}

import type { DialectName } from '../../policies/dialect';
import type { TerraformJson } from '../../policies/terraform-json';
import { type ReviewedEnvironment, reviewedStacks } from '../../review/reviewed-environment';
import type { Observation, Rule } from '../../review/rule';

export interface DeclaredEnvironment {
  /** Texts in HCL, by name. */
  readonly policies: Readonly<Record<string, string>>;
  /** Policies of roles by their names; each has `default` besides. @default one role for each policy */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
  /** KV engines, version 2 unless it says so. @default `kv` */
  readonly mounts?: Readonly<Record<string, 1 | 2>>;
  /** Below the engine `kv`. @default none */
  readonly secrets?: readonly string[];
  /** @default vault */
  readonly dialect?: DialectName;
  /** @default 2026-06-01 */
  readonly now?: string;
  /** Further resources. @default none */
  readonly resource?: Readonly<Record<string, unknown>>;
  /** @default shop-production */
  readonly name?: string;
}

/** What one stack declares, with everything as cdktf writes it. */
export function declaredEnvironment(declared: DeclaredEnvironment): ReviewedEnvironment {
  const {
    policies,
    mounts = { kv: 2 },
    secrets = [],
    dialect,
    resource,
    name = 'shop-production',
  } = declared;
  const roles = declared.roles ?? Object.fromEntries(Object.keys(policies).map((one) => [one, [one]]));
  const json = {
    resource: {
      ...blocks('vault_mount', mounts, (path, version) => ({
        path,
        type: 'kv',
        options: { version: String(version) },
      })),
      ...blocks('vault_policy', policies, (policy, text) => ({ name: policy, policy: text })),
      ...blocks('vault_approle_auth_backend_role', roles, (role, names) => ({
        role_name: role,
        token_policies: names,
      })),
      ...blocks(
        'vault_kv_secret_v2',
        Object.fromEntries(secrets.map((path) => [path.replaceAll('/', '-'), path])),
        (_, path) => ({ mount: 'kv', name: path }),
      ),
      ...resource,
    },
  };
  return reviewedStacks(new Map([[name, json as unknown as TerraformJson]]), {
    dialect,
    now: Date.parse(declared.now ?? '2026-06-01'),
  });
}

function blocks<T>(
  type: string,
  parts: Readonly<Record<string, T>>,
  write: (label: string, part: T) => object,
): Readonly<Record<string, unknown>> {
  const all = Object.entries(parts).map(([label, part]) => {
    const metadata = { path: `shop/${label}/Resource`, uniqueId: label };
    return [label, { '//': { metadata }, ...write(label, part) }];
  });
  return all.length === 0 ? {} : { [type]: Object.fromEntries(all) };
}

/** A block of a policy. */
export function path(text: string, ...capabilities: readonly string[]): string {
  return `path "${text}" {\n  capabilities = [${capabilities.map((one) => `"${one}"`).join(', ')}]\n}\n`;
}

/** What a rule sees of it. */
export function observations(rule: Rule, declared: DeclaredEnvironment): readonly Observation[] {
  const environment = declaredEnvironment(declared);
  return rule.applies && !rule.applies(environment) ? [] : [...rule.check(environment)];
}

/** Only what it says, in the order of the addresses. */
export function seen(rule: Rule, declared: DeclaredEnvironment): readonly string[] {
  return observations(rule, declared).map((one) => `${one.address}: ${one.seen}`);
}

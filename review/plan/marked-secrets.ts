import { isTooDeep } from '../../policies/json-depth';
import { KnownSecrets } from '../masking/known-secrets';
import { remembered } from '../remembered';
import { mayNameASecret } from '../secret-names';
import type { Json, ModuleConfiguration, Plan, StateModule, ValueChange } from './plan';

/**
 * The secrets that a plan tells itself, since Terraform marks them: where one of them stands elsewhere, unmarked, it is
 * hidden there too. Found once for each plan.
 */
export const knownSecretsOf = remembered(
  (plan: Plan): KnownSecrets => new KnownSecrets(new MarkedSecrets(plan).found),
);

class MarkedSecrets {
  public readonly found = new Set<string>();

  public constructor(plan: Plan) {
    for (const { change } of [
      ...(plan.resource_changes ?? []),
      ...(plan.resource_drift ?? []),
      ...(plan.deferred_changes ?? []).flatMap(({ resource_change }) => resource_change ?? []),
    ])
      this.ofChange(change);
    for (const change of Object.values(plan.output_changes ?? {})) this.ofChange(change);
    for (const values of [plan.prior_state?.values, plan.planned_values]) {
      this.ofModule(values?.root_module);
      for (const { sensitive, value } of Object.values(values?.outputs ?? {})) {
        if (sensitive) this.marked(value);
      }
    }
    this.ofVariables(plan);
    for (const { expressions = {} } of Object.values(plan.configuration?.provider_config ?? {})) {
      this.named(expressions as Json, '');
    }
  }

  private ofChange({ before, after, before_sensitive, after_sensitive }: ValueChange): void {
    this.masked(before, before_sensitive);
    this.masked(after, after_sensitive);
  }

  private ofModule(module: StateModule | undefined): void {
    for (const { values, sensitive_values } of module?.resources ?? []) this.masked(values, sensitive_values);
    for (const child of module?.child_modules ?? []) this.ofModule(child);
  }

  /** What a variable holds is told by the plan, whether it is sensitive by the configuration. */
  private ofVariables({ variables = {}, configuration }: Plan): void {
    const root: ModuleConfiguration = configuration?.root_module ?? {};
    for (const [name, { sensitive, ephemeral, default: otherwise }] of Object.entries(root.variables ?? {})) {
      if (!sensitive && !ephemeral && !mayNameASecret(name)) continue;
      this.marked(otherwise);
      if (Object.hasOwn(variables, name)) this.marked(variables[name]?.value);
    }
    for (const [name, { value }] of Object.entries(variables)) if (mayNameASecret(name)) this.marked(value);
  }

  /** Down to where a mask says that a value is sensitive. */
  private masked(value: Json | undefined, mask: Json | undefined): void {
    if (mask === true) {
      this.marked(value);
    } else if (isObject(mask) && isObject(value)) {
      for (const [key, one] of Object.entries(mask)) {
        if (Object.hasOwn(value, key)) this.masked((value as Readonly<Record<string, Json>>)[key], one);
      }
    }
  }

  /** A text that is sensitive itself; of what has many, those that are not plainly harmless beside the secret one. */
  private marked(value: Json | undefined): void {
    if (typeof value === 'string') {
      const inner = jsonObject(value);
      if (inner === undefined) this.found.add(value);
      else this.named(inner, '');
    } else if (isObject(value)) this.named(value, '');
  }

  private named(value: Json, name: string): void {
    if (typeof value === 'string') {
      if (mayNameASecret(name) || isRandom(value)) this.found.add(value);
    } else if (isObject(value)) {
      const isList = Array.isArray(value);
      for (const [key, one] of Object.entries(value)) {
        // An expression of a configuration is `{ constant_value }`.
        this.named(one, isList || key === 'constant_value' ? name : key);
      }
    }
  }
}

/** Letters and digits in one long word. Names, addresses and paths are of other words. */
function isRandom(text: string): boolean {
  return text.length >= 12 && /\d/.test(text) && /[A-Za-z]/.test(text) && !/[\s/:]|\.[a-z]{2,}/.test(text);
}

function isObject(value: Json | undefined): value is Exclude<Json, null | boolean | number | string> {
  return typeof value === 'object' && value !== null;
}

function jsonObject(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const json = JSON.parse(text);
    return isTooDeep(json) ? undefined : json;
  } catch {
    return undefined;
  }
}

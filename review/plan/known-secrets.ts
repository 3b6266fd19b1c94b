import { isTooDeep } from '../../policies/json-depth';
import { mayNameASecret } from '../secret-names';
import type { Json, ModuleConfiguration, Plan, StateModule, ValueChange } from './plan';

/** Shorter ones would hide half of what there is to see; in characters. */
const SHORTEST = 8;

/** More would be no plan. */
const MOST = 20_000;

const remembered = new WeakMap<Plan, KnownSecrets>();

/**
 * The secrets that a plan tells itself, since Terraform marks them: where one of them stands elsewhere, unmarked, it is
 * hidden there too.
 */
export class KnownSecrets {
  /** Secrets by their first four characters as one number, longest first. */
  private readonly byStart = new Map<number, string[]>();
  private readonly all = new Set<string>();
  /** Texts in which there is nothing to hide. The same come again with each resource, and before and after. */
  private readonly harmless = new Set<string>();

  /** Found once for each plan. */
  public static of(plan: Plan): KnownSecrets {
    const found = remembered.get(plan) ?? new KnownSecrets(plan);
    remembered.set(plan, found);
    return found;
  }

  private constructor(plan: Plan) {
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
    for (const list of this.byStart.values()) list.sort((a, b) => b.length - a.length);
  }

  /** Whether a text was searched before, and nothing was hidden in it. */
  public isHarmless(text: string): boolean {
    return this.harmless.has(text);
  }

  public remember(text: string): void {
    if (this.harmless.size < MOST) this.harmless.add(text);
  }

  /** A text with each of them replaced. */
  public without(text: string, hide: (secret: string) => string): string {
    if (this.byStart.size === 0 || text.length < SHORTEST) return text;
    let masked = '';
    let from = 0;
    for (let at = 0; at <= text.length - SHORTEST; at += 1) {
      const secret = this.byStart.get(startOf(text, at))?.find((one) => text.startsWith(one, at));
      if (secret === undefined) continue;
      masked += `${text.slice(from, at)}${hide(secret)}`;
      from = at + secret.length;
      at = from - 1;
    }
    return from === 0 ? text : `${masked}${text.slice(from)}`;
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
      if (inner === undefined) this.add(value);
      else this.named(inner, '');
    } else if (isObject(value)) this.named(value, '');
  }

  private named(value: Json, name: string): void {
    if (typeof value === 'string') {
      if (mayNameASecret(name) || isRandom(value)) this.add(value);
    } else if (isObject(value)) {
      const isList = Array.isArray(value);
      for (const [key, one] of Object.entries(value)) {
        // An expression of a configuration is `{ constant_value }`.
        this.named(one, isList || key === 'constant_value' ? name : key);
      }
    }
  }

  private add(secret: string): void {
    if (secret.length < SHORTEST || this.all.size >= MOST || this.all.has(secret)) return;
    this.all.add(secret);
    const start = startOf(secret, 0);
    const same = this.byStart.get(start);
    if (same) same.push(secret);
    else this.byStart.set(start, [secret]);
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

function startOf(text: string, at: number): number {
  return (
    text.charCodeAt(at) ^
    Math.imul(text.charCodeAt(at + 1), 0x1f1f) ^
    Math.imul(text.charCodeAt(at + 2), 0x3b9a_ca07) ^
    Math.imul(text.charCodeAt(at + 3), 0x1000_193)
  );
}

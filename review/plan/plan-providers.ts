import type { Attributes } from '../../policies/terraform-json';
import type { Json, ModuleConfiguration, Plan, ProviderConfiguration } from './plan';
import type { PlanInstance } from './plan-instances';
import { referencesOf } from './plan-references';
import type { PlanTexts } from './plan-texts';

/** Settings that say which server is spoken to, and how. No other one is looked at. */
const SETTINGS = ['address', 'namespace', 'skip_tls_verify', 'host'] as const;
/** What stands for a token that is written out: that there is one is to be told, and nothing else. */
const WRITTEN_OUT = 'written out';

/** Configurations of providers, as a stack's JSON has them. */
export class PlanProviders {
  private readonly configurations: ReadonlyMap<string, ProviderConfiguration>;

  public constructor(
    private readonly plan: Plan,
    private readonly texts: PlanTexts,
  ) {
    this.configurations = new Map(Object.entries(plan.configuration?.provider_config ?? {}));
  }

  /** By the type of the provider, such as `vault`, whatever the configuration calls it. */
  public get json(): Readonly<Record<string, readonly Attributes[]>> {
    const found: Record<string, Attributes[]> = {};
    for (const [key, one] of this.configurations) {
      const alias = aliasOf(key, one);
      if (!one.expressions && alias === undefined) continue;
      const settings = { ...(alias !== undefined && { alias }), ...this.settingsOf(one) };
      const type = typeOf(one);
      found[type] = [...(found[type] ?? []), settings];
    }
    return found;
  }

  /**
   * What an instance says of its provider, as in a block's `provider`; nothing where it is the one without an alias. Of
   * what the configuration has no longer, a plan does not tell: it is taken to be the only one there is.
   */
  public of({ configuration, provider }: PlanInstance): string | undefined {
    const key = configuration?.provider_config_key ?? this.onlyOne(provider);
    const one = key === undefined ? undefined : this.configurations.get(key);
    const alias = key === undefined || !one ? undefined : aliasOf(key, one);
    return one && alias !== undefined ? `${typeOf(one)}.${alias}` : undefined;
  }

  private onlyOne(provider: string | undefined): string | undefined {
    const keys = [...this.configurations].filter(([, one]) => one.full_name === provider).map(([key]) => key);
    return provider !== undefined && keys.length === 1 ? keys[0] : undefined;
  }

  private settingsOf({ expressions = {}, module_address: module = '' }: ProviderConfiguration): Attributes {
    const settings = SETTINGS.filter((name) => Object.hasOwn(expressions, name)).map((name) => {
      const value = this.constant(expressions[name], module);
      const references = referencesOf(expressions[name]).join(', ');
      return [name, value === undefined ? `\${known_after_apply(${references})}` : this.written(value)];
    });
    const { token } = expressions;
    if (token === undefined) return Object.fromEntries(settings);
    const isConstant = typeof token === 'object' && token !== null && 'constant_value' in token;
    const shown = isConstant ? WRITTEN_OUT : `\${sensitive_value(${referencesOf(token).join(', ')})}`;
    return Object.fromEntries([...settings, ['token', shown]]);
  }

  private written(value: Json): Json {
    return typeof value === 'string' ? this.texts.written(value) : value;
  }

  /** @returns nothing where it is more than a constant, or than a variable that stands alone */
  private constant(expression: Json | undefined, module: string): Json | undefined {
    if (typeof expression !== 'object' || expression === null) return undefined;
    if ('constant_value' in expression) return expression.constant_value as Json;
    const [reference, another] = referencesOf(expression);
    const [, name] = /^var\.([^.[]+)$/.exec(reference ?? '') ?? [];
    return name === undefined || another !== undefined ? undefined : this.variable(name, module);
  }

  /** @param address of a module, without keys */
  private variable(name: string, address: string): Json | undefined {
    const names = address.split(/\.?module\./).filter(Boolean);
    const root = this.plan.configuration?.root_module;
    const module = names.reduce<ModuleConfiguration | undefined>(
      (of, one) => of?.module_calls?.[one]?.module,
      root,
    );
    const { sensitive, ephemeral, default: otherwise } = module?.variables?.[name] ?? {};
    if (sensitive || ephemeral) return undefined;
    if (names.length === 0) return this.plan.variables?.[name]?.value ?? otherwise;
    const above = names.slice(0, -1);
    const caller = above.reduce<ModuleConfiguration | undefined>(
      (of, one) => of?.module_calls?.[one]?.module,
      root,
    );
    const given = caller?.module_calls?.[names.at(-1) as string]?.expressions?.[name];
    return given === undefined
      ? otherwise
      : this.constant(given, above.map((one) => `module.${one}`).join('.'));
  }
}

/** `registry.terraform.io/hashicorp/vault` is `vault`. */
function typeOf({ full_name: fullName, name }: ProviderConfiguration): string {
  return (fullName ?? name ?? '').split('/').at(-1) as string;
}

/** One of a module has another name than one of the root that is called the same. */
function aliasOf(key: string, { alias, module_address: module }: ProviderConfiguration): string | undefined {
  return module === undefined ? alias : key.replace(/[^\p{L}\p{N}_-]/gu, '_');
}

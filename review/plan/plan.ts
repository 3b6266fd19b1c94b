/** JSON as it was parsed. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * As much of `terraform show -json <plan>` as is looked at here, with the names of Terraform. What is absent is empty.
 * `readPlan` has checked all that this type says; values of resources may be anything.
 */
export interface Plan {
  /** Such as `1.2`. */
  readonly format_version: string;
  readonly terraform_version?: string;
  /** Values that were given. Of sensitive and of ephemeral ones `configuration` tells, not this. */
  readonly variables?: { readonly [name: string]: { readonly value?: Json } };
  /** What an apply changes. Those that stay as they are are in it too, with `no-op`. */
  readonly resource_changes?: readonly PlannedChange[];
  /** What was changed behind Terraform's back, before and after that. */
  readonly resource_drift?: readonly PlannedChange[];
  /** What Terraform cannot plan yet, and leaves to the next one. */
  readonly deferred_changes?: readonly DeferredChange[];
  readonly output_changes?: { readonly [name: string]: ValueChange };
  /** What is there before, as Terraform has just read it. */
  readonly prior_state?: PlanState;
  /** What is there after an apply, as far as it is known. */
  readonly planned_values?: StateValues;
  readonly configuration?: PlanConfiguration;
  readonly checks?: readonly CheckResult[];
  /** Actions of providers that an apply starts; since Terraform 1.14. */
  readonly action_invocations?: readonly ActionInvocation[];
  readonly timestamp?: string;
  /** Since Terraform 1.7. */
  readonly applyable?: boolean;
  /** Not where something is deferred or left out by `-target`; since Terraform 1.8. */
  readonly complete?: boolean;
  readonly errored?: boolean;
}

export interface PlannedChange {
  /** With module and key. */
  readonly address: string;
  /** Where it is moved. */
  readonly previous_address?: string;
  readonly module_address?: string;
  /** `managed` or `data`. */
  readonly mode?: string;
  readonly type: string;
  readonly name?: string;
  readonly index?: number | string;
  /** Such as `registry.terraform.io/hashicorp/vault`. */
  readonly provider_name?: string;
  /** The key of what a replacement left over. */
  readonly deposed?: string;
  readonly change: ValueChange;
  /** A word of Terraform's, such as `replace_because_tainted`. */
  readonly action_reason?: string;
}

export interface ValueChange {
  readonly actions: readonly string[];
  readonly before?: Json;
  /** `null` where it is not known, not set, or write-only. */
  readonly after?: Json;
  /** Shaped like `after`: `true` where the value is not known. */
  readonly after_unknown?: Json;
  /** Shaped like `before`: `true` where the value is sensitive. */
  readonly before_sensitive?: Json;
  readonly after_sensitive?: Json;
  /** Paths that Terraform must replace it for. */
  readonly replace_paths?: readonly (readonly Json[])[];
  readonly importing?: { readonly id?: string; readonly unknown?: boolean; readonly identity?: Json };
}

export interface DeferredChange {
  readonly reason?: string;
  readonly resource_change?: PlannedChange;
}

export interface PlanState {
  readonly format_version?: string;
  readonly terraform_version?: string;
  readonly values?: StateValues;
}

export interface StateValues {
  readonly outputs?: { readonly [name: string]: StateOutput };
  readonly root_module?: StateModule;
}

export interface StateOutput {
  readonly sensitive?: boolean;
  readonly value?: Json;
}

export interface StateModule {
  /** Not of the root module. */
  readonly address?: string;
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

export interface StateResource {
  readonly address: string;
  readonly mode?: string;
  readonly type: string;
  readonly name?: string;
  readonly index?: number | string;
  readonly provider_name?: string;
  readonly deposed_key?: string;
  /** What is not known is left out. */
  readonly values?: { readonly [attribute: string]: Json };
  /** Shaped like `values`: `true` where the value is sensitive. */
  readonly sensitive_values?: Json;
}

export interface PlanConfiguration {
  readonly provider_config?: { readonly [key: string]: ProviderConfiguration };
  readonly root_module?: ModuleConfiguration;
}

export interface ProviderConfiguration {
  readonly name?: string;
  /** Such as `registry.terraform.io/hashicorp/vault`. */
  readonly full_name?: string;
  readonly alias?: string;
  readonly module_address?: string;
  /** What the configuration asks for; the version itself is in no plan. */
  readonly version_constraint?: string;
  readonly expressions?: { readonly [argument: string]: Json };
}

export interface ModuleConfiguration {
  readonly outputs?: { readonly [name: string]: OutputConfiguration };
  readonly resources?: readonly ResourceConfiguration[];
  readonly module_calls?: { readonly [name: string]: ModuleCall };
  readonly variables?: { readonly [name: string]: VariableConfiguration };
}

export interface OutputConfiguration {
  readonly sensitive?: boolean;
  readonly ephemeral?: boolean;
  readonly expression?: Json;
}

export interface VariableConfiguration {
  readonly default?: Json;
  readonly sensitive?: boolean;
  readonly ephemeral?: boolean;
}

export interface ModuleCall {
  readonly source?: string;
  readonly expressions?: { readonly [argument: string]: Json };
  readonly count_expression?: Json;
  readonly for_each_expression?: Json;
  readonly module?: ModuleConfiguration;
}

/**
 * A block as it is written. An argument is an expression, `{ constant_value }` or `{ references }`; a nested block an
 * object of them, or a list of those.
 */
export interface ResourceConfiguration {
  /** Without its module and key. */
  readonly address: string;
  /** `managed`, `data` or `ephemeral`. */
  readonly mode?: string;
  readonly type: string;
  readonly name?: string;
  readonly provider_config_key?: string;
  readonly expressions?: { readonly [argument: string]: Json };
  readonly count_expression?: Json;
  readonly for_each_expression?: Json;
  readonly depends_on?: readonly string[];
  readonly provisioners?: readonly ProvisionerConfiguration[];
}

/** What runs beside the provider where a resource is made or deleted; a plan does not say at which of both. */
export interface ProvisionerConfiguration {
  /** Such as `local-exec`. */
  readonly type?: string;
  readonly expressions?: { readonly [argument: string]: Json };
}

export interface CheckResult {
  readonly address: {
    readonly to_display?: string;
    /** `resource`, `output_value`, `check` or `var`. */
    readonly kind?: string;
  };
  /** `pass`, `fail`, `error` or `unknown`. */
  readonly status: string;
  readonly instances?: readonly CheckInstance[];
}

export interface CheckInstance {
  readonly address?: { readonly to_display?: string };
  readonly status?: string;
  readonly problems?: readonly { readonly message?: string }[];
}

export interface ActionInvocation {
  readonly address: string;
  readonly type?: string;
}

import { kindOfJson } from '../../access/json-kind';

type Fields = Readonly<Record<string, unknown>>;
/** @returns what is wrong with a value, named `at`; nothing where all is well */
type Shape = (value: unknown, at: string) => string | undefined;

const text: Shape = (value, at) => (typeof value === 'string' ? undefined : wrong(at, 'a text', value));
const flag: Shape = (value, at) => (typeof value === 'boolean' ? undefined : wrong(at, 'a boolean', value));
/** Values of resources, masks, and expressions: whatever Terraform says. */
const object: Shape = (value, at) => (isFields(value) ? undefined : wrong(at, 'an object', value));

const listOf =
  (item: Shape): Shape =>
  (value, at) => {
    if (!Array.isArray(value)) return wrong(at, 'a list', value);
    return firstOf(value, (one, i) => item(one, `${at}[${i}]`));
  };

const mapOf =
  (item: Shape): Shape =>
  (value, at) => {
    if (!isFields(value)) return wrong(at, 'an object', value);
    return firstOf(Object.entries(value), ([key, one]) => item(one, `${at}.${key}`));
  };

/** What is absent or null is empty, but for what is required. */
const fields =
  (optional: Readonly<Record<string, Shape>>, required: Readonly<Record<string, Shape>> = {}): Shape =>
  (value, at) => {
    if (!isFields(value)) return wrong(at, 'an object', value);
    const own = (key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined);
    const prefix = at === '' ? '' : `${at}.`;
    return (
      firstOf(Object.entries(required), ([key, shape]) => shape(own(key), `${prefix}${key}`)) ??
      firstOf(Object.entries(optional), ([key, shape]) =>
        (own(key) ?? null) === null ? undefined : shape(own(key), `${prefix}${key}`),
      )
    );
  };

/** A shape that has itself in it. Deeper than JSON may be here it does not go. */
const later =
  (shape: () => Shape): Shape =>
  (value, at) =>
    shape()(value, at);

const valueChange = fields(
  { replace_paths: listOf(listOf(() => undefined)), importing: fields({ id: text, unknown: flag }) },
  { actions: listOf(text) },
);

const plannedChange = fields(
  {
    previous_address: text,
    module_address: text,
    mode: text,
    name: text,
    provider_name: text,
    deposed: text,
    action_reason: text,
  },
  { address: text, type: text, change: valueChange },
);

const stateModule: Shape = fields({
  address: text,
  resources: listOf(
    fields({ mode: text, name: text, provider_name: text, values: object }, { address: text, type: text }),
  ),
  child_modules: listOf(later(() => stateModule)),
});

const stateValues = fields({ outputs: mapOf(fields({ sensitive: flag })), root_module: stateModule });

const moduleConfiguration: Shape = fields({
  outputs: mapOf(fields({ sensitive: flag, ephemeral: flag })),
  resources: listOf(
    fields(
      {
        mode: text,
        name: text,
        provider_config_key: text,
        expressions: object,
        depends_on: listOf(text),
        provisioners: listOf(fields({ type: text, expressions: object })),
      },
      { address: text, type: text },
    ),
  ),
  module_calls: mapOf(
    fields({ source: text, expressions: object, module: later(() => moduleConfiguration) }),
  ),
  variables: mapOf(fields({ sensitive: flag, ephemeral: flag })),
});

const place = fields({ to_display: text, kind: text });

const plan = fields({
  terraform_version: text,
  variables: mapOf(object),
  resource_changes: listOf(plannedChange),
  resource_drift: listOf(plannedChange),
  deferred_changes: listOf(fields({ reason: text, resource_change: plannedChange })),
  output_changes: mapOf(valueChange),
  prior_state: fields({ format_version: text, terraform_version: text, values: stateValues }),
  planned_values: stateValues,
  configuration: fields({
    provider_config: mapOf(
      fields({ name: text, full_name: text, alias: text, version_constraint: text, expressions: object }),
    ),
    root_module: moduleConfiguration,
  }),
  checks: listOf(
    fields(
      {
        instances: listOf(
          fields({ address: place, status: text, problems: listOf(fields({ message: text })) }),
        ),
      },
      { address: place, status: text },
    ),
  ),
  action_invocations: listOf(fields({ type: text }, { address: text })),
  timestamp: text,
  applyable: flag,
  complete: flag,
  errored: flag,
});

/**
 * What of a plan is not as Terraform prints it, so that all others may rely on it.
 *
 * @returns rule and what stands there; nothing where all is well
 */
export function planShapeProblem(json: Fields): string | undefined {
  return plan(json, '');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(at: string, rule: string, value: unknown): string {
  return `'${at}' must be ${rule}, got ${value === undefined ? 'nothing' : kindOfJson(value)}`;
}

function firstOf<T>(
  list: readonly T[],
  problem: (one: T, i: number) => string | undefined,
): string | undefined {
  for (let i = 0; i < list.length; i += 1) {
    const found = problem(list[i] as T, i);
    if (found !== undefined) return found;
  }
  return undefined;
}

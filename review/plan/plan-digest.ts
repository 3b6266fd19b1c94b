import { createHash } from 'node:crypto';
import type { KnownSecrets } from '../masking/known-secrets';
import { maskedText } from '../masking/masked-text';
import { Masking, SENSITIVE } from '../masking/masking';
import { isSecretAttribute } from '../masking/secret-attributes';
import { withoutTokens } from '../masking/secret-forms';
import type { AttributePath } from './attribute-path';
import { ConfiguredResources } from './configured-resources';
import { knownSecretsOf } from './marked-secrets';
import type { Json, Plan, PlannedChange, ValueChange } from './plan';
import { actionOf } from './plan-actions';
import { PlanProviders } from './plan-providers';
import { referencesOf } from './plan-references';
import { decidingPart } from './plan-secrets';
import { PlanTexts } from './plan-texts';
import { hasTrue, isMap, isSameJson, keysOf, lengthOf, type PlanValue, partOf, valuesOf } from './plan-value';
import { JsonPrinter } from './printed-json';

/**
 * Of what an apply of a plan would do to a stack, such as `sha256:5f2c…`: the same for two plans that do the same to it,
 * whenever, by which Terraform and in which order they were made. Of a secret it knows that it changes, and not to what.
 *
 * @param stack a plan does not know its name, and who agrees to a change of one has not agreed to that of another
 */
export function planDigest(plan: Plan, stack: string): string {
  const known = digests.get(plan) ?? new Map<string, string>();
  digests.set(plan, known);
  const digest = known.get(stack) ?? digestOf(plan, stack);
  known.set(stack, digest);
  return digest;
}

const digests = new WeakMap<Plan, Map<string, string>>();

function digestOf(plan: Plan, stack: string): string {
  const reader = new DigestReader(plan);
  const resources = resourcesOf(plan);
  const canonical = JSON.stringify({
    format: 1,
    stack,
    // Such a plan cannot be applied, whatever is in it.
    ...(plan.errored && { errored: true }),
    resources: resources.map((one) => reader.resource(one)).sort(),
    // The same done to another server is something else.
    ...(resources.length > 0 && { providers: reader.providers }),
    outputs: outputsOf(plan)
      .map(([name, change]) => reader.output(name, change))
      .sort(),
    actions: (plan.action_invocations ?? []).map(({ address }) => address).sort(),
  });
  return `sha256:${sha256(canonical)}`;
}

/** Whether an apply of a plan would do nothing, to no resource and no output. One that failed is not empty. */
export function isEmpty(plan: Plan): boolean {
  if (plan.errored) return false;
  return (
    resourcesOf(plan).length === 0 &&
    outputsOf(plan).length === 0 &&
    (plan.action_invocations ?? []).length === 0
  );
}

/** Outputs that change. */
export function outputsOf({
  output_changes,
}: Plan): readonly (readonly [name: string, change: ValueChange])[] {
  return Object.entries(output_changes ?? {}).filter(([, { actions }]) =>
    actions.some((one) => one !== 'no-op'),
  );
}

function resourcesOf({ resource_changes }: Plan): readonly PlannedChange[] {
  return (resource_changes ?? []).filter((one) => actionOf(one) !== undefined);
}

class DigestReader {
  private readonly known: KnownSecrets;
  private readonly configured: ConfiguredResources;

  public constructor(private readonly plan: Plan) {
    this.known = knownSecretsOf(plan);
    this.configured = new ConfiguredResources(plan);
  }

  /** Which servers are spoken to, by which settings. */
  public get providers(): Json {
    const { json } = new PlanProviders(this.plan, new PlanTexts([], () => ''));
    const all = Object.entries(json).flatMap(([type, list]) =>
      list.map((one) => this.alone([type, one as { readonly [name: string]: Json }])),
    );
    return all.sort();
  }

  /** As JSON, so that it sorts. */
  public resource(planned: PlannedChange): string {
    const { address, previous_address, type, deposed, change } = planned;
    const { importing } = change;
    return JSON.stringify([
      address,
      change.actions,
      previous_address === address ? null : (previous_address ?? null),
      deposed ?? null,
      importing ? (importing.id ?? importing.identity ?? '') : null,
      this.attributes(type, change),
      ...this.written(planned),
    ]);
  }

  /** What values do not tell: programs that an apply runs, and of what a value is made that it alone can tell. */
  private written(planned: PlannedChange): readonly Json[] {
    const { after_unknown: unknown, actions } = planned.change;
    const { provisioners = [], expressions = {} } = this.configured.of(planned) ?? {};
    const isRun = actions.includes('create') || actions.includes('delete');
    const programs = isRun
      ? provisioners.map((one) => this.alone([one.type ?? '', one.expressions ?? {}]))
      : [];
    const sources = Object.entries(expressions)
      .filter(([name]) => isMap(unknown) && hasTrue(unknown[name]))
      .map(([name, one]): Json => [name, [...new Set(allReferences(one))].sort()])
      .sort();
    return programs.length + sources.length === 0 ? [] : [programs, sources];
  }

  /** A word in it that looks like the name of a secret is mostly part of a path, and what comes after it is a rule. */
  private policy(text: string): string {
    const plain = this.known.without(text, () => SENSITIVE);
    return withoutTokens(plain);
  }

  /** As JSON, without secrets. */
  private alone(value: Json): string {
    const side = { value, sensitive: undefined, unknown: undefined };
    return JSON.stringify(this.value('', [], side, new Masking(this.known, sha256)));
  }

  public output(name: string, change: ValueChange): string {
    return JSON.stringify([name, change.actions, this.difference('', [name], ...valuesOf(change))]);
  }

  /** What stays as it is may be anything that the provider says, such as the address that a container has just now. */
  private attributes(type: string, change: ValueChange): Json {
    const [before, after] = valuesOf(change);
    if (!change.actions.some((word) => word === 'create' || word === 'update')) {
      return this.value(type, ['id'], partOf(before, 'id'), new Masking(this.known, sha256));
    }
    const isWhole = change.actions.includes('create');
    const names = [...new Set([...keysOf(before), ...keysOf(after)])].sort();
    const deciding = isMap(change.after) ? decidingPart(type, change.after) : undefined;
    // Terraform takes all of it for a secret.
    const told: Json[] = deciding === undefined ? [] : [['deciding', this.policy(deciding)]];
    const all = names.flatMap((name): Json[] => {
      const [from, to] = [partOf(before, name), partOf(after, name)];
      if (!hasTrue(to.unknown) && isSameJson(from.value, to.value)) {
        if (!isWhole || (to.value ?? null) === null) return [];
      }
      return [[name, this.difference(type, [name], from, to)]];
    });
    return [...all, ...told];
  }

  private difference(type: string, path: AttributePath, before: PlanValue, after: PlanValue): Json {
    const masking = new Masking(this.known, sha256);
    // The same name may hold a secret before and none after.
    const isSecret = before.sensitive === true || after.sensitive === true;
    const side = (one: PlanValue): PlanValue => (isSecret ? { ...one, sensitive: true } : one);
    const first = hasTrue(after.unknown) ? null : this.value(type, path, side(before), masking);
    masking.after();
    return [first, this.value(type, path, side(after), masking)];
  }

  private value(type: string, path: AttributePath, side: PlanValue, masking: Masking): Json {
    const { value = null, unknown, sensitive } = side;
    if (unknown === true) return ['unknown'];
    if (value === null && !hasTrue(unknown)) return null;
    if (sensitive === true || (typeof value !== 'boolean' && isSecretAttribute(type, path))) {
      return masking.hide(path.join('.'), JSON.stringify(value));
    }
    if (typeof value === 'string') return this.text(type, path, value, masking);
    if (Array.isArray(value) || Array.isArray(unknown)) {
      const items = Array.from({ length: lengthOf(side) }, (_, i) => i);
      if (items.some((i) => typeof partOf(side, i).value === 'object')) {
        return items.map((i) => this.value(type, [...path, i], partOf(side, i), masking));
      }
      // One word may say that the next one is a secret.
      return [...new JsonPrinter(masking, type, path).items(side)];
    }
    if (isMap(value) || isMap(unknown)) {
      const keys = [...keysOf(side)].sort();
      return keys.map((key) => [key, this.value(type, [...path, key], partOf(side, key), masking)]);
    }
    return value;
  }

  private text(type: string, path: AttributePath, text: string, masking: Masking): Json {
    if (type === 'vault_policy' && path[0] === 'policy') return this.policy(text);
    const { hidden } = masking;
    const lines = new JsonPrinter(masking, type, path).text(text) ?? maskedText(text, masking);
    if (lines === undefined) return SENSITIVE;
    return masking.hidden === hidden ? text : lines.join('\n');
  }
}

function allReferences(expression: Json): readonly string[] {
  if (typeof expression !== 'object' || expression === null) return [];
  return Object.entries(expression).flatMap(([name, one]) =>
    name === 'references' ? referencesOf({ references: one }) : allReferences(one),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

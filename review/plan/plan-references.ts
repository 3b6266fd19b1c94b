import type { Json } from './plan';
import { keyIn, type ModuleInstance, type PlanInstance, type PlanModules } from './plan-instances';

/** What a reference leads to. */
export interface Target {
  readonly instance: PlanInstance;
  /** Nothing where the reference does not say, since it goes by an index that is reckoned. */
  readonly attribute?: string;
}

/** From where something is referred to: what `each.key` and `var` mean there. */
interface Place {
  readonly module: ModuleInstance;
  readonly key?: string | number;
  readonly forEach?: Json;
}

/** Modules that call each other deeper are nobody's. */
const DEEPEST = 50;

/**
 * Follows references of a plan's configuration. Of an expression Terraform tells what it refers to and nothing else: not
 * what it makes of that.
 */
export class PlanReferences {
  private readonly byBlock = new Map<string, PlanInstance[]>();

  public constructor(
    instances: Iterable<PlanInstance>,
    private readonly modules: PlanModules,
  ) {
    for (const instance of instances) {
      const key = blockKey(instance.module, instance.kind, instance.type, instance.name);
      const list = this.byBlock.get(key);
      if (list) list.push(instance);
      else this.byBlock.set(key, [instance]);
    }
  }

  /**
   * All that an expression of an instance refers to.
   *
   * @returns nothing where it refers to something else than resources and data sources too, or to nothing
   */
  public targets(expression: Json | undefined, from: PlanInstance): readonly Target[] | undefined {
    const { module, key, configuration } = from;
    return this.all(referencesOf(expression), {
      module,
      key,
      forEach: configuration?.for_each_expression,
    });
  }

  private all(references: readonly string[], place: Place, depth = 0): readonly Target[] | undefined {
    if (depth > DEEPEST) return undefined;
    const isByOwnKey = references.some((one) => one === 'each.key' || one === 'count.index');
    const others = references.filter((one) => one !== 'each.key' && one !== 'count.index');
    const found = others.map((one) => this.followed(stepsOf(one), place, isByOwnKey, depth + 1));
    return found.length === 0 || found.includes(undefined)
      ? undefined
      : found.flatMap((targets) => targets as readonly Target[]);
  }

  private followed(
    steps: readonly Step[],
    place: Place,
    isByOwnKey: boolean,
    depth: number,
  ): readonly Target[] | undefined {
    const [first, second, ...rest] = steps;
    switch (first) {
      case 'var':
        return attributeOf(this.ofVariable(String(second), place.module, depth), rest);
      case 'module':
        return this.ofModule(String(second), rest, place, isByOwnKey, depth);
      case 'each':
        return second === 'value' ? this.ofEach(rest, place, depth) : undefined;
      case 'data':
        return this.ofBlock('data', String(second), rest, place, isByOwnKey);
      case 'local':
      case 'path':
      case 'terraform':
      case 'self':
        return undefined;
      default:
        return this.ofBlock('resource', String(first), steps.slice(1), place, isByOwnKey);
    }
  }

  private ofVariable(
    name: string,
    { parent, call, key }: ModuleInstance,
    depth: number,
  ): readonly Target[] | undefined {
    if (!parent || !call) return undefined;
    const place = { module: parent, key, forEach: call.for_each_expression };
    return this.all(referencesOf(call.expressions?.[name]), place, depth);
  }

  private ofModule(
    name: string,
    steps: readonly Step[],
    { module, key: own }: Place,
    isByOwnKey: boolean,
    depth: number,
  ): readonly Target[] | undefined {
    const [first, ...rest] = steps;
    const isKey = isIndex(first);
    const key = isKey ? first.index : isByOwnKey ? own : undefined;
    const [output, ...further] = isKey ? rest : steps;
    if (typeof output !== 'string') return undefined;
    const child = this.modules.child(module, name, key);
    const { expression } = child.configuration?.outputs?.[output] ?? {};
    return attributeOf(this.all(referencesOf(expression), { module: child }, depth), further);
  }

  /** What `for_each` goes over is a resource, of which there is one by each key. */
  private ofEach(
    steps: readonly Step[],
    { module, key, forEach }: Place,
    depth: number,
  ): readonly Target[] | undefined {
    const [one, another] = referencesOf(forEach);
    if (one === undefined || another !== undefined) return undefined;
    return attributeOf(this.followed(stepsOf(one), { module, key }, true, depth), steps);
  }

  private ofBlock(
    kind: PlanInstance['kind'],
    type: string,
    [name, ...steps]: readonly Step[],
    { module, key }: Place,
    isByOwnKey: boolean,
  ): readonly Target[] | undefined {
    const instances = this.byBlock.get(blockKey(module, kind, type, String(name)));
    if (!instances) return undefined;
    const [first, ...rest] = steps;
    const index = isIndex(first) ? first.index : undefined;
    const [attribute] = index === undefined ? steps : rest;
    const wanted = index ?? (isByOwnKey ? key : undefined);
    const isOne = instances.length === 1 && instances[0]?.key === undefined;
    const found = isOne || wanted === undefined ? instances : instances.filter((one) => one.key === wanted);
    if (found.length === 0) return undefined;
    return found.map((instance) => ({ instance, ...(typeof attribute === 'string' && { attribute }) }));
  }
}

/** What was handed on as a whole, and is asked for an attribute where it arrives. */
function attributeOf(
  targets: readonly Target[] | undefined,
  steps: readonly Step[],
): readonly Target[] | undefined {
  const [attribute, ...rest] = steps;
  if (attribute === undefined) return targets;
  const isWhole = targets?.every((one) => one.attribute === undefined);
  if (!isWhole || typeof attribute !== 'string' || rest.length > 0) return undefined;
  return targets?.map(({ instance }) => ({ instance, attribute }));
}

/** A name, or an index. */
type Step = string | { readonly index: string | number };

function isIndex(step: Step | undefined): step is { readonly index: string | number } {
  return typeof step === 'object';
}

function stepsOf(reference: string): readonly Step[] {
  const found = reference.matchAll(/\[("(?:[^"\\]|\\.)*"|\d+)\]|([^.[\]]+)/g);
  return [...found].map(([, index, name]) => (index === undefined ? String(name) : { index: keyIn(index) }));
}

function blockKey({ address }: ModuleInstance, kind: string, type: string, name: string): string {
  return [address, kind, type, name].join(' ');
}

/**
 * What an expression refers to, each in its longest form: Terraform names what holds an attribute besides.
 *
 * @returns none for a constant
 */
export function referencesOf(expression: Json | undefined): readonly string[] {
  const { references = [] } = (expression ?? {}) as { readonly references?: Json };
  const all = Array.isArray(references) ? references.filter((one) => typeof one === 'string') : [];
  return all.filter(
    (one) => !all.some((other) => /^[.[]/.test(other.slice(one.length)) && other.startsWith(one)),
  );
}

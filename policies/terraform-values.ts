import {
  type BlockInstance,
  blockAddress,
  blocksOf,
  instancesOf,
  merged,
  NO_SCOPE,
  own,
  type Scope,
  scopeOf,
} from './terraform-blocks';
import { providerDefault } from './terraform-defaults';
import { type Expression, parseTemplate, type Step, type TemplatePart } from './terraform-expression';
import { called, isScalar } from './terraform-functions';
import type { BlockKind, TerraformJson } from './terraform-json';
import { bounded, boundedList, boundedObject, boundedPlain, isTooLarge, oneDeeper } from './terraform-size';
import { isList, isObject, Unknown, type Value } from './terraform-value';

/** What a stack's expressions refer to outside of it. */
export interface Surroundings {
  /** What Terraform calls blocks that it does not call by type and label, by those. @default all by those */
  readonly addresses?: ReadonlyMap<string, string>;
  /**
   * An output that the stack reads by a `terraform_remote_state`.
   * @returns nothing where that is no stack that is known
   */
  readonly output?: (remoteState: BlockInstance, name: string) => Value | undefined;
  /**
   * @param path as written, relative to the stack's folder
   * @returns nothing where the folder is not known
   * @throws where there is no such file
   */
  readonly readFile?: (path: string) => string | undefined;
  /** Attributes that a provider computes from others, such as a policy document's text. */
  readonly computed?: (block: BlockInstance, attribute: string) => Value | undefined;
}

/** The values of one stack's attributes before an apply: what is written, and what its expressions refer to. */
export class StackValues {
  private readonly known = new Map<string, readonly BlockInstance[] | Unknown>();
  /** What is being asked for: a value that needs itself is never known. */
  private readonly asked = new Set<string>();
  /** What was asked for: others refer to it, and again others to them. */
  private readonly found = new Map<string, Value>();
  private isRendering = false;

  public constructor(
    public readonly stack: TerraformJson,
    private readonly surroundings: Surroundings = {},
  ) {}

  /**
   * All there will be of a block: one, or as many as its `count` or `for_each` says.
   * @returns unknown where only Terraform knows how many
   */
  public instances(kind: BlockKind, type: string, label: string): readonly BlockInstance[] | Unknown {
    const address = blockAddress(kind, type, label);
    const known = this.known.get(address);
    if (known) return known;
    const attributes = own(blocksOf(own(blocksOf(this.stack[kind]), type)), label);
    const name = this.surroundings.addresses?.get(address) ?? address;
    const found = attributes
      ? instancesOf({ values: this, kind, type, label, attributes: merged(attributes), address: name })
      : [];
    this.known.set(address, found);
    return found;
  }

  /** An attribute as it will be: as written, else what the provider takes for it or makes of others. */
  public attribute(block: BlockInstance, name: string): Value {
    const written = own(block.attributes, name) ?? undefined;
    // Nothing that it is itself a part of can be in it.
    const plain = written === undefined ? undefined : boundedPlain(written);
    if (plain !== undefined) return plain;
    return this.once('block', `${block.address}.${name}`, () => {
      if (written !== undefined) return this.evaluate(written, scopeOf(block));
      const fallback = providerDefault(block.type, name);
      if (fallback) return 'of' in fallback ? this.attribute(block, fallback.of) : fallback.value;
      return (
        this.surroundings.computed?.(block, name) ??
        new Unknown(`\${${block.address}.${name}}`, { of: { block, attribute: name } })
      );
    });
  }

  /** What the stack gives to others by this name. */
  public output(name: string): Value | undefined {
    const output = own(blocksOf(this.stack.output), name);
    if (!output) return undefined;
    return this.once('output', `output.${name}`, () => this.evaluate(merged(output).value ?? null));
  }

  /** @param written a value of Terraform's JSON */
  public evaluate(written: unknown, scope: Scope = NO_SCOPE): Value {
    const plain = boundedPlain(written);
    if (plain !== undefined) return plain;
    return oneDeeper(() => bounded(this.written(written, scope)));
  }

  private written(written: unknown, scope: Scope): Value {
    if (typeof written === 'string') {
      const value = this.value(parseTemplate(written), scope);
      return value instanceof Unknown ? new Unknown(written, value.known) : value;
    }
    if (Array.isArray(written)) return boundedList(written, (one) => this.evaluate(one, scope));
    if (typeof written !== 'object' || written === null) return written as Value;
    const found = boundedObject<unknown>(Object.entries(written), (one) => this.evaluate(one, scope));
    return found ?? new Unknown(JSON.stringify(written));
  }

  /** @param kind since a type of resources may be called like something else */
  private once(kind: 'block' | 'local' | 'output', step: string, evaluate: () => Value): Value {
    const key = `${kind} ${step}`;
    const found = this.found.get(key);
    if (found !== undefined) return found;
    if (this.asked.has(key)) return new Unknown(`\${${step}}`);
    this.asked.add(key);
    try {
      const value = bounded(evaluate());
      this.found.set(key, value);
      return value;
    } finally {
      this.asked.delete(key);
    }
  }

  private value(expression: Expression, scope: Scope): Value {
    return oneDeeper(() => bounded(this.unbounded(expression, scope)));
  }

  private unbounded(expression: Expression, scope: Scope): Value {
    switch (expression.kind) {
      case 'value':
        return expression.value;
      case 'template':
        return this.text(expression.parts, scope);
      case 'list':
        return boundedList(expression.items, (one) => this.value(one, scope));
      case 'object':
        return boundedObject(expression.entries, (one) => this.value(one, scope)) ?? UNREAD;
      case 'call':
        return this.call(expression.name, expression.args, scope);
      case 'variable':
        return scope.get(expression.name) ?? UNREAD;
      case 'access':
        return this.access(expression.of, expression.steps, scope);
      default:
        return UNREAD;
    }
  }

  private text(template: readonly TemplatePart[], scope: Scope): Value {
    const values = boundedList(template, (part) =>
      typeof part === 'string' ? part : this.value(part.of, scope),
    );
    const tooLarge = values instanceof Unknown ? values : values.find(isTooLarge);
    if (tooLarge) return tooLarge;
    const parts: (string | Unknown)[] = [];
    for (const [i, value] of (values as readonly Value[]).entries()) {
      if (value instanceof Unknown) {
        parts.push(new Unknown(`\${${(template[i] as { written: string }).written}}`, value.known));
      } else if (!isScalar(value)) return UNREAD;
      else parts.push(String(value));
    }
    const isWhole = parts.every((part) => typeof part === 'string');
    return isWhole ? parts.join('') : new Unknown('', { parts });
  }

  private call(name: string, args: readonly Expression[], scope: Scope): Value {
    const values = boundedList(args, (one) => this.value(one, scope));
    if (values instanceof Unknown) return values;
    const result = called(name, values, {
      readFile: (path) => this.surroundings.readFile?.(path),
      render: (template, variables) => this.rendered(template, new Map(Object.entries(variables))),
    });
    return result ?? values.find(isTooLarge) ?? UNREAD;
  }

  /** Terraform lets no template render another one. */
  private rendered(template: string, variables: Scope): Value {
    if (this.isRendering) return UNREAD;
    this.isRendering = true;
    try {
      return this.evaluate(template, variables);
    } finally {
      this.isRendering = false;
    }
  }

  private access(of: Expression, steps: readonly Step[], scope: Scope): Value {
    if (of.kind !== 'variable') return this.follow(this.value(of, scope), steps, scope);
    const inScope = scope.get(of.name);
    if (inScope !== undefined) return this.follow(inScope, steps, scope);
    const [first, ...rest] = steps;
    const name = first?.kind === 'attribute' ? first.name : undefined;
    if (name === undefined) return UNREAD;
    switch (of.name) {
      case 'local':
        return this.follow(this.local(name), rest, scope);
      case 'path':
        return name === 'module' || name === 'root' ? '.' : UNREAD;
      case 'data':
        return this.block('data', name, rest, scope);
      default:
        return this.block('resource', of.name, steps, scope);
    }
  }

  private local(name: string): Value {
    const written = own(blocksOf(this.stack.locals), name);
    return written === undefined ? UNREAD : this.once('local', `local.${name}`, () => this.evaluate(written));
  }

  /** @param steps the block's label, perhaps which of several, and what is asked of it */
  private block(kind: BlockKind, type: string, steps: readonly Step[], scope: Scope): Value {
    const [label, next, ...rest] = steps;
    if (label?.kind !== 'attribute' || !next) return UNREAD;
    const instances = this.instances(kind, type, label.name);
    if (instances instanceof Unknown) return instances;
    if (next.kind === 'splat') return boundedList(instances, (one) => this.ofBlock(one, rest, scope));
    const key = next.kind === 'index' ? this.value(next.index, scope) : undefined;
    const found = instances.find((one) => one.key === key);
    if (!found) return UNREAD;
    return this.ofBlock(found, key === undefined ? [next, ...rest] : rest, scope);
  }

  private ofBlock(block: BlockInstance, [first, ...rest]: readonly Step[], scope: Scope): Value {
    if (first?.kind !== 'attribute') return UNREAD;
    if (block.type === 'terraform_remote_state' && first.name === 'outputs') {
      const [output, ...further] = rest;
      const name = output && this.stepName(output, scope);
      if (typeof name !== 'string') return UNREAD;
      return this.follow(this.surroundings.output?.(block, name) ?? UNREAD, further, scope);
    }
    return this.follow(this.attribute(block, first.name), rest, scope);
  }

  private follow(value: Value, steps: readonly Step[], scope: Scope): Value {
    const [first, ...rest] = steps;
    if (!first) return value;
    if (value instanceof Unknown) return isTooLarge(value) ? value : UNREAD;
    if (first.kind === 'splat') {
      return isList(value) ? boundedList(value, (one) => this.follow(one, rest, scope)) : UNREAD;
    }
    const name = this.stepName(first, scope);
    const next =
      isList(value) && typeof name === 'number'
        ? value[name]
        : isObject(value) && typeof name === 'string'
          ? own(value, name)
          : undefined;
    return next === undefined ? UNREAD : this.follow(next, rest, scope);
  }

  private stepName(step: Step, scope: Scope): Value | undefined {
    if (step.kind === 'attribute') return step.name;
    return step.kind === 'index' ? this.value(step.index, scope) : undefined;
  }
}

const UNREAD = new Unknown('');

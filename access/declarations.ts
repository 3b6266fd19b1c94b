import type { BlockInstance } from '../policies/terraform-blocks';
import { providerDefault } from '../policies/terraform-defaults';
import { isTooLarge } from '../policies/terraform-size';
import { isList, isObject, Unknown, type Value } from '../policies/terraform-value';
import type { Grantees } from './environment-access';
import { type Notes, shownExpression } from './notes';

/** What it means that an attribute is not known. */
export interface Missing {
  /** In words: what is missing, or what is taken instead. */
  readonly otherwise: string;
  readonly mayGrantTo: Grantees;
}

/** What stacks declare for one Vault server, by the types of Terraform's Vault provider. */
export class Declarations {
  public constructor(
    private readonly byType: ReadonlyMap<string, readonly BlockInstance[]>,
    public readonly notes: Notes,
  ) {}

  /** All resources of some types, in the order of the stacks. */
  public all(...types: readonly string[]): readonly BlockInstance[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  public get types(): readonly string[] {
    return [...this.byType.keys()];
  }

  /** Whether an attribute is written, or the provider takes something for it. */
  public has({ attributes, type }: BlockInstance, attribute: string): boolean {
    return (attributes[attribute] ?? undefined) !== undefined || !!providerDefault(type, attribute);
  }

  /** @returns nothing where it is not written */
  public value(block: BlockInstance, attribute: string): Value | undefined {
    return this.has(block, attribute) ? block.values.attribute(block, attribute) : undefined;
  }

  /**
   * An attribute's text.
   * @param missing what it means where it is not known, for the note
   */
  public text(block: BlockInstance, attribute: string, missing: Missing): string | undefined {
    const value = this.value(block, attribute);
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    this.unknown(block, attribute, value, missing);
    return undefined;
  }

  /** The texts of a list, as far as they are known. */
  public texts(block: BlockInstance, attribute: string, missing: Missing): readonly string[] {
    return this.listed(this.value(block, attribute) ?? [], (value) =>
      this.unknown(block, attribute, value, missing),
    );
  }

  /** What is text in a list; all else is given to `unknown`. */
  public listed(list: Value, unknown: (value: Value) => void): readonly string[] {
    return elements(list).flatMap((one) => {
      if (typeof one === 'string') return one;
      unknown(one);
      return [];
    });
  }

  /** Whether an attribute is true. What is not known counts as no, and is noted. */
  public isTrue(block: BlockInstance, attribute: string, missing: Missing): boolean {
    const value = this.value(block, attribute);
    if (value instanceof Unknown) this.unknown(block, attribute, value, missing);
    return value === true || value === 'true';
  }

  /** The texts of a map, as far as they are known. */
  public map(block: BlockInstance, attribute: string): ReadonlyMap<string, Value> {
    const value = this.value(block, attribute);
    return new Map(value !== undefined && isObject(value) ? Object.entries(value) : []);
  }

  /** Notes what only Terraform knows. */
  public unknown(block: BlockInstance, attribute: string, value: Value, missing: Missing): void {
    const isUnknown = value instanceof Unknown;
    const written = isUnknown && value.written ? value.written : text(block.attributes[attribute]);
    const why = isTooLarge(value)
      ? 'which holds more than is read here'
      : isUnknown
        ? 'which is known at an apply only'
        : 'of which nothing is known here';
    this.notes.add(
      `'${attribute}' of ${block.address} is ${shownExpression(written)}, ${why}; ${missing.otherwise}`,
      missing.mayGrantTo,
    );
  }
}

/** A path as Vault takes it: without slashes around it. */
export function withoutSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}

/** What is in a list; of one that is unknown as a whole, what is known of it. */
export function elements(list: Value): readonly Value[] {
  if (list instanceof Unknown) return list.known.items ?? [list];
  return isList(list) ? list : [list];
}

function text(written: unknown): string {
  return typeof written === 'string' ? written : JSON.stringify(written ?? null);
}

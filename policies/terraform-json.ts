import type { Violation } from './names';
import { blockAddress } from './terraform-blocks';
import { StackValues } from './terraform-values';

/** As much of a synthesized stack (`cdk.tf.json`) as is looked at here: Terraform's own JSON, parsed. */
export interface TerraformJson {
  readonly resource?: TerraformBlocks;
  readonly data?: TerraformBlocks;
  readonly ephemeral?: TerraformBlocks;
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly import?: readonly { readonly to: string }[];
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly output?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly module?: Readonly<Record<string, Attributes>>;
  readonly terraform?: { readonly backend?: Readonly<Record<string, Attributes>> };
}

type TerraformBlocks = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
/** Of a block, as written: texts are templates of Terraform's. */
export type Attributes = Readonly<Record<string, unknown>>;

const KINDS = ['resource', 'data', 'ephemeral'] as const;
export type BlockKind = (typeof KINDS)[number];

type NameRule = (name: string) => Violation | undefined;

/** One resource, data source or ephemeral resource of a stack. */
export class TerraformBlock {
  public constructor(
    private readonly stack: TerraformJson,
    public readonly kind: BlockKind,
    public readonly type: string,
    private readonly label: string,
    private readonly attributes: Attributes,
  ) {}

  /** See {@link blockAddress}. */
  public get address(): string {
    return blockAddress(this.kind, this.type, this.label);
  }

  /** See {@link preventsDestroy}. */
  public get preventsDestroy(): boolean {
    return preventsDestroy(this.attributes);
  }

  /** Whether Terraform takes it over, and fails where it is not there yet. */
  public get isTakenOver(): boolean {
    return (this.stack.import ?? []).some(({ to }) => to === this.address);
  }

  public has(attribute: string): boolean {
    return (this.attributes[attribute] ?? null) !== null;
  }

  /** As it is written, for messages. */
  public written(attribute: string): string {
    return this.has(attribute) ? JSON.stringify(this.attributes[attribute]) : 'nothing';
  }

  public isTrue(attribute: string): boolean {
    return this.attributes[attribute] === true;
  }

  /**
   * An attribute's text as it will be at deploy. A reference is followed where the same stack says what it will be.
   * @throws where only Terraform can tell
   */
  public literal(attribute: string): string {
    const written = this.attributes[attribute] ?? undefined;
    const { kind, type, label, address, attributes } = this;
    const values = new StackValues(this.stack);
    const text = values.attribute({ values, kind, type, label, address, attributes }, attribute);
    // A number is no name yet, and no name holds an expression, not even an escaped one.
    const isText = typeof text === 'string' && (written === undefined || typeof written === 'string');
    if (!isText || /[$%]\{/.test(text)) {
      throw new Error(
        `'${attribute}' of ${this.address} must be known at synth, got ${this.written(attribute)}; write it out, or refer to what is written out in the same stack`,
      );
    }
    return text;
  }

  /**
   * A text that becomes part of an exact path: no wildcard, and no way out of it.
   * @throws also where it breaks the rule
   */
  public name(attribute: string, rule: NameRule = violationOfName): string {
    const text = this.literal(attribute);
    const wrong = rule(text);
    if (wrong) {
      throw new Error(`'${attribute}' of ${this.address} ${wrong.rule}, got '${text}'; ${wrong.remedy}`);
    }
    return text;
  }
}

/** Whether Terraform refuses to destroy a resource. What is not plainly `false` counts as yes. */
export function preventsDestroy({ lifecycle }: Attributes): boolean {
  return [lifecycle ?? []].flat().some((one) => ((one as Attributes).prevent_destroy ?? false) !== false);
}

/** Everything of a stack that belongs to Terraform's Vault provider. */
export function vaultBlocks(stack: TerraformJson): readonly TerraformBlock[] {
  return KINDS.flatMap((kind) =>
    Object.entries(stack[kind] ?? {})
      .filter(([type]) => type.startsWith('vault_'))
      .flatMap(([type, blocks]) =>
        Object.entries(blocks).map(
          ([name, attributes]) => new TerraformBlock(stack, kind, type, name, attributes),
        ),
      ),
  );
}

/** The configurations of the Vault provider. One without settings where the stack uses it without any. */
export function vaultProviders(stack: TerraformJson): readonly Attributes[] {
  const { vault } = stack.provider ?? {};
  if (vault !== undefined) return [vault].flat() as Attributes[];
  return vaultBlocks(stack).length > 0 ? [{}] : [];
}

/** The names of auth methods, their roles and audit devices. */
function violationOfName(text: string): Violation | undefined {
  if (/^\w[\w.-]*(\/\w[\w.-]*)*$/.test(text) && !text.includes('..')) return undefined;
  return {
    rule: "must consist of segments of letters, digits, '_', '-' and '.' that start with a letter, digit or '_'",
    remedy: "write it as 'billing'",
  };
}

import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  TerraformStack,
  Tokenization,
} from 'cdktf';
import { deepMerge } from 'cdktf/lib/util';
import type { Construct, IConstruct } from 'constructs';
import type { Environment } from '../constructs/environment';
import { ValidationError } from '../constructs/validation-error';

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/**
 * One Terraform state of a platform in one environment. Only values that are known at synth cross from one
 * stack to another: a reference would put its value into the states of both.
 */
export abstract class PlatformStack extends TerraformStack {
  private foreignReference: string | undefined;

  protected constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const { state, isDevelopment } = environment;
    if (!state.isShared && !isDevelopment) {
      throw new ValidationError(
        this,
        `'state' must be shared and locked outside development, got '${state.type}'; write it as Environment.${environment.name}({ state: StateBackend.pg() }), or .s3(), or .http()`,
      );
    }
    state.attachTo(this);
    this.addOverride('terraform.required_version', '>= 1.11');
  }

  /** cdktf looks for references to other stacks here and resolves every token to find them. {@link toTerraform} does it in one go. */
  public override prepareStack(): void {}

  /**
   * The stack as Terraform's JSON, with every token resolved once. cdktf does it three times: for references
   * between stacks, for each element, and for the whole.
   */
  public override toTerraform(): Record<string, unknown> {
    // biome-ignore lint/complexity/useLiteralKeys: it is private in cdktf, and has no getter
    const overrides: object = this['rawOverrides'];
    const metadata = {
      version: this.node.tryGetContext('cdktfVersion'),
      stackName: this.node.id,
      overrides: { stack: Object.keys(overrides) },
    };
    const outputs = {};
    const stack = { '//': { metadata, outputs } };
    for (const element of elementsOf(this)) {
      deepMerge(metadata, this.resolved(element.toMetadata()));
      if (TerraformOutput.isTerraformOutput(element)) deepMerge(outputs, addressOf(element));
      deepMerge(stack, this.resolved(element.toTerraform()));
    }
    return deepMerge(stack, this.resolved(overrides));
  }

  /** Called by cdktf where an element of this stack has a reference to another one. */
  public override registerIncomingCrossStackReference(other: TerraformStack): never {
    this.foreignReference = `a reference must stay in its stack, got one to a value of '${other.node.path}'; pass a value that is known at synth, such as a name or a path`;
    throw new ValidationError(this, this.foreignReference);
  }

  private resolved(value: object): object {
    try {
      return Tokenization.resolve(value, { scope: this, resolver: RESOLVER, preparing: true });
    } catch (error) {
      // cdktf has put its own words around the message by now, once for each level.
      throw this.foreignReference ? new ValidationError(this, this.foreignReference) : error;
    }
  }
}

/** The elements of a stack, without those of stacks inside it. */
function elementsOf(construct: IConstruct, into: TerraformElement[] = []): TerraformElement[] {
  if (TerraformElement.isTerraformElement(construct)) into.push(construct);
  for (const child of construct.node.children) {
    if (!TerraformStack.isStack(child)) elementsOf(child, into);
  }
  return into;
}

/** Where the CDKTF command line finds the name of an output, by its construct path. */
function addressOf(output: TerraformOutput): object {
  return output.node.path
    .split('/')
    .reduceRight<string | object>((inner, id) => ({ [id]: inner }), output.friendlyUniqueId) as object;
}

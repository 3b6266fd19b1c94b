import type { Construct } from 'constructs';
import type { Port } from '../constructs/container';
import { ValidationError } from '../constructs/validation-error';

/** What differs between the users of one declaration. Keys are names of services and workers' services. */
interface InputValues {
  /** `openbao` or `vault`; needed when the image of `vault` is of the other distribution. */
  readonly distribution?: 'openbao' | 'vault';
  /** Image by service; the server is `vault`. */
  readonly images?: Readonly<Record<string, string>>;
  /** Host port by service, or by `service:containerPort` where it has several. */
  readonly hostPorts?: Readonly<Record<string, number>>;
}

const FIELDS: readonly (keyof InputValues)[] = ['distribution', 'images', 'hostPorts'];

/** Problems with a context: inputs for environments that are not declared. */
export function strayInputs(
  context: Readonly<Record<string, unknown>>,
  declared: readonly string[],
): string[] {
  return Object.entries(context)
    .filter(([key, value]) => !declared.includes(key) && looksLikeInputs(value))
    .map(
      ([key]) =>
        `'context' in cdktf.json must hold inputs of declared environments, got '${key}'; known are ${declared.join(', ')}`,
    );
}

function looksLikeInputs(value: unknown): boolean {
  return typeof value === 'object' && value !== null && FIELDS.some((field) => Object.hasOwn(value, field));
}

/**
 * The inputs of one environment, from the key `<platform>-<environment>` of `context` in cdktf.json. An input
 * that nothing asked for is an error, since it is a name that was mistyped.
 */
export class Inputs {
  private readonly values: InputValues;
  private readonly unused: Set<string>;
  private readonly known: string[] = [];

  public constructor(
    private readonly scope: Construct,
    private readonly key: string,
  ) {
    this.values = this.checked(scope.node.tryGetContext(key) ?? {});
    this.unused = new Set([
      ...Object.keys(this.values.images ?? {}).map((name) => `images.${name}`),
      ...Object.keys(this.values.hostPorts ?? {}).map((name) => `hostPorts.${name}`),
    ]);
    scope.node.addValidation({ validate: () => this.problems() });
  }

  public get distribution(): 'openbao' | 'vault' | undefined {
    return this.values.distribution;
  }

  /** The image of a service: the input's, or the declared one. */
  public image(service: string, declared: string): string {
    this.use(`images.${service}`);
    return this.values.images?.[service] ?? declared;
  }

  /** One host port: the input's, or the declared one. */
  public hostPort(service: string, declared: number): number {
    this.use(`hostPorts.${service}`);
    return this.values.hostPorts?.[service] ?? declared;
  }

  /** The published ports of a service, with host ports from the inputs. */
  public ports(service: string, declared: readonly Port[]): readonly Port[] {
    return declared.map((port) => {
      const full = typeof port === 'number' ? { host: port, container: port } : port;
      const name = declared.length === 1 ? service : `${service}:${full.container}`;
      return { ...full, host: this.hostPort(name, full.host) };
    });
  }

  private use(input: string): void {
    this.known.push(input);
    this.unused.delete(input);
  }

  private problems(): string[] {
    return [...this.unused].map(
      (input) =>
        `'context.${this.key}' in cdktf.json must name inputs of the platform, got '${input}'; known are ${[...new Set(this.known)].sort().join(', ')}`,
    );
  }

  private checked(values: unknown): InputValues {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) {
      throw new ValidationError(
        this.scope,
        `'context.${this.key}' in cdktf.json must be an object, got ${JSON.stringify(values)}; write it as { "images": { "vault": "hashicorp/vault:1.15.0" } }`,
      );
    }
    for (const [field, value] of Object.entries(values)) {
      const fits =
        field === 'distribution'
          ? value === 'vault' || value === 'openbao'
          : field === 'images'
            ? isRecordOf(value, 'string')
            : field === 'hostPorts' && isRecordOf(value, 'number');
      if (!fits) {
        throw new ValidationError(
          this.scope,
          `'context.${this.key}.${field}' in cdktf.json must be one of ${FIELDS.join(', ')}, got ${JSON.stringify(value)}; distribution is "vault" or "openbao", images map a service to an image, hostPorts map a service to a number`,
        );
      }
    }
    return values;
  }
}

function isRecordOf(value: unknown, type: 'string' | 'number'): boolean {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === type)
  );
}

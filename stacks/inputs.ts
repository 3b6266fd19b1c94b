import type { Construct } from 'constructs';
import { DISTRIBUTIONS, type DistributionKind } from '../constructs/distribution';
import type { Port } from '../constructs/port';
import { ValidationError } from '../constructs/validation-error';

/** What differs between the users of one declaration. Keys are names of services and workers' services. */
interface InputValues {
  /** `openbao` or `vault`; needed when the image of `vault` is of the other distribution. */
  readonly distribution?: DistributionKind;
  /** Image by service; the server is `vault`. */
  readonly images?: Readonly<Record<string, string>>;
  /** Host port by service, or by `service:containerPort` where it has several. */
  readonly hostPorts?: Readonly<Record<string, number>>;
  /** Addresses of the network, where the declared ones are taken on this host. */
  readonly subnet?: string;
  /** Lets Terraform destroy volumes, mounts and secrets outside development. */
  readonly allowDestroy?: boolean;
}

const FIELDS: readonly (keyof InputValues)[] = [
  'distribution',
  'images',
  'hostPorts',
  'subnet',
  'allowDestroy',
];

const RULES: {
  readonly [Field in keyof InputValues]-?: {
    readonly fits: (value: unknown) => boolean;
    readonly text: string;
    readonly remedy: string;
  };
} = {
  distribution: {
    fits: (value) => typeof value === 'string' && Object.hasOwn(DISTRIBUTIONS, value),
    text: `"vault" or "openbao"`,
    remedy: 'write the one that the image of the server is of',
  },
  images: {
    fits: (value) => isRecordOf(value, 'string'),
    text: 'a map from service to image',
    remedy: 'write it as { "vault": "hashicorp/vault:1.17.6" }',
  },
  hostPorts: {
    fits: (value) => isRecordOf(value, 'number'),
    text: 'a map from service to number',
    remedy: 'write it as { "vault": 8200 }',
  },
  subnet: {
    fits: (value) => typeof value === 'string',
    text: 'a network in CIDR notation',
    remedy: 'write it as "172.28.10.0/24"',
  },
  allowDestroy: {
    fits: (value) => typeof value === 'boolean',
    text: 'true or false',
    remedy: 'leave it out to protect what holds data',
  },
};

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

  public get distribution(): DistributionKind | undefined {
    return this.values.distribution;
  }

  /** The addresses of the network: the input's, or the declared ones. */
  public subnet(declared: string): string {
    return this.values.subnet ?? declared;
  }

  public get allowDestroy(): boolean {
    return this.values.allowDestroy ?? false;
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
      const rule = FIELDS.includes(field as keyof InputValues) && RULES[field as keyof InputValues];
      if (!rule) {
        throw new ValidationError(
          this.scope,
          `'context.${this.key}' in cdktf.json must hold ${FIELDS.join(', ')}, got '${field}'; correct the name`,
        );
      }
      if (!rule.fits(value)) {
        throw new ValidationError(
          this.scope,
          `'context.${this.key}.${field}' in cdktf.json must be ${rule.text}, got ${JSON.stringify(value)}; ${rule.remedy}`,
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

import { KvSecretV2 } from '@cdktf/provider-vault/lib/kv-secret-v2';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { type KvVerb, kvDataPath, kvRules } from '../policies/kv-access';
import { violationOfSecretKey, violationOfSecretPath } from '../policies/names';
import type { Rule } from '../policies/policy-document';
import { generatedValue } from './generated-value';
import { hclString } from './hcl';
import type { KvMount } from './kv-mount';
import { grantReason, type KvGrantable } from './kv-tree';
import { refuseLiteralSecret } from './literal-secrets';
import type { SecretValue, SecretValueSource } from './secret-value';
import { isGiven, SuppliedValues } from './supplied-values';
import { requireName, ValidationError } from './validation-error';

/** Keys and values of a secret: a plain string is a constant that is no secret. */
export type SecretData<Key extends string = string> = Readonly<Record<Key, string | SecretValue>>;

export interface KvSecretOptions {
  /** What the secret is for, in a few words; shown in policies. */
  readonly description?: string;
  /**
   * Raise it to write the secret again: generated values are generated anew and supplied ones are asked
   * for. A KV write replaces all keys of a secret, so a changed constant does the same. Whole number, 1 to 2000.
   * @default 1
   */
  readonly version?: number;
}

export interface KvSecretProps<Key extends string> extends KvSecretOptions {
  readonly mount: KvMount;
  readonly path: string;
  readonly data: SecretData<Key> | 'supplied' | 'runtime';
  readonly dependsOn: ITerraformDependable;
}

/** The value of one key, by its address: what templates and variables may hold instead of the value. */
export interface KvValue {
  readonly secret: KvSecret;
  readonly key: string;
}

/**
 * One secret of a KV v2 mount. Made by {@link KvMount}. The type knows its keys: a secret without the keys that
 * somebody needs does not compile there, and `KvSecret` alone is a secret of any keys.
 */
export class KvSecret<Key extends string = never> extends Construct implements KvGrantable {
  public readonly mount: KvMount;
  /** Below the mount, without `data/`. */
  public readonly path: string;
  /** Where the values come from, by key. Empty where the keys are not known at synth. */
  public readonly sources: Readonly<Record<string, SecretValueSource>>;
  /** Who writes the secret: Terraform, or an application at run time. */
  public readonly writtenBy: 'terraform' | 'application';
  /** One key of the secret, by address. A key that is not declared does not compile. */
  public readonly value: (key: Key) => KvValue;
  private readonly description: string | undefined;

  public constructor(scope: Construct, id: string, props: KvSecretProps<Key>) {
    props.mount.refuseSecond(props.path);
    requireName(scope, 'path', props.path, violationOfSecretPath);
    super(scope, id);
    this.mount = props.mount;
    this.path = props.path;
    this.description = props.description;
    this.writtenBy = props.data === 'runtime' ? 'application' : 'terraform';
    this.sources = typeof props.data === 'string' ? {} : this.checked(props.data);
    // Not a method: TypeScript compares the parameters of methods loosely, and would take any secret for any other.
    this.value = (key) => this.addressOf(key);
    if (props.data !== 'runtime') this.write(props, props.data === 'supplied');
  }

  /** The API path of the values, as agent templates ask for them. */
  public get dataPath(): string {
    return kvDataPath(this.mount.path, this.path);
  }

  public rules(verb: KvVerb, grantee: string): readonly Rule[] {
    return kvRules(this.mount.path, this.path, verb, grantReason(grantee, verb, this.path, this.description));
  }

  private addressOf(key: string): KvValue {
    requireName(this, 'key', key, violationOfSecretKey);
    const keys = Object.keys(this.sources);
    if (keys.length > 0 && !keys.includes(key)) {
      throw new ValidationError(
        this,
        `'key' must be one of ${keys.map((one) => `'${one}'`).join(', ')}, got '${key}'; declare it or choose another`,
      );
    }
    return { secret: this, key };
  }

  private checked(data: SecretData<Key>): Record<string, SecretValueSource> {
    const entries = Object.entries<string | SecretValue>(data);
    if (entries.length === 0) {
      throw new ValidationError(
        this,
        "'data' must hold a key, got {}; use addRuntimeSecret() for a path that an application writes",
      );
    }
    return Object.fromEntries(entries.map(([key, value]) => [key, this.sourceOf(key, value)]));
  }

  private sourceOf(key: string, value: string | SecretValue): SecretValueSource {
    requireName(this, 'key', key, violationOfSecretKey);
    if (typeof value === 'string') {
      refuseLiteralSecret(this, 'data', key, value, 'use SecretValue.generated() or SecretValue.supplied()');
      return { kind: 'constant', value };
    }
    const { source } = value;
    if (
      source.kind === 'generated' &&
      !(Number.isInteger(source.length) && source.length >= 16 && source.length <= 1024)
    ) {
      throw new ValidationError(
        this,
        `'length' of '${key}' must be a whole number from 16 to 1024, got '${source.length}'; use 32`,
      );
    }
    return source;
  }

  private write(props: KvSecretProps<Key>, suppliedAsWhole: boolean): void {
    const version = props.version ?? 1;
    if (!Number.isInteger(version) || version < 1 || version > 2000) {
      throw new ValidationError(
        this,
        `'version' must be a whole number from 1 to 2000, got '${version}'; raise it by one to rotate`,
      );
    }
    const supplied = SuppliedValues.of(this);
    const variables = suppliedAsWhole
      ? [supplied.variable(this, undefined)]
      : Object.entries(this.sources)
          .filter(([, source]) => source.kind === 'supplied')
          .map(([key]) => supplied.variable(this, key));
    const woVersion = writeVersion(version, this.sources);
    const [whole] = variables;
    const json =
      suppliedAsWhole && whole
        ? // Decoding nothing would make the value unknown, and every later plan a change.
          `jsonencode({ for key, value in jsondecode(${isGiven(whole)} ? ${whole.reference} : "{}") : key => tostring(value) })`
        : this.json(supplied);
    const resource = new KvSecretV2(this, 'Resource', {
      mount: this.mount.path,
      name: this.path,
      dataJsonWo: `\${${
        variables.length === 0
          ? json
          : // Never written: the precondition fails first. If it were, the provider refuses it as JSON.
            `${variables.map(isGiven).join(' && ')} ? ${json} : "not supplied"`
      }}`,
      dataJsonWoVersion: woVersion,
      // Destroying the secret leaves no version behind.
      deleteAllVersions: true,
      // Who deploys can then write secrets and read none; the server keeps what was written.
      disableRead: this.mount.server.isLasting ? true : undefined,
      lifecycle: this.mount.server.environment.protection,
      dependsOn: [props.dependsOn],
    });
    if (this.mount.server.isLasting)
      resource.addOverride('data_json_wo_version', inThisMount(this.mount, woVersion));
    if (variables.length > 0) supplied.require(this, resource, variables, woVersion);
  }

  private json(supplied: SuppliedValues): string {
    const fields = Object.entries(this.sources).map(
      ([key, source]) => `${hclString(key)} = ${this.expression(supplied, key, source)}`,
    );
    return `jsonencode({ ${fields.join(', ')} })`;
  }

  private expression(supplied: SuppliedValues, key: string, source: SecretValueSource): string {
    if (source.kind === 'constant') return hclString(source.value);
    if (source.kind === 'supplied') return supplied.variable(this, key).reference;
    return generatedValue(this, key, source);
  }
}

/**
 * The same number, moved by the mount's accessor: a server that lost its data gets another mount, and has to be
 * given its secrets again. Nobody would notice otherwise, since Terraform does not read them.
 */
function inThisMount({ accessor }: KvMount, version: number): string {
  const fingerprint = version % 1_000_000;
  const mount = `parseint(substr(sha256(${accessor.replace(/^\$\{|\}$/g, '')}), 0, 5), 16)`;
  return `\${${version - fingerprint} + (${fingerprint} + ${mount}) % 1000000}`;
}

/**
 * The number that makes the provider write: the version, then six digits that follow the declared keys, so that
 * a changed constant, or another length, is written too. 3 with keys of fingerprint 123456 is 3123456.
 */
function writeVersion(version: number, sources: Readonly<Record<string, SecretValueSource>>): number {
  const text = JSON.stringify(Object.entries(sources).sort());
  let hash = 0;
  for (let i = 0; i < text.length; i += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) >>> 0;
  return version * 1_000_000 + (hash % 1_000_000);
}

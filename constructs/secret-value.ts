/** How the value of one key of a secret comes into being. A plain string is a constant that is no secret. */
export type SecretValueSource =
  | { readonly kind: 'constant'; readonly value: string }
  | { readonly kind: 'generated'; readonly length: number; readonly special: boolean }
  | { readonly kind: 'supplied' };

export interface GeneratedValueProps {
  /**
   * Characters, 16 to 1024.
   * @default 32
   */
  readonly length?: number;
  /**
   * Whether punctuation is used too. Without it the value needs no quoting in URLs, shells and files.
   * @default false
   */
  readonly special?: boolean;
}

/**
 * The value of one key of a secret, without the value: no factory takes one that must stay hidden.
 *
 * A value that is generated or supplied goes to Vault by a write-only argument, so it is in no plan and in
 * no state file. It is written when the secret is first created and when the secret's `version` is raised.
 */
export class SecretValue {
  /** Generated at apply from Terraform's cryptographic random source, and known to Vault alone. */
  public static generated(props: GeneratedValueProps = {}): SecretValue {
    return new SecretValue({
      kind: 'generated',
      length: props.length ?? 32,
      special: props.special ?? false,
    });
  }

  /**
   * Supplied by a person as the environment variable `TF_VAR_<mount>_<path>_<key>` of the deploy that
   * writes the secret. Other deploys go without it.
   */
  public static supplied(): SecretValue {
    return new SecretValue({ kind: 'supplied' });
  }

  /**
   * A literal for a key whose name looks like a secret's but is none, such as `token_ttl`.
   * Everybody who can read the repository or the state can read it.
   */
  public static publicConstant(value: string): SecretValue {
    return new SecretValue({ kind: 'constant', value });
  }

  private constructor(public readonly source: SecretValueSource) {}
}

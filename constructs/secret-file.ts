import type { KvSecret, KvValue } from './kv-secret';

/** The folder in which a container finds its files; nothing else is there. */
export const SECRETS_DIRECTORY = '/vault/secrets';

/** A value, and how it is written into a text. */
export interface FilteredValue extends KvValue {
  readonly filter?: string;
}

/**
 * A file with secrets for a program that knows no Vault. An agent beside it renders the file into memory and
 * again when the secret changes; giving the file to a container grants its agent to read the secrets in it.
 */
export class SecretFile {
  /** The bare value of one key, as `*_FILE` variables expect it. */
  public static value(name: string, value: KvValue): SecretFile {
    return new SecretFile(name, [value.secret], expression(value));
  }

  /** Text with values in it; everything else is taken as it is. */
  public static text(name: string, parts: readonly (string | FilteredValue)[]): SecretFile {
    return new SecretFile(
      name,
      parts.filter((part) => typeof part !== 'string').map(({ secret }) => secret),
      parts.map((part) => (typeof part === 'string' ? literal(part) : expression(part))).join(''),
      [],
      parts.filter((part) => typeof part === 'string'),
    );
  }

  /** Shell assignments, one a variable, quoted for any POSIX shell. */
  public static variables(name: string, variables: Readonly<Record<string, KvValue>>): SecretFile {
    return new SecretFile(
      name,
      Object.values(variables).map(({ secret }) => secret),
      Object.entries(variables)
        .map(([variable, value]) => `${variable}='${expression(value, SHELL_QUOTE)}'\n`)
        .join(''),
      Object.keys(variables),
    );
  }

  /** Shell assignments for all keys of a secret that a shell can read. Others are left out. */
  public static allVariables(name: string, secret: KvSecret): SecretFile {
    return new SecretFile(
      name,
      [secret],
      `{{ with secret "${secret.dataPath}" }}{{ range $key, $value := .Data.data }}${FOR_A_SHELL}{{ $key }}='{{ $value | printf "%v"${SHELL_QUOTE} }}'\n{{ end }}{{ end }}{{ end }}`,
    );
  }

  /** A value in a text, as a JSON string with its quotes: YAML reads it too, whatever is in it. */
  public static quoted(value: KvValue): FilteredValue {
    return { ...value, filter: ' | toJSON' };
  }

  /** A value in a text that must be a whole number there. The agent refuses another. */
  public static integer(value: KvValue): FilteredValue {
    return { ...value, filter: ' | parseInt' };
  }

  private constructor(
    public readonly name: string,
    public readonly secrets: readonly KvSecret[],
    /** In the language of Consul Template, which the agent speaks. */
    public readonly template: string,
    /** The variables that it sets, where they are known. */
    public readonly variables: readonly string[] = [],
    /** The text that no secret is in. */
    public readonly literals: readonly string[] = [],
  ) {}

  /** Where the container finds the file. */
  public get path(): string {
    return `${SECRETS_DIRECTORY}/${this.name}`;
  }
}

// A shell would run another key as a command, and show its value in the log when there is none. Some variables
// decide which programs run, or which Vault is used.
const FOR_A_SHELL =
  '{{ if and (regexMatch "^[A-Za-z_][A-Za-z0-9_]*$" $key) (not (regexMatch "^(PATH|IFS|ENV|BASH_ENV|(LD|VAULT|BAO)_.*)$" $key)) }}';

const SHELL_QUOTE = ` | replaceAll "'" "'\\\\''"`;

/** A key that is missing must stop the agent: an expression without a field only writes `<no value>`. */
function expression({ secret, key, filter: own = '' }: FilteredValue, filter = own): string {
  const value = /^[A-Za-z_]\w*$/.test(key)
    ? `{{ .Data.data.${key}${filter} }}`
    : `{{ with index .Data.data "${key}" }}{{ .${filter} }}{{ else }}{{ sprig_fail "a key is missing" }}{{ end }}`;
  return `{{ with secret "${secret.dataPath}" }}${value}{{ end }}`;
}

/** A brace at the end counts too: the next part may begin with another. */
function literal(text: string): string {
  return text.replace(/\{\{|\{$/g, '{{ "$&" }}');
}

import type { KvSecret, KvValue } from './kv-secret';

/** The folder in which a container finds its files; nothing else is there. */
export const SECRETS_DIRECTORY = '/vault/secrets';

/**
 * A file with secrets for a program that knows no Vault. An agent beside it renders the file into memory and
 * again when the secret changes. Declaring the file is what grants the agent to read the secrets in it.
 */
export class SecretFile {
  /** The bare value of one key, as `*_FILE` variables expect it. */
  public static value(name: string, value: KvValue): SecretFile {
    return new SecretFile(name, [value.secret], expression(value, '.Data.data'));
  }

  /** Text with values in it; everything else is taken as it is. */
  public static text(name: string, parts: readonly (string | KvValue)[]): SecretFile {
    return new SecretFile(
      name,
      parts.filter((part) => typeof part !== 'string').map(({ secret }) => secret),
      parts
        .map((part) => (typeof part === 'string' ? literal(part) : expression(part, '.Data.data')))
        .join(''),
    );
  }

  /** Shell assignments, one a variable, quoted for any POSIX shell. */
  public static variables(name: string, variables: Readonly<Record<string, KvValue>>): SecretFile {
    return new SecretFile(
      name,
      Object.values(variables).map(({ secret }) => secret),
      Object.entries(variables)
        .map(([variable, value]) => `${variable}='${expression(value, '.Data.data', SHELL_QUOTE)}'\n`)
        .join(''),
      Object.keys(variables),
    );
  }

  /** Shell assignments for all keys of a secret that a shell can read. Others are left out. */
  public static allVariables(name: string, secret: KvSecret): SecretFile {
    return new SecretFile(
      name,
      [secret],
      `{{ with secret "${secret.dataPath}" }}{{ range $key, $value := .Data.data }}${ONLY_NAMES}{{ $key }}='{{ $value${SHELL_QUOTE} }}'\n{{ end }}{{ end }}{{ end }}`,
    );
  }

  private constructor(
    public readonly name: string,
    public readonly secrets: readonly KvSecret[],
    /** In the language of Consul Template, which the agent speaks. */
    public readonly template: string,
    /** The variables that it sets, where they are known. */
    public readonly variables: readonly string[] = [],
  ) {}

  /** Where the container finds the file. */
  public get path(): string {
    return `${SECRETS_DIRECTORY}/${this.name}`;
  }
}

// A shell would run another key as a command, and show its value in the log when there is none.
const ONLY_NAMES = '{{ if $key | regexMatch "^[A-Za-z_][A-Za-z0-9_]*$" }}';

const SHELL_QUOTE = ` | replaceAll "'" "'\\\\''"`;

function expression({ secret, key }: KvValue, data: string, filter = ''): string {
  return `{{ with secret "${secret.dataPath}" }}{{ index ${data} "${key}"${filter} }}{{ end }}`;
}

/** A brace at the end counts too: the next part may begin with another. */
function literal(text: string): string {
  return text.replace(/\{\{|\{$/g, '{{ "$&" }}');
}

import type { IConstruct } from 'constructs';
import { violationOfVariableName } from '../policies/names';
import { requireName, ValidationError } from './validation-error';

/** Variables that decide which Vault is used and as whom: derived from objects, never typed. */
const DERIVED_VARIABLES =
  /^(VAULT|BAO)_(ADDR|AGENT_ADDR|TOKEN|TOKEN_FILE|CACERT|PROXY_ADDR|HTTP_PROXY|CLIENT_CERT|CLIENT_KEY|TLS_SERVER_NAME|CACERT_BYTES|CAPATH|SKIP_VERIFY|NAMESPACE)$/;

/** Refuses variables by which a container could be sent to another Vault than it was given. */
export function refuseDerivedVariables(scope: IConstruct, names: readonly string[]): void {
  for (const name of names) {
    if (DERIVED_VARIABLES.test(name)) {
      throw new ValidationError(
        scope,
        `'environment' must not set variables that are derived from the Vault that the container was given, got '${name}'; leave it out`,
      );
    }
  }
}

export interface EnvironmentContractProps {
  /** The variable that carries the KV mount, where the applications want to be told. */
  readonly mount?: string;
  /** The variable that carries the version of the KV engine, always `2`. */
  readonly kvVersion?: string;
}

/** What the containers are told; every value is taken from the objects that a service was given. */
export interface ContractValues {
  readonly address: string;
  readonly mount: string;
  /** Path of the certificate of the server's authority, where clients need it. */
  readonly authority: string | undefined;
}

/** How a container comes to its token. */
export type DeliveredToken =
  /** The token itself. */
  | { readonly token: string }
  /** A file, and the folder that it is in. */
  | { readonly file: string; readonly folder: string };

/**
 * The names of the variables by which a platform's applications find Vault. Names differ from platform to
 * platform and their values never do, so the contract is declared once and the values are derived.
 */
export class EnvironmentContract {
  /**
   * The application leaves it to Vault's own tools and client libraries to find the token. On a development server
   * that is `VAULT_TOKEN`. Elsewhere it is the file `.vault-token` in the home of the container, which is then the
   * folder in memory that its agent writes: nothing secret is in the container's definition.
   */
  public static tokenInVariable(props: EnvironmentContractProps = {}): EnvironmentContract {
    return new EnvironmentContract({ kind: 'variable', name: 'VAULT_TOKEN' }, props);
  }

  /**
   * The path of a file with the token is in `VAULT_TOKEN_FILE`. Vault's own tools do not know this
   * variable: it works only for applications that read it themselves.
   */
  public static tokenInFile(props: EnvironmentContractProps = {}): EnvironmentContract {
    return new EnvironmentContract({ kind: 'file', name: 'VAULT_TOKEN_FILE' }, props);
  }

  private constructor(
    public readonly token: { readonly kind: 'variable' | 'file'; readonly name: string },
    private readonly props: EnvironmentContractProps,
  ) {}

  /** Refuses names that are no environment variables, or carry something else. */
  public validate(scope: IConstruct): void {
    const { mount, kvVersion } = this.props;
    const refuse = (property: string, name: string | undefined, taken?: string) => {
      if (name === undefined) return;
      requireName(scope, property, name, violationOfVariableName);
      if (name === taken || DERIVED_VARIABLES.test(name)) {
        throw new ValidationError(
          scope,
          `'${property}' must be a variable of its own, got '${name}', which carries something else; choose another name`,
        );
      }
    };
    refuse('contract.mount', mount);
    refuse('contract.kvVersion', kvVersion, mount);
  }

  /**
   * The variables of one container.
   */
  public variables(values: ContractValues, delivered: DeliveredToken): Record<string, string> {
    return {
      VAULT_ADDR: values.address,
      ...(values.authority ? { VAULT_CACERT: values.authority } : {}),
      ...this.tokenVariables(delivered),
      ...(this.props.mount ? { [this.props.mount]: values.mount } : {}),
      ...(this.props.kvVersion ? { [this.props.kvVersion]: '2' } : {}),
    };
  }

  private tokenVariables(delivered: DeliveredToken): Record<string, string> {
    if ('token' in delivered) return { VAULT_TOKEN: delivered.token };
    return this.token.kind === 'file' ? { [this.token.name]: delivered.file } : { HOME: delivered.folder };
  }
}

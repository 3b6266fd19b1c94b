import { capabilityNames } from '../policies/capability';
import type { AccessMatrix, EnvironmentMatrix, MatrixIdentity, MatrixRow } from './matrix';

/** What the JSON report holds. Fields may be added; `version` changes where the meaning of one does, or one goes. */
export interface MatrixDocument {
  readonly version: 1;
  readonly environments: readonly EnvironmentDocument[];
}

export interface EnvironmentDocument {
  /** Such as `bizosaas-production`. */
  readonly name: string;
  /** What the server is, such as `HashiCorp Vault`: servers differ in how they decide. */
  readonly server: string;
  readonly identities: readonly IdentityDocument[];
  /** Declared secrets, those that nobody reaches among them. */
  readonly secrets: readonly PathDocument[];
  /** All other paths that policies name. */
  readonly paths: readonly PathDocument[];
  /** What cannot be told before an apply, a sentence each. Where there is any, the rest is not the whole truth. */
  readonly unknown: readonly string[];
}

export interface IdentityDocument
  extends Pick<MatrixIdentity, 'name' | 'fullName' | 'kind' | 'policies' | 'address'> {
  /** What it is called in the rest of the document: its full name, after its kind where two have the same. */
  readonly id: string;
}

export interface PathDocument {
  /** Of a secret with its engine, such as `bizosaas/platform/database`; else as policies name it, wildcards included. */
  readonly name: string;
  /** Where it was decided, such as `bizosaas/data/platform/database`; made up where the name has wildcards. */
  readonly apiPath: string;
  /** The declared secret that this is another path of, by its name. */
  readonly secret?: string;
  /** Whether no policy names it but `default`. */
  readonly default: boolean;
  /** Whoever is in none of them may do nothing here. */
  readonly access: readonly AccessDocument[];
}

export interface AccessDocument {
  /** In Vault's words; empty where a rule on this very path denies. */
  readonly capabilities: readonly string[];
  /** What a request must look like besides, for people to read; empty where any will do. */
  readonly conditions: string;
  /** By their `id`. */
  readonly identities: readonly string[];
}

/** For machines: everything, as {@link MatrixDocument}. */
export function matrixJson(matrix: AccessMatrix): string {
  return `${JSON.stringify(matrixDocument(matrix), null, 2)}\n`;
}

function matrixDocument({ environments }: AccessMatrix): MatrixDocument {
  return { version: 1, environments: environments.map(environmentDocument) };
}

function environmentDocument({
  name,
  server,
  identities,
  rows,
  unknown,
}: EnvironmentMatrix): EnvironmentDocument {
  const ids = idsOf(identities);
  const paths = (isSecret: boolean) =>
    rows.filter(({ kind }) => (kind === 'secret') === isSecret).map((row) => pathDocument(row, ids));
  return {
    name,
    server,
    identities: identities.map(({ name, fullName, kind, policies, address }, i) => ({
      id: ids[i] as string,
      name,
      fullName,
      kind,
      policies,
      address,
    })),
    secrets: paths(true),
    paths: paths(false),
    unknown,
  };
}

function idsOf(identities: readonly MatrixIdentity[]): readonly string[] {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { fullName } of identities) (seen.has(fullName) ? shared : seen).add(fullName);
  return identities.map(({ fullName, kind }) => (shared.has(fullName) ? `${kind}:${fullName}` : fullName));
}

function pathDocument(
  { name, apiPath, secret, isDefault, grants }: MatrixRow,
  ids: readonly string[],
): PathDocument {
  return {
    name,
    apiPath,
    ...(secret !== undefined && { secret }),
    default: isDefault,
    access: grants.map(({ capabilities, conditions, identities }) => ({
      capabilities: capabilityNames(capabilities),
      conditions,
      identities: identities.map((i) => ids[i] as string),
    })),
  };
}

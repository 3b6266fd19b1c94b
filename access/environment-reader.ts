import type { DialectName } from '../policies/dialect';
import type { Policy } from '../policies/policy';
import type { BlockInstance } from '../policies/terraform-blocks';
import { serverPolicies } from './built-in-policies';
import { declaredPolicies, type PolicyReader } from './declared-policies';
import { declaredSecrets, kvMounts } from './declared-secrets';
import { endpointLogins } from './endpoint-logins';
import type { EnvironmentAccess } from './environment-access';
import { IdentityComposer } from './identities';
import { named } from './identity-names';
import { IdentityStore } from './identity-store';
import type { LinkedStack } from './linked-stacks';
import { roleLogins } from './logins';
import { sentencesOf } from './notes';
import { serverDialect } from './server-dialect';
import { type Server, serversOf } from './servers';
import { tokenLogins } from './token-logins';
import { directoryLogins } from './user-logins';

/** An environment with what it was read from, for whoever must say where something is declared. */
export interface ReadEnvironment {
  readonly access: EnvironmentAccess;
  /** Resources of Terraform's Vault provider, those of this server alone. */
  readonly blocks: readonly BlockInstance[];
  /** All stacks that are connected, in the order of the synth. */
  readonly stacks: readonly LinkedStack[];
}

export interface ReadOptions {
  /** Where the stacks do not tell which server it is. @default vault */
  readonly dialect?: DialectName;
}

/**
 * What connected stacks give to each server or namespace that they know. Problems of policies' texts are left to the
 * reader, so that all of them can be said at once.
 */
export function environmentsOf(
  name: string,
  stacks: readonly LinkedStack[],
  reader: PolicyReader,
  { dialect: otherwise }: ReadOptions,
): readonly ReadEnvironment[] {
  const files = new Map(stacks.map(({ values, file }) => [values, file]));
  const dialect = serverDialect(stacks, otherwise);
  const read = (server: Server): ReadEnvironment => ({
    access: environmentOf(
      [name, server.suffix].filter(Boolean).join('@'),
      server,
      dialect,
      reader,
      (block) => files.get(block.values) ?? name,
    ),
    blocks: server.declarations.all(...server.declarations.types),
    stacks,
  });
  return serversOf(stacks).map(read);
}

function environmentOf(
  name: string,
  { declarations }: Server,
  dialect: EnvironmentAccess['dialect'],
  reader: PolicyReader,
  fileOf: (block: BlockInstance) => string,
): EnvironmentAccess {
  const { notes } = declarations;
  const declared = declaredPolicies(declarations, dialect, reader, fileOf);
  const policies = new Map<string, Policy>(serverPolicies(dialect).map((policy) => [policy.name, policy]));
  const builtIn = policies.get('default');
  for (const [key, policy] of declared.byName) {
    if (policy) policies.set(key, policy);
    // What the stacks write in place of the server's own is not that.
    else policies.delete(key);
  }
  const mounts = kvMounts(declarations);
  const logins = [
    ...roleLogins(declarations),
    ...directoryLogins(declarations),
    ...endpointLogins(declarations),
    ...tokenLogins(declarations, [...declared.byName.keys()]),
  ];
  const store = new IdentityStore(declarations);
  const parts = { logins, store, declared, policies, builtIn, dialect, notes };
  const identities = new IdentityComposer(parts).identities();
  return {
    name,
    dialect,
    identities: named(identities, name),
    secrets: declaredSecrets(declarations, mounts),
    kvMounts: mounts,
    policies,
    unknown: sentencesOf(notes.all),
    notes: notes.all,
  };
}

import type { AccessList } from '../policies/access-list';
import type { Dialect } from '../policies/dialect';
import type { Policy } from '../policies/policy';

/** Who can reach what on one Vault server, as the stacks of one environment declare it. */
export interface EnvironmentAccess {
  /** `<platform>-<environment>`, or the name of the stack that declares it all. */
  readonly name: string;
  readonly dialect: Dialect;
  /** In the order of their names. */
  readonly identities: readonly Identity[];
  /** KV secrets that the stacks declare, in the order of their paths. */
  readonly secrets: readonly DeclaredSecret[];
  /** Of KV engines, longest path first. */
  readonly kvMounts: readonly KvMount[];
  /** Policies by name, those that every server brings among them. */
  readonly policies: ReadonlyMap<string, Policy>;
  /** What cannot be told before an apply, a sentence each: then the answer is not the whole truth. */
  readonly unknown: readonly string[];
  /** The same, with whom it may give access: proofs rest on this, never on the words. */
  readonly notes: readonly Note[];
}

/** Something that cannot be told before an apply. */
export interface Note {
  /** In one line, for a person. */
  readonly sentence: string;
  /** Who may have more access than is known. In doubt it is `everybody`. */
  readonly mayGrantTo: Grantees;
}

/**
 * - `nobody`: it gives nothing
 * - `others`: only to somebody who is no identity here, such as a role that is left out
 * - `everybody`: any identity of the environment
 * - those that have a policy, those that are declared at an address of Terraform's, or those of a kind
 */
export type Grantees =
  | 'nobody'
  | 'others'
  | 'everybody'
  | { readonly policy: string }
  | { readonly address: string }
  | { readonly kind: IdentityKind };

/** Whoever gets a token, with all policies that the token has in the end. */
export interface Identity {
  /** As its platform calls it, such as `django-crm`: without the platform's name in front. */
  readonly name: string;
  /** As Vault calls it, such as `bizosaas-django-crm`. */
  readonly fullName: string;
  readonly kind: IdentityKind;
  /** Names, in the order in which Vault puts them together; `default` among them unless the token goes without. */
  readonly policies: readonly string[];
  /** What all these come to. */
  readonly accessList: AccessList;
  /** Terraform's address of what declares it. */
  readonly address: string;
}

/**
 * - `role`: of an auth method; whoever logs in with it
 * - `token`: issued by a stack
 * - `user`, `group`: of an auth method, such as userpass, LDAP or GitHub
 * - `entity`: of Vault's identity store, where no role is known to belong to it
 * - `policy`: a policy that no identity of the stacks has: any token that gets it
 */
export type IdentityKind = 'role' | 'token' | 'user' | 'group' | 'entity' | 'policy';

export interface KvMount {
  readonly path: string;
  readonly version: 1 | 2;
}

export interface DeclaredSecret {
  readonly mount: KvMount;
  /** Below the mount, as a person names it: without `data/`. */
  readonly path: string;
  /** Where its values are read, such as `bizosaas/data/platform/database`. */
  readonly apiPath: string;
}

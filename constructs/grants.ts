import { KV_VERBS, type KvVerb } from '../policies/kv-access';
import type { Rule } from '../policies/policy-document';
import type { KvGrantable } from './kv-tree';
import type { ServiceIdentity } from './service-identity';

/** What somebody may do in Vault: secrets and trees, by verb. */
export interface Grants {
  /** The values. */
  readonly reads?: readonly KvGrantable[];
  /** Create secrets and add versions. */
  readonly writes?: readonly KvGrantable[];
  /** Add versions to secrets that exist. */
  readonly rotates?: readonly KvGrantable[];
  /** The names. */
  readonly lists?: readonly KvGrantable[];
  /** Versions and times, without the values. */
  readonly inspects?: readonly KvGrantable[];
  /** Hide versions and bring them back. */
  readonly deletes?: readonly KvGrantable[];
  /** Remove versions, or whole secrets, for good. */
  readonly destroys?: readonly KvGrantable[];
  /** All of the above. */
  readonly manages?: readonly KvGrantable[];
  /** Rules outside of KV, such as `metricsRules()`. */
  readonly allows?: readonly Rule[];
}

const VERB_OF: Readonly<Record<Exclude<keyof Grants, 'manages' | 'allows'>, KvVerb>> = {
  reads: 'read',
  writes: 'write',
  rotates: 'rotate',
  lists: 'list',
  inspects: 'inspect',
  deletes: 'delete',
  destroys: 'destroy',
};

/** Gives an identity everything that is listed. */
export function applyGrants(identity: ServiceIdentity, grants: Grants): void {
  for (const [field, verb] of Object.entries(VERB_OF)) {
    for (const target of grants[field as keyof typeof VERB_OF] ?? []) identity.grant(verb, target);
  }
  for (const target of grants.manages ?? []) {
    for (const verb of KV_VERBS) identity.grant(verb, target);
  }
  identity.allow(grants.allows ?? []);
}

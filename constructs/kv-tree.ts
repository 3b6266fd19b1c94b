import type { IConstruct } from 'constructs';
import { type KvVerb, kvRules } from '../policies/kv-access';
import { violationOfTreePath } from '../policies/names';
import type { Rule } from '../policies/policy-document';
import type { KvMount } from './kv-mount';
import { requireName } from './validation-error';

/** Something in a KV mount that can be granted: one secret, or all below a prefix. */
export interface KvGrantable {
  readonly mount: KvMount;
  /** The rules that a verb needs. */
  rules(verb: KvVerb, grantee: string): readonly Rule[];
}

/** All secrets below a prefix of a mount. Made by {@link KvMount.tree}. */
export class KvTree implements KvGrantable {
  /** The pattern below the mount, with its final `*`. */
  public readonly pattern: string;

  public constructor(
    scope: IConstruct,
    public readonly mount: KvMount,
    prefix: string | undefined,
    private readonly description: string | undefined,
  ) {
    if (prefix !== undefined) requireName(scope, 'prefix', prefix, violationOfTreePath);
    this.pattern = prefix === undefined ? '*' : `${prefix}/*`;
  }

  public rules(verb: KvVerb, grantee: string): readonly Rule[] {
    return kvRules(
      this.mount.path,
      this.pattern,
      verb,
      grantReason(grantee, verb, this.pattern, this.description),
    );
  }
}

/** The comment above a granted rule. */
export function grantReason(
  grantee: string,
  verb: KvVerb,
  path: string,
  description: string | undefined,
): string {
  return `${grantee} may ${verb} ${path}${description ? `: ${description}` : ''}`;
}

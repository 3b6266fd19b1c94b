import type { Rule } from '../rule';
import { unreachableRule } from './vlt001-unreachable-rule';
import { shadowedDeny } from './vlt002-shadowed-deny';
import { crossPolicyNarrowing } from './vlt003-cross-policy-narrowing';
import { literalWildcard } from './vlt004-literal-wildcard';
import { kv2PathWithoutPart } from './vlt005-kv2-path-without-part';
import { kv2Capability } from './vlt006-kv2-capability';
import { kv2Parameters } from './vlt007-kv2-parameters';
import { listingDialect } from './vlt008-listing-dialect';
import { prefixLeak } from './vlt009-prefix-leak';
import { escalation } from './vlt010-escalation';

/** All rules, in the order of their ids. */
export const RULES: readonly Rule[] = [
  unreachableRule,
  shadowedDeny,
  crossPolicyNarrowing,
  literalWildcard,
  kv2PathWithoutPart,
  kv2Capability,
  kv2Parameters,
  listingDialect,
  prefixLeak,
  escalation,
];

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
import { sudo } from './vlt011-sudo';
import { createWithoutUpdate } from './vlt012-create-without-update';
import { reachIntoAnotherService } from './vlt013-reach-into-another-service';
import { unwrappedSecretId } from './vlt014-unwrapped-secret-id';
import { slashInTemplate } from './vlt015-slash-in-template';
import { undeclaredMount } from './vlt016-undeclared-mount';
import { destruction } from './vlt018-destruction';
import { expiredRule } from './vlt019-expired-rule';

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
  sudo,
  createWithoutUpdate,
  reachIntoAnotherService,
  unwrappedSecretId,
  slashInTemplate,
  undeclaredMount,
  destruction,
  expiredRule,
];

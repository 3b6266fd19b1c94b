import type { CapabilitySet } from './capability';
import type { Conditions } from './conditions';
import type { PathPattern } from './path-pattern';

/** A policy as it was read: what it says, block by block, and where. */
export interface Policy {
  readonly name: string;
  readonly rules: readonly PolicyRule[];
}

/** One `path` block. */
export interface PolicyRule {
  readonly pattern: PathPattern;
  /** None where the block denies: then nothing else in it counts. */
  readonly capabilities: CapabilitySet;
  /** `deny` is stronger than an empty list: no other block on the same path can add to it. */
  readonly denies: boolean;
  readonly conditions: Conditions;
  /** From when on the server passes the block by, in milliseconds since 1970. OpenBao's. */
  readonly expiration?: number;
  readonly origin: RuleOrigin;
}

/** Where a block is written. */
export interface RuleOrigin {
  /** The policy's name. */
  readonly policy: string;
  /** The file, where it was read from one. */
  readonly file?: string;
  /** In the file or in the policy's text, from 1. */
  readonly line: number;
  /** The comment above the block, or its `comment`: one line or several, none of them empty. */
  readonly comment?: string;
}

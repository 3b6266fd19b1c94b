import { type AnyCapability, CAPABILITIES } from './capability';

/** Where the servers that speak Vault's API differ in what a policy may say and how it decides. */
export interface Dialect {
  readonly name: DialectName;
  readonly title: string;
  /** What a rule may allow, besides `deny`. Any other word is an error. */
  readonly capabilities: readonly AnyCapability[];
  /** What else may stand in a `path` block. Any other word is an error. */
  readonly attributes: readonly string[];
  /**
   * Which of two paths a listing of `apps/` is first looked up by, where no rule names it exactly: `apps/`, or `apps`.
   * The rule that is found first decides, so a deny of `apps/*` holds in one dialect and is passed by in the other.
   */
  readonly listsWithSlashFirst: boolean;
  /** Whether `scan` is looked up by the path without its slash as well, as `list` is, where no rule names it exactly. */
  readonly scansWithoutSlash: boolean;
  /**
   * Whether the values of a list parameter, and of a text with commas, are compared one by one too: allowed must be all,
   * denied is one enough. Else only the whole is compared.
   */
  readonly comparesListElements: boolean;
  /** Whether a `limit` below 0 is too high where a rule limits listings. It means no limit where it is let through. */
  readonly refusesNegativeLimits: boolean;
}

export const DIALECT_NAMES = ['vault', 'openbao', 'openbao-2.5'] as const;
export type DialectName = (typeof DIALECT_NAMES)[number];

const COMMON_ATTRIBUTES: readonly string[] = [
  'comment',
  'policy',
  'capabilities',
  'allowed_parameters',
  'denied_parameters',
  'required_parameters',
  'min_wrapping_ttl',
  'max_wrapping_ttl',
  'mfa_methods',
  'control_group',
];

/**
 * As 1.21 to 2.0.2 decide. Known to differ, by Vault's release notes and changes: up to about 1.15.1 a listing without an
 * exact rule is looked up with its slash alone, and up to 1.20 a list is compared as a whole; from 2.0.3 on a deny that
 * outranks the best rule with `list` refuses a listing, whichever of the two paths it matches; from 2.2.2 on a deny matches
 * paths in other case too.
 */
const VAULT: Dialect = {
  name: 'vault',
  title: 'HashiCorp Vault',
  capabilities: [...CAPABILITIES, 'subscribe', 'recover'],
  attributes: [...COMMON_ATTRIBUTES, 'subscribe_event_types'],
  listsWithSlashFirst: false,
  scansWithoutSlash: false,
  comparesListElements: true,
  refusesNegativeLimits: false,
};

const OPENBAO: Dialect = {
  name: 'openbao',
  title: 'OpenBao from 2.6',
  capabilities: [...CAPABILITIES, 'scan'],
  attributes: [
    ...COMMON_ATTRIBUTES.filter((one) => one !== 'control_group'),
    'expiration',
    'pagination_limit',
    'list_scan_response_keys_filter_path',
  ],
  listsWithSlashFirst: true,
  scansWithoutSlash: true,
  comparesListElements: false,
  refusesNegativeLimits: true,
};

/** By name. */
export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  vault: VAULT,
  openbao: OPENBAO,
  'openbao-2.5': {
    ...OPENBAO,
    name: 'openbao-2.5',
    title: 'OpenBao up to 2.5',
    listsWithSlashFirst: false,
    scansWithoutSlash: false,
    refusesNegativeLimits: false,
  },
};

/**
 * Rules for the names that Vault and Docker would refuse, or silently change.
 *
 * Each function looks at one name and returns what is wrong with it, or `undefined`. They are pure, so the
 * same rule is used by constructs, tests and later by reviews.
 */
export interface Violation {
  /** What the name must be, as a phrase that follows the quoted property: "must not end with '/'". */
  readonly rule: string;
  /** What to write instead. */
  readonly remedy: string;
}

/** Policies that Vault brings itself and that must never be written (`default-ceiling` since Vault 2.0). */
export const BUILT_IN_POLICIES: readonly string[] = [
  'root',
  'default',
  'default-ceiling',
  'response-wrapping',
  'control-group',
];

/** The policy of those who deploy: what the stacks need, and no secret's value. */
export const OPERATOR_POLICY = 'operator';

/** Mounts that Vault brings itself: nothing may be mounted there. */
const RESERVED_MOUNTS: readonly string[] = ['sys', 'auth', 'audit', 'identity', 'cubbyhole'];

/** Segments that belong to the KV v2 API, not to the path of a secret. */
export const KV_API_SEGMENTS: readonly string[] = [
  'data',
  'metadata',
  'delete',
  'undelete',
  'destroy',
  'subkeys',
];

const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

type NameRule = (name: string) => Violation | undefined;

/** Proposes the name put right, or an example where that would be refused too. */
function writeAs(name: string, candidate: string, rule: NameRule, example: string): string {
  return `write it as '${candidate !== name && !rule(candidate) ? candidate : example}'`;
}

function violationOfPath(path: string, example: string, whole: NameRule): Violation | undefined {
  const tidy = path
    .split('/')
    .filter((segment) => segment !== '')
    .join('/');
  if (path === '') {
    return { rule: 'must not be empty', remedy: `write it as '${example}'` };
  }
  if (path.startsWith('/') || path.endsWith('/')) {
    return {
      rule: "must not start or end with '/', which Vault strips",
      remedy: writeAs(path, tidy, whole, example),
    };
  }
  if (path.includes('//')) {
    return {
      rule: "must not contain '//', an empty segment",
      remedy: writeAs(path, tidy, whole, example),
    };
  }
  if (path.includes('..')) {
    return { rule: "must not contain '..', a relative path", remedy: `write it as '${example}'` };
  }
  return undefined;
}

function violationOfSegments(segments: readonly string[], example: string): Violation | undefined {
  for (const segment of segments) {
    if (!SEGMENT.test(segment)) {
      return {
        rule: `must consist of segments of letters, digits, '_', '-' and '.' that start with a letter, digit or '_' (found '${segment}')`,
        remedy: `write it as '${example}'`,
      };
    }
  }
  return undefined;
}

/** The path at which a secrets engine is mounted, such as `bizosaas` or `teams/payments`. */
export function violationOfMountPath(path: string): Violation | undefined {
  const wrong =
    violationOfPath(path, 'apps', violationOfMountPath) ?? violationOfSegments(path.split('/'), 'apps');
  if (wrong) return wrong;
  const first = path.split('/')[0] as string;
  if (RESERVED_MOUNTS.includes(first)) {
    return { rule: `must not be '${first}', which Vault keeps for itself`, remedy: 'choose another name' };
  }
  return undefined;
}

/** The path of one secret below its mount, as the CLI takes it: without `data/`. */
export function violationOfSecretPath(path: string): Violation | undefined {
  return violationOfKvPath(path, 'platform/database', false, violationOfSecretPath);
}

/** A pattern below a mount: segments may be `+`. The trailing `/*` is added by the rule, never typed. */
export function violationOfTreePath(path: string): Violation | undefined {
  return violationOfKvPath(path, 'tenants/+/api-keys', true, violationOfTreePath);
}

function violationOfKvPath(
  path: string,
  example: string,
  wildcards: boolean,
  whole: NameRule,
): Violation | undefined {
  const wrong = violationOfPath(path, example, whole);
  if (wrong) return wrong;
  const segments = path.split('/');
  const first = segments[0] as string;
  if (KV_API_SEGMENTS.includes(first)) {
    return {
      rule: `must not start with '${first}/', which belongs to the KV v2 API and is added where it is needed`,
      remedy: writeAs(path, segments.slice(1).join('/'), whole, example),
    };
  }
  if (wildcards && path.includes('*')) {
    return {
      rule: "must not contain '*', which is added at the end by itself",
      remedy: `${writeAs(path, path.replace(/\/?\*+.*$/s, ''), whole, example)}; use '+' for one segment`,
    };
  }
  return violationOfSegments(wildcards ? segments.filter((segment) => segment !== '+') : segments, example);
}

/** The name of a key inside a secret. */
export function violationOfSecretKey(key: string): Violation | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(key)) {
    return {
      rule: "must consist of letters, digits, '_', '-' and '.' and start with a letter or '_'",
      remedy: "write it as 'api_key'",
    };
  }
  return undefined;
}

/** Vault lower-cases policy names, so a name that it would change is refused here. */
export function violationOfPolicyName(name: string): Violation | undefined {
  if (name === '') {
    return { rule: 'must not be empty', remedy: "write it as 'payments'" };
  }
  if (BUILT_IN_POLICIES.includes(name.toLowerCase())) {
    return {
      rule: `must not be one of the built-in policies ${BUILT_IN_POLICIES.join(', ')}`,
      remedy: 'choose another name',
    };
  }
  if (name !== name.toLowerCase()) {
    return {
      rule: 'must be lower case, since Vault lower-cases it',
      remedy: writeAs(name, name.toLowerCase(), violationOfPolicyName, 'payments'),
    };
  }
  if (name.includes('..')) {
    return { rule: "must not contain '..', a relative path", remedy: "write it as 'payments'" };
  }
  if (!/^[a-z0-9][a-z0-9_.-]*$/.test(name)) {
    return {
      rule: "must consist of a-z, 0-9, '_', '-' and '.' and start with a letter or digit",
      remedy: writeAs(
        name,
        name.replace(/[^a-z0-9_.-]+/g, '-').replace(/^[^a-z0-9]+/, ''),
        violationOfPolicyName,
        'payments',
      ),
    };
  }
  return undefined;
}

/**
 * A container's name, which is also its DNS name on the network: Docker's own pattern
 * (`[a-zA-Z0-9][a-zA-Z0-9_.-]+`), narrowed to what a URL can hold, 63 characters at most.
 */
export function violationOfContainerName(name: string): Violation | undefined {
  if (name === 'localhost') {
    return { rule: 'must not be what every container calls itself', remedy: "write it as 'billing-service'" };
  }
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name) || name.length < 2 || name.length > 63) {
    return {
      rule: "must be a DNS label of 2 to 63 characters: a-z, 0-9 and '-', not at either end",
      remedy: writeAs(
        name,
        name
          .toLowerCase()
          .replace(/[^a-z0-9-]+/g, '-')
          .replace(/^-+/, '')
          .slice(0, 63)
          .replace(/-+$/, ''),
        violationOfContainerName,
        'billing-service',
      ),
    };
  }
  return undefined;
}

/** The name of a network or a volume: Docker's own pattern. A volume is also a folder, hence the length. */
export function violationOfDockerName(name: string): Violation | undefined {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name) || name.length > 255) {
    return {
      rule: "must match Docker's [a-zA-Z0-9][a-zA-Z0-9_.-]+ and have 255 characters at most",
      remedy: "write it as 'apps-network'",
    };
  }
  return undefined;
}

/** The name of a file: one segment, without anything that a shell would read. */
export function violationOfFileName(name: string): Violation | undefined {
  if (!SEGMENT.test(name)) {
    return {
      rule: "must consist of letters, digits, '_', '-' and '.' and start with a letter, digit or '_'",
      remedy: "write it as 'password'",
    };
  }
  return undefined;
}

/** The name of a network of our own: Docker keeps some for itself. */
export function violationOfNetworkName(name: string): Violation | undefined {
  if (['bridge', 'host', 'none', 'default', 'ingress'].includes(name)) {
    return { rule: 'must not be a network that Docker brings itself', remedy: "write it as 'apps-network'" };
  }
  return violationOfDockerName(name);
}

/** The name of an environment variable that every shell can read. */
export function violationOfVariableName(name: string): Violation | undefined {
  if (!/^[A-Z_][A-Z0-9_]*$/.test(name)) {
    return {
      rule: "must consist of A-Z, 0-9 and '_' and not start with a digit",
      remedy: writeAs(
        name,
        name
          .toUpperCase()
          .replace(/[^A-Z0-9_]+/g, '_')
          .replace(/^(\d)/, '_$1'),
        violationOfVariableName,
        'LOG_LEVEL',
      ),
    };
  }
  return undefined;
}

/** The name of a platform, a service or another thing that becomes part of stack and policy names. */
export function violationOfLabel(name: string): Violation | undefined {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40) {
    return {
      rule: 'must be kebab-case, start with a letter and have 40 characters at most',
      remedy: writeAs(
        name,
        name
          .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^[^a-z]+/, '')
          .slice(0, 40)
          .replace(/-$/, ''),
        violationOfLabel,
        'billing-service',
      ),
    };
  }
  return undefined;
}

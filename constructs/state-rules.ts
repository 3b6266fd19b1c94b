import type { IConstruct } from 'constructs';
import { refuseCredential } from './literal-secrets';
import { ValidationError } from './validation-error';

const IN_ENVIRONMENT =
  'leave credentials to the environment: PG_CONN_STR, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or TF_HTTP_USERNAME and TF_HTTP_PASSWORD';

interface Shape {
  readonly pattern: RegExp;
  readonly rule: string;
  readonly example: string;
  /** Whether somebody may have put a key there, which must not be repeated. */
  readonly mayBeSecret?: true;
}

export const SHAPES = {
  schemaPrefix: {
    pattern: /^(?!pg_)[a-z][a-z0-9_-]*$/,
    rule: "be lower-case letters, digits, '_' and '-', and not begin with 'pg_', which PostgreSQL keeps for itself",
    example: 'platforms-',
  },
  bucket: {
    pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    rule: 'be 3 to 63 lower-case letters, digits, dots and hyphens',
    example: 'acme-terraform-states',
  },
  region: {
    pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/,
    rule: 'be the name of a region',
    example: 'eu-central-1',
  },
  keyPrefix: {
    pattern: /^[\w.-]+(\/[\w.-]+)*$/,
    rule: "be a folder, without '/' at its ends",
    example: 'platforms/eu',
  },
  kmsKey: {
    pattern: /^(arn:aws[\w-]*:kms:[\w:/-]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/,
    rule: 'name a key of AWS KMS',
    example: 'arn:aws:kms:eu-central-1:123456789012:key/…',
    mayBeSecret: true,
  },
  lockPath: {
    pattern: /^(\/[\w.-]+)+$/,
    rule: "begin with '/' and not end with it",
    example: '/lock',
  },
} as const satisfies Record<string, Shape>;

/** Refuses a part of a state's place that has not its shape. */
export function requireShape(scope: IConstruct, property: keyof typeof SHAPES, got: string): void {
  const { pattern, rule, example, mayBeSecret }: Shape = SHAPES[property];
  refuseCredential(scope, 'state', property, got, IN_ENVIRONMENT);
  if (pattern.test(got)) return;
  const what = mayBeSecret ? `a string of ${got.length} characters` : `'${got}'`;
  throw new ValidationError(
    scope,
    `'${property}' of the state must ${rule}, got ${what}; write it as '${example}'`,
  );
}

/** Refuses an address that everybody must not read, or to which the state would go in clear. */
export function requireAddress(
  scope: IConstruct,
  property: 'address' | 'endpoint',
  got: string,
  example: string,
): void {
  const refuse = (rule: string, what: string, remedy = `write it as '${example}'`) => {
    throw new ValidationError(scope, `'${property}' of the state must ${rule}, got ${what}; ${remedy}`);
  };
  refuseCredential(scope, 'state', property, got, IN_ENVIRONMENT);
  if (got.includes('@')) refuse('hold no credentials', 'a user in it', IN_ENVIRONMENT);
  // Terraform takes '${' and '%{' for expressions, which a backend cannot have.
  if (!URL.canParse(got) || /[\s{}]/.test(got)) refuse('be a URL', 'something else');
  const { protocol, hostname, search, hash } = new URL(got);
  // A token in a query would stand in every synthesized stack.
  if (search || hash) refuse('be without query and fragment', 'one with it');
  if (got.endsWith('/')) refuse("not end with '/'", `'${got}'`);
  const staysHere = protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  if (protocol !== 'https:' && !staysHere) {
    refuse('be of https, except on this machine', `'${got}'`);
  }
}

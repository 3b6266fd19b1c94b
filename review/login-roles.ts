import { durationSeconds } from '../policies/go-time';
import { Unknown, type Value } from '../policies/terraform-value';
import type { ReviewedBlock, ReviewedEnvironment } from './reviewed-environment';
import { serversOf } from './vault-servers';

/** What Vault takes where nobody says how long: 32 days. */
const DEFAULT_TTL_SECONDS = 768 * 3600;

/** Who logs in, as an auth method's role. */
export interface LoginRole {
  readonly declared: ReviewedBlock;
  /** How long a token lives that nobody renews. @default nobody knows before an apply */
  readonly tokenSeconds?: number;
}

export function loginRolesOf(environment: ReviewedEnvironment): readonly LoginRole[] {
  const roles = environment.blocks.filter(
    ({ block: { kind, type } }) => kind === 'resource' && /^vault_\w+_auth_backend_role$/.test(type),
  );
  return roles.map((declared) => ({ declared, tokenSeconds: tokenSeconds(declared, environment) }));
}

function tokenSeconds(declared: ReviewedBlock, environment: ReviewedEnvironment): number | undefined {
  const own = ['token_period', 'token_ttl'].map((name) => secondsOf(declared, name));
  if (own.includes(undefined)) return undefined;
  const seconds = own.find((one) => one !== 0) ?? defaultSeconds(declared, environment);
  const limits = ['token_explicit_max_ttl', 'token_max_ttl'].map(
    (name) => secondsOf(declared, name) || seconds,
  );
  return seconds === undefined ? undefined : Math.min(seconds, ...(limits as number[]));
}

/** Of the role's auth method, else of the server. */
function defaultSeconds({ block }: ReviewedBlock, environment: ReviewedEnvironment): number | undefined {
  const backend = block.values.attribute(block, 'backend');
  const method = environment.blocks.find(
    ({ block: other }) =>
      /^vault_(\w+_)?auth_backend$/.test(other.type) && other.values.attribute(other, 'path') === backend,
  );
  const tune = method && [method.block.values.evaluate(method.block.attributes.tune ?? null)].flat()[0];
  const tuned = seconds((tune as { default_lease_ttl?: Value } | null | undefined)?.default_lease_ttl ?? 0);
  if (tuned !== 0) return tuned;
  const { configuration } = serversOf(environment)[0] ?? {};
  return seconds(configuration?.text('default_lease_ttl') ?? 0) || DEFAULT_TTL_SECONDS;
}

/** @returns 0 where it is not written, nothing where nobody knows it */
export function secondsOf({ block }: ReviewedBlock, attribute: string): number | undefined {
  return seconds(block.values.evaluate(block.attributes[attribute] ?? 0));
}

function seconds(value: Value): number | undefined {
  return value instanceof Unknown ? undefined : durationSeconds(String(value));
}

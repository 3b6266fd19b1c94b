import { type Flaw, observations } from '../hardening';
import { type LoginRole, loginRolesOf, secondsOf } from '../login-roles';
import type { Rule } from '../rule';

const DAY = 24 * 3600;
/** Longer than this a token that was stolen works while nobody looks. */
const LONGEST_TOKEN = DAY;
/** Longer than this a secret id must be of no use elsewhere. */
const LONGEST_SECRET_ID = 90 * DAY;

/** What ends by itself needs nobody who notices that it was stolen. */
export const longLives: Rule = {
  id: 'HRD-B23',
  level: 'warning',
  title: 'what a login gives, or takes, works for too long',
  applies: (environment) => !environment.isDevelopment && loginRolesOf(environment).length > 0,
  *check(environment) {
    for (const role of loginRolesOf(environment)) {
      yield* observations(role.declared, [...ofTokens(role), ...ofSecretIds(role)]);
    }
  },
};

function* ofTokens({ tokenSeconds }: LoginRole): Iterable<Flaw> {
  if (tokenSeconds === undefined || tokenSeconds <= LONGEST_TOKEN) return;
  yield {
    seen: `its tokens live for ${Math.floor(tokenSeconds / 3600)} hours without being renewed`,
    remedy: "set 'token_ttl' or 'token_period' to a day or less",
  };
}

function* ofSecretIds({ declared }: LoginRole): Iterable<Flaw> {
  const { type, attributes } = declared.block;
  if (type !== 'vault_approle_auth_backend_role' || String(attributes.bind_secret_id) === 'false') return;
  const seconds = secondsOf(declared, 'secret_id_ttl');
  const uses = secondsOf(declared, 'secret_id_num_uses');
  if (seconds === undefined || uses !== 0) return;
  if (seconds === 0) {
    yield { seen: 'its secret ids never expire', remedy: "set 'secret_id_ttl'" };
  } else if (seconds > LONGEST_SECRET_ID && [attributes.secret_id_bound_cidrs ?? []].flat().length === 0) {
    yield {
      seen: `its secret ids work from everywhere for ${Math.floor(seconds / DAY)} days`,
      remedy: "set 'secret_id_ttl' to 90 days or less, or 'secret_id_bound_cidrs'",
    };
  }
}

import { credentialIn } from '../../policies/secret-text';
import { MARK } from '../../policies/terraform-value';
import { type Container, containersOf } from '../container';
import { variablesOf } from '../container-identity';
import { type Flaw, observations } from '../hardening';
import { remembered } from '../remembered';
import type { ReviewedEnvironment } from '../reviewed-environment';
import { whyRoot } from '../root-tokens';
import type { Rule } from '../rule';
import { isSecretName } from '../secret-names';
import { isOpen } from '../vault-address';
import { serversOf } from '../vault-servers';
import { rootToken, VARIABLES as TOKENS } from './hrd-b08-root-token';
import { VARIABLES as SEAL_VARIABLES } from './hrd-b16-seal-credentials';

/** What Terraform takes out of something secret. */
const SECRET_SOURCE =
  /\u27e8(data\.vault_(kv|generic)_secret|ephemeral\.vault_|random_password\.|vault_token\.[^\u27e9]*client_token|vault_\w+_secret_id\.[^\u27e9]*\.secret_id)/;
/** Good for one use, and its misuse is seen. */
const WRAPPED = /\.wrapping_token\u27e9$/;
/** Switches, figures, times and files. */
const HARMLESS = /^(true|false|yes|no|on|off|none|\d{1,5}|\d+(ms|s|m|h|d)|\/.*)$/i;
const TIME = /_(EXPIR\w*|LIFETIME|TIMEOUT|AGE|MINUTES|SECONDS|HOURS|DAYS)(_[A-Z]+)?$/i;
/** Templates of agents. */
const TEMPLATE = /\{\{.*?\}\}/gs;

/** Everybody who may ask Docker about the container sees it, and it is in the state. */
export const secretInVariable: Rule = {
  id: 'WIR016',
  level: 'error',
  title: 'a secret is in an environment variable',
  applies: (environment) => !environment.isDevelopment && containersOf(environment).length > 0,
  *check(environment) {
    const servers = new Set(serversOf(environment).map(({ container }) => container));
    const tellsTokens = rootToken.applies?.(environment) ?? true;
    for (const container of containersOf(environment)) {
      const told = [...(tellsTokens ? TOKENS : []), ...(servers.has(container) ? SEAL_VARIABLES : [])];
      yield* observations(container.declared, flawsOf(container, environment, told));
    }
  },
};

function* flawsOf(
  container: Container,
  environment: ReviewedEnvironment,
  told: readonly string[],
): Iterable<Flaw> {
  for (const [name, value] of container.environment) {
    const what = judgedIn(environment, name, value);
    if (what === undefined || value === '' || (told.includes(name) && !isOpen(value))) continue;
    const reference = variablesOf(container)
      .filter((one) => one.name === name)
      .at(-1);
    const text = reference?.text ?? value;
    if (isPlace(environment, value) || WRAPPED.test(text)) continue;
    const isToken = /^(VAULT|BAO)_TOKEN$/.test(name);
    if (isToken && whyRoot(environment, text, reference?.block?.address) !== undefined) continue;
    // What it is stays untold.
    yield {
      seen: `'${name}' holds ${what}`,
      remedy: 'let an agent write it into a file in memory, and name the file, as in DB_PASSWORD_FILE',
    };
  }
}

/** Where a secret is, and not what: the path of an engine, or one below it. */
function isPlace({ access }: ReviewedEnvironment, value: string): boolean {
  const place = value.replace(/^["'/]+|["'/]+$/g, '');
  return access.kvMounts.some(({ path }) => place === path || place.startsWith(`${path}/`));
}

/** Most variables are the same in many containers, and each is judged once. */
function judgedIn(environment: ReviewedEnvironment, name: string, value: string): string | undefined {
  const known = judgedOf(environment);
  const key = `${name}=${value}`;
  if (!known.has(key)) known.set(key, secretIn(name, value));
  return known.get(key);
}

const judgedOf = remembered((_: ReviewedEnvironment): Map<string, string | undefined> => new Map());

function secretIn(name: string, value: string): string | undefined {
  if (SECRET_SOURCE.test(value)) return 'what Terraform took from a secret';
  const plain = value.replace(TEMPLATE, '').replaceAll('\\"', '"');
  const credential = credentialIn(plain.replace(MARK, 'x'));
  if (credential !== undefined) return credential;
  return isSecretName(name) && !TIME.test(name) && !HARMLESS.test(value)
    ? 'a secret, by its name'
    : undefined;
}

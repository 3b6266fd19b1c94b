import { type Container, containersOf } from './container';
import { variablesOf } from './container-identity';
import { type Flaw, observations } from './hardening';
import { remembered } from './remembered';
import type { ReviewedEnvironment } from './reviewed-environment';
import type { Rule } from './rule';
import { isOpen } from './vault-address';
import { serversOf } from './vault-servers';

const TOKENS: readonly string[] = ['VAULT_TOKEN', 'BAO_TOKEN'];
const DEVELOPMENT_TOKENS = /^(VAULT|BAO)_DEV_ROOT_TOKEN_ID$/;

/** Asks about each container that is given a root token. What it is stays untold. */
export function ofRootTokens(
  isAbout: (environment: ReviewedEnvironment) => boolean,
): Required<Pick<Rule, 'applies' | 'check'>> {
  return {
    applies: (environment) => isAbout(environment) && containersOf(environment).length > 0,
    *check(environment) {
      const servers = new Set(serversOf(environment).map(({ container }) => container));
      for (const container of containersOf(environment)) {
        if (servers.has(container)) continue;
        yield* observations(container.declared, flawsOf(container, environment));
      }
    },
  };
}

function* flawsOf(container: Container, environment: ReviewedEnvironment): Iterable<Flaw> {
  if (!TOKENS.some((name) => container.environment.has(name))) return;
  for (const { name, text, block } of variablesOf(container)) {
    if (!TOKENS.includes(name) || text === '') continue;
    // Written out, it is told elsewhere outside of development.
    if (!isOpen(text) && !environment.isDevelopment) continue;
    const why = whyRoot(environment, text, block?.address);
    if (why === undefined) continue;
    yield {
      seen: `'${name}' is ${why}`,
      remedy: 'give the service a policy of its own, and a token or a role with it',
    };
  }
}

/** Why a token is one of root, where that can be told. */
export function whyRoot(
  environment: ReviewedEnvironment,
  text: string,
  address: string | undefined,
): string | undefined {
  if (developmentTokensOf(environment).has(text)) return 'the root token of the server';
  if (address !== undefined && rootAddressesOf(environment).has(address)) {
    return `the token of ${address}, which has the policy root`;
  }
  if (isOpen(text)) return /root_?token/i.test(text) ? 'a root token, by its name' : undefined;
  return text === 'root' ? 'a root token, by its name' : undefined;
}

const rootAddressesOf = remembered(
  ({ access }: ReviewedEnvironment): ReadonlySet<string> =>
    new Set(access.identities.filter((one) => one.accessList.isRoot).map(({ address }) => address)),
);

/** What servers are started with, as far as it is known. */
const developmentTokensOf = remembered(
  (environment: ReviewedEnvironment): ReadonlySet<string> =>
    new Set(
      serversOf(environment).flatMap(({ container }) => [
        ...[...container.environment]
          .filter(([name, value]) => DEVELOPMENT_TOKENS.test(name) && value !== '')
          .map(([, value]) => value),
        ...[...container.words.join(' ').matchAll(/--?dev-root-token-id[=\s]["']?([^\s"']+)/g)].map(
          ([, token]) => token as string,
        ),
      ]),
    ),
);

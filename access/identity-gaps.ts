import type { EnvironmentAccess, Identity, IdentityKind } from './environment-access';

/**
 * What is not known of all that an environment declares and may give an identity more than is known. In doubt it may:
 * only what is plainly about others, or gives nothing to anybody, is left out.
 */
export function gapsOf(identity: Identity, { identities, policies, unknown }: EnvironmentAccess): string[] {
  const others = new Set(
    identities
      .filter(({ kind, address }) => address !== identity.address && OWN_LOGINS.includes(kind))
      .map(({ address }) => address)
      // What such a role is for, tokens of others get too.
      .filter((address) => !address.includes('vault_token_auth_backend_role.')),
  );
  const concerns = (sentence: string) => {
    const policy = nameIn(OF_POLICY, sentence);
    if (policy !== undefined) return identity.policies.includes(policy);
    const address = nameIn(OF_BLOCK, sentence);
    return address === undefined || !others.has(address);
  };
  const isGap = (sentence: string) =>
    !HARMLESS.some((harmless) => harmless.test(sentence)) &&
    (identity.kind === 'user' || !OF_DIRECTORY.test(sentence)) &&
    concerns(sentence);
  const found = unknown.filter(isGap);
  // Told by the sentences too; a proof must not depend on their words.
  const missing = identity.policies.filter(
    (name) => !policies.has(name) && !found.some((sentence) => sentence.includes(`policy '${name}'`)),
  );
  return [...found, ...missing.map((name) => `policy '${name}' is not known`)];
}

/** Of these what is written at their address gives to nobody else. */
const OWN_LOGINS: readonly IdentityKind[] = ['role', 'token', 'user'];

/** Its name; a path may be in front of it. */
const OF_POLICY = /^(?:what |path .* of )?policy '([^']*)'/;
/** The address of a resource. */
const OF_BLOCK = /^(?:'\w+' of|role '[^']*' of) (\S+) is /;
const OF_DIRECTORY = /^who is in which group of /;

const HARMLESS: readonly RegExp[] = [
  / is a Sentinel policy, which is not read; it may refuse more$/,
  /, which Vault gives to no login: nobody can log in with it$/,
  // Somebody else, or something that gives nothing.
  /; the (role|user|policy|secret|engine) is left out$/,
  /^'\w+' of (\S+\.)?vault_(kv_|mount\.|generic_secret\.)/,
];

function nameIn(pattern: RegExp, sentence: string): string | undefined {
  return pattern.exec(sentence)?.[1];
}

import { execute, executed, inspect, variablesOf } from './engine';
import { type ExpectedPlatform, isLasting } from './expectation';
import type { Parts } from './parts';

/** Where agents put a token: for a program that is told, and where client libraries look by themselves. */
export const TOKEN_FILES = ['/vault/secrets/token', '/vault/secrets/.vault-token'] as const;

/** The command of the server's software, and the home that its image gives it. */
export function softwareOf({ distribution }: Parts): { readonly binary: string; readonly home: string } {
  return distribution === 'openbao'
    ? { binary: 'bao', home: '/openbao' }
    : { binary: 'vault', home: '/vault' };
}

/** The secret-id that an agent has unwrapped. */
export function secretIdOf(agent: string, parts: Parts): Promise<string> {
  return executed(agent, ['cat', `${softwareOf(parts).home}/file/secret-id`]);
}

/**
 * A token of the identity of a container: from its definition on a server in memory, elsewhere from the file that
 * its agent writes. An agent that writes none logs in once more.
 */
export async function tokenOf(platform: ExpectedPlatform, parts: Parts, container: string): Promise<string> {
  const inspected = (await inspect([container])).get(container);
  const { VAULT_TOKEN: token } = variablesOf(inspected?.Config.Env ?? []);
  if (token) return token;
  if (!isLasting(platform)) throw new Error(`'${container}' has no VAULT_TOKEN`);
  const { stdout } = await execute(container, ['/bin/sh', '-c', `cat ${TOKEN_FILES.join(' ')} 2>/dev/null`]);
  const written = stdout.toString('utf8').trim();
  return written === '' ? login(container, parts) : written;
}

async function login(agent: string, parts: Parts): Promise<string> {
  const { binary, home } = softwareOf(parts);
  const secretId = `${home}/file/secret-id`;
  const write = `${binary} write -field=token auth/approle/login role_id="$ROLE_ID" secret_id=@${secretId}`;
  return (await executed(agent, ['/bin/sh', '-ec', write])).trim();
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Deployment } from './deployment';
import { usesTls } from './expectation';
import { secretIdOf } from './identities';
import { type NamedValue, secretValues } from './secrecy';

/**
 * All that is secret in an environment, by name: values in Vault, tokens of services and people, secret-ids,
 * shares, private keys, and the way to the states.
 */
export async function everySecret(deployment: Deployment): Promise<NamedValue[]> {
  const { agents, parts, remembered } = deployment;
  const tokens = agents.map(async (agent) => ({
    name: `token of ${agent}`,
    value: await deployment.tokenOf(agent),
  }));
  const secretIds = agents.map(async (agent) => ({
    name: `secret-id of ${agent}`,
    value: await secretIdOf(agent, parts),
  }));
  const keys = privateKeys(deployment).map((file) => ({ name: path.basename(file), value: bodyOf(file) }));
  return [
    ...(await secretValues(deployment)),
    ...(await Promise.all([...tokens, ...secretIds])),
    ...remembered,
    ...keys,
  ];
}

/** The files of private keys: none where the server speaks plain HTTP. */
export function privateKeys({ environment, platform, project }: Deployment): readonly string[] {
  if (!usesTls(platform)) return [];
  return ['ca-key.pem', 'server-key.pem'].map((name) =>
    path.join(project.folder, 'certificates', environment, name),
  );
}

/** The first line of a key that only this key has: before it stands what algorithm it is for. */
function bodyOf(pem: string): string {
  const [, first = '', second = ''] = fs.readFileSync(pem, 'utf8').split('\n');
  return second.startsWith('-') ? first.slice(40) : second;
}

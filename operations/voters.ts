import { waitFor } from './clock';
import type { RootToken } from './root-token';
import type { VaultNodes } from './vault-nodes';
import type { VaultSurroundings } from './vault-surroundings';

/** A follower votes when autopilot has seen it stable for ten seconds. */
const STABLE = { patienceMs: 120_000, everyMs: 2_000 };

/** Waits until a cluster survives the loss of a node: until all of its nodes vote. */
export async function waitForVoters(
  { all, description, environment }: VaultNodes,
  root: RootToken,
  outside: Pick<VaultSurroundings, 'clock' | 'signal' | 'say'>,
): Promise<void> {
  if (description.storage !== 'raft' || all.length === 1) return;
  let said = '';
  const done = await waitFor(outside, STABLE, async () => {
    const voters = votersIn((await root.request('GET', 'sys/storage/raft/configuration')).data);
    const line = `${environment}: ${voters} of ${all.length} nodes vote`;
    if (line !== said) outside.say(line);
    said = line;
    return voters >= all.length ? true : undefined;
  });
  if (done) return;
  outside.say(
    `warning: ${environment} does not survive the loss of a node yet; look at npm run vault -- status ${environment}`,
  );
}

/** How many nodes vote, in what raft says of its configuration. */
export function votersIn(data: Readonly<Record<string, unknown>>): number {
  const servers = (data.config as { readonly servers?: unknown } | undefined)?.servers;
  return Array.isArray(servers)
    ? servers.filter((one) => (one as { voter?: unknown }).voter === true).length
    : 0;
}

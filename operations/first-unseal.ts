import { waitFor } from './clock';
import type { InitOptions } from './init-options';
import type { InitialSecrets } from './initialisation';
import { OperationError } from './operation-error';
import { askHolders } from './share-holders';
import { Unsealing } from './unsealing';
import type { VaultNodes } from './vault-nodes';
import type { VaultSurroundings } from './vault-surroundings';

/** How long holders may take where nobody can be asked here. */
const HOLDERS = { patienceMs: 15 * 60_000, everyMs: 2_000 };
/** A server that unseals itself does it at once; one that joins a cluster needs a little longer. */
const BY_ITSELF = { patienceMs: 120_000, everyMs: 1_000 };

/**
 * Unseals a server that was just initialised: with the shares, where this process has them in clear; by its holders,
 * here or elsewhere, where they are encrypted; or not at all, where the seal does it.
 *
 * @throws OperationError when the first node stays sealed
 */
export async function firstUnseal(
  nodes: VaultNodes,
  { shares, kind }: InitialSecrets,
  { threshold, holders }: InitOptions,
  outside: VaultSurroundings,
): Promise<void> {
  const unsealing = new Unsealing(nodes);
  if (kind === 'recovery') {
    await waitFor(outside, BY_ITSELF, async () =>
      (await unsealing.look()).unsealed.length === nodes.all.length ? true : undefined,
    );
  } else if (!holders?.serverKeys) {
    for (const share of shares.slice(0, threshold)) await unsealing.give(share);
    await unsealing.settle(outside);
  } else if (outside.input.isTerminal) {
    await askHolders(unsealing, outside);
  } else {
    await waitForHolders(unsealing, outside);
  }
  const { unsealed, problems } = await unsealing.look();
  const { environment, first, all } = nodes;
  if (!unsealed.includes(first)) {
    const got = problems.length > 0 ? problems.join('; ') : `a sealed one at '${first.address}'`;
    throw new OperationError([`'vault' of ${environment} must be unsealed to be set up, got ${got}`]);
  }
  outside.say(
    `${environment}: ${all.length > 1 ? `${unsealed.length} of ${all.length} nodes are ` : ''}unsealed`,
  );
  if (unsealed.length < all.length) {
    outside.say(`warning: unseal the other nodes with npm run vault -- unseal ${environment}`);
  }
}

async function waitForHolders(unsealing: Unsealing, outside: VaultSurroundings): Promise<void> {
  outside.say('waiting for its holders to unseal it elsewhere, for 15 minutes');
  let said = 0;
  await waitFor(outside, HOLDERS, async () => {
    const { sealed, unsealed, given, threshold } = await unsealing.look();
    if (given > said) outside.say(`${given} of ${threshold} shares`);
    said = given;
    return sealed.length === 0 && unsealed.length > 0 ? true : undefined;
  });
}

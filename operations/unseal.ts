import { Interrupted } from './interruption';
import { OperationError } from './operation-error';
import { askHolders } from './share-holders';
import { Unsealing } from './unsealing';
import type { VaultNodes } from './vault-nodes';
import { uninitialisedProblem } from './vault-problems';
import type { VaultSurroundings } from './vault-surroundings';

/**
 * Unseals all nodes of a server with the shares of its holders.
 *
 * @returns the exit code: 2 when the shares were not enough
 */
export async function unseal(nodes: VaultNodes, outside: VaultSurroundings): Promise<number> {
  const { environment } = nodes;
  const unsealing = new Unsealing(nodes);
  const start = await unsealing.look();
  if (start.problems.length === nodes.all.length) throw new OperationError(start.problems);
  for (const problem of start.problems) outside.say(`warning: ${problem}`);
  if (start.uninitialised.length + start.problems.length === nodes.all.length) {
    throw new OperationError([uninitialisedProblem(nodes, nodes.first.address)]);
  }
  if (start.sealed.length === 0 && start.uninitialised.length === 0) {
    outside.say(`${environment}: nothing is sealed`);
    return start.problems.length === 0 ? 0 : 1;
  }
  await refuseOtherSeals(nodes, start.sealed);
  const end = await askHolders(unsealing, outside).catch((error: unknown) => {
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(outside.signal, [
      `the server keeps the shares that it has; go on with npm run vault -- unseal ${environment}`,
    ]);
  });
  for (const { address } of end.unsealed) outside.say(`${address} is unsealed`);
  if (end.sealed.length > 0) {
    outside.say(
      `${environment} is still sealed, with ${end.given} of ${end.threshold} shares; it keeps them: give the others with npm run vault -- unseal ${environment}`,
    );
    return 2;
  }
  const left = [
    ...end.problems,
    ...end.opening.map(
      ({ address }) =>
        `'${address}' must unseal with the shares it has, got a sealed one after two minutes; look at its log`,
    ),
    ...end.uninitialised.map(
      ({ address }) =>
        `'${address}' must have joined the cluster, got one that has not; look at its log, then run npm run vault -- unseal ${environment}`,
    ),
  ];
  if (left.length > 0) throw new OperationError(left);
  return 0;
}

/** @param sealed those that need something */
async function refuseOtherSeals(
  { environment }: VaultNodes,
  sealed: readonly VaultNodes['first'][],
): Promise<void> {
  for (const node of sealed) {
    const { type } = await node.sealStatus();
    if (type === 'shamir') continue;
    throw new OperationError([
      `'seal' of ${environment} must be shamir for shares to unseal it, got '${type}', which unseals by itself; look at the log of '${node.address}' for what its seal lacks`,
    ]);
  }
}

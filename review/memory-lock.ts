import type { Container } from './container';
import type { VaultServer } from './vault-servers';

/** Whether a server keeps its memory from being swapped. OpenBao does not know how to. */
export function locksMemory({ product, configuration, container }: VaultServer): boolean {
  const isEnabled =
    product === 'vault' && configuration !== undefined && !configuration.isTrue('disable_mlock');
  return isEnabled && mayLockMemory(container);
}

/** Whether the kernel lets it: by a capability, or since there is no limit. */
export function mayLockMemory(container: Container): boolean {
  const added = container.blocks('capabilities').flatMap(({ add = [] }) => [add].flat().map(String));
  return (
    container.flag('privileged') !== false ||
    added.some((one) => /^(CAP_)?(IPC_LOCK|ALL)$/i.test(one)) ||
    container.blocks('ulimit').some(({ name, soft }) => name === 'memlock' && Number(soft) === -1)
  );
}

import { isBelow, type Mount, mountOf } from './container';
import { settingText } from './server-configuration';
import type { VaultServer } from './vault-servers';

/** Where a server keeps its data in its container, where it does so in files. */
export function storagePathOf({ configuration, product }: VaultServer): string | undefined {
  const [storage] = configuration
    ? [...configuration.blocks('storage'), ...configuration.blocks('backend')]
    : [];
  // Both are what the images prepare.
  if (!configuration) return `/${product}/file`;
  if (storage?.type !== 'raft' && storage?.type !== 'file') return undefined;
  return settingText(storage.settings, 'path');
}

export function storageMountOf(server: VaultServer): Mount | undefined {
  const path = storagePathOf(server);
  return path === undefined ? undefined : mountOf(server.container, path);
}

/** Whether the server can change what is there: a mount that is writable, or its own file system where that is. */
export function canWrite({ container }: VaultServer, path: string): boolean {
  const mount = mountOf(container, path);
  if (mount) return !mount.isReadOnly;
  const isTemporary = container
    .blocks('tmpfs')
    .some((one) => Object.keys(one).some((folder) => isBelow(path, folder)));
  return isTemporary || container.flag('read_only') === false;
}

import { kvDataPath } from '../policies/kv-access';
import type { Value } from '../policies/terraform-value';
import { type Declarations, type Missing, withoutSlashes } from './declarations';
import { endpointWrites } from './endpoint-logins';
import type { DeclaredSecret, KvMount } from './environment-access';

/** KV engines by the path where they are mounted, longest first. */
export function kvMounts(declarations: Declarations): readonly KvMount[] {
  const mounts = new Map<string, KvMount>();
  const add = (path: string | undefined, version: 1 | 2) => {
    if (path !== undefined && !mounts.has(withoutSlashes(path))) {
      mounts.set(withoutSlashes(path), { path: withoutSlashes(path), version });
    }
  };
  for (const block of declarations.all('vault_mount')) {
    const type = declarations.text(block, 'type', unplaced('whether it is a KV engine is not known'));
    const path = declarations.text(block, 'path', unplaced('the engine is left out'));
    if (type === 'kv-v2') add(path, 2);
    if (type === 'kv' || type === 'generic')
      add(path, version(declarations.map(block, 'options').get('version')));
  }
  // What only version 2 has tells of an engine that is mounted elsewhere.
  for (const [type, attribute] of [
    ['vault_kv_secret_backend_v2', 'mount'],
    ['vault_kv_secret_v2', 'mount'],
  ] as const) {
    for (const block of declarations.all(type))
      add(declarations.text(block, attribute, unplaced('it is left out')), 2);
  }
  return [...mounts.values()].sort((a, b) => b.path.length - a.path.length || (a.path < b.path ? -1 : 1));
}

/** Where an engine or a secret is gives nobody access to it. */
const unplaced = (otherwise: string): Missing => ({ otherwise, mayGrantTo: 'nobody' });

function version(written: Value | undefined): 1 | 2 {
  return String(written) === '2' ? 2 : 1;
}

/** KV secrets that the stacks write, in the order of their paths. */
export function declaredSecrets(
  declarations: Declarations,
  mounts: readonly KvMount[],
): readonly DeclaredSecret[] {
  const missing = unplaced('the secret is left out');
  const secrets = new Map<string, DeclaredSecret>();
  const add = (mount: KvMount | undefined, path: string | undefined) => {
    if (!mount || path === undefined || path === '') return;
    const apiPath = mount.version === 2 ? kvDataPath(mount.path, path) : `${mount.path}/${path}`;
    secrets.set(apiPath, { mount, path, apiPath });
  };
  /** A path as the CLI takes it: of the mount and below it. */
  const addWhole = (given: string | undefined, isOfApi: boolean, fallback?: 1) => {
    if (given === undefined) return;
    const whole = withoutSlashes(given);
    const mount =
      mounts.find(({ path }) => whole.startsWith(`${path}/`)) ??
      (fallback && { path: whole.split('/')[0] as string, version: fallback });
    const below = mount && whole.slice(mount.path.length + 1);
    if (!isOfApi || mount?.version !== 2) add(mount, below);
    else if (below?.startsWith('data/')) add(mount, below.slice('data/'.length));
  };
  for (const block of declarations.all('vault_kv_secret_v2')) {
    const path = withoutSlashes(declarations.text(block, 'mount', missing) ?? '');
    add(
      mounts.find((one) => one.path === path),
      declarations.text(block, 'name', missing),
    );
  }
  for (const block of declarations.all('vault_kv_secret')) {
    addWhole(declarations.text(block, 'path', missing), false, 1);
  }
  for (const block of declarations.all('vault_generic_secret')) {
    addWhole(declarations.text(block, 'path', missing), false);
  }
  for (const { path } of endpointWrites(declarations)) addWhole(path, true);
  return [...secrets.values()].sort((a, b) => (a.apiPath < b.apiPath ? -1 : 1));
}

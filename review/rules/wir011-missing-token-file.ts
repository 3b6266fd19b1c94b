import { type Container, isBelow, mountOf } from '../container';
import type { Flaw } from '../hardening';
import type { ReviewedEnvironment } from '../reviewed-environment';
import type { Rule } from '../rule';
import { isOfImage, placeIn, writersOf } from '../shared-volumes';
import { isOpen } from '../vault-address';
import { agentsOf } from '../vault-agents';
import { ofClients, type VaultClient } from '../vault-clients';

export const missingTokenFile: Rule = {
  id: 'WIR011',
  level: 'error',
  title: 'a token is looked for where nothing writes it',
  ...ofClients(function* (client, environment) {
    const { where, path } = tokenFileOf(client) ?? {};
    if (where === undefined || path === undefined || isOpen(path)) return;
    if (client.agent || client.container.words.some((word) => word.includes(path))) return;
    const flaw = flawOf(environment, client.container, path);
    if (flaw) yield { ...flaw, seen: `${where} is '${path}', ${flaw.seen}` };
  }),
};

/** Where Vault's own clients look is judged where their home is on a volume: otherwise it is in the image. */
function tokenFileOf({ container, variables }: VaultClient): { where: string; path: string } | undefined {
  for (const name of ['VAULT_TOKEN_FILE', 'BAO_TOKEN_FILE']) {
    const path = variables.get(name);
    if (path) return { where: `'${name}'`, path };
  }
  const home = variables.get('HOME') ?? '';
  const isSilent = [...variables.keys()].some((name) => /TOKEN|ROLE|AUTH/.test(name));
  if (isSilent || !home.startsWith('/') || !mountOf(container, home)) return undefined;
  return { where: 'the token of its home', path: `${home.replace(/\/+$/, '')}/.vault-token` };
}

function flawOf(environment: ReviewedEnvironment, container: Container, path: string): Flaw | undefined {
  if (isOfImage(container, path)) {
    // A program that logs in itself may write it there.
    if ([...container.environment.keys()].some((name) => /ROLE|SECRET_?ID|AUTH_METHOD|LOGIN/.test(name))) {
      return undefined;
    }
    return {
      seen: 'where the container mounts nothing',
      remedy: 'mount there what its agent writes, or write the path of the file that is mounted',
    };
  }
  const mount = mountOf(container, path);
  if (!mount?.volume) return undefined;
  const others = writersOf(environment, mount.volume);
  if (others.length === 0) {
    return isDeclared(environment, mount.volume)
      ? {
          seen: `in volume '${mount.volume}', into which nothing writes`,
          remedy: 'let an agent write it there',
        }
      : undefined;
  }
  const place = placeIn(mount, path);
  const written = others.flatMap((other) => {
    const { configuration } = agentsOf(environment).get(other.container) ?? {};
    if (!configuration) return [undefined];
    return [...configuration.sinks, ...configuration.rendered]
      .filter((file) => isBelow(file, other.mount.path))
      .map((file) => placeIn(other.mount, file));
  });
  if (written.includes(undefined) || written.includes(place)) return undefined;
  const list = written.map((one) => `'${one}'`).join(', ') || 'nothing';
  return {
    seen: `in volume '${mount.volume}', and the agent writes ${list} there`,
    remedy: "write the same path in the agent's sink and in the container's variable",
  };
}

/** Whether it is made here, so that nothing is in it that nobody here writes. */
function isDeclared({ blocks, modules }: ReviewedEnvironment, volume: string): boolean {
  return (
    modules.length === 0 &&
    blocks.some(
      ({ block }) =>
        block.kind === 'resource' &&
        block.type === 'docker_volume' &&
        block.values.attribute(block, 'name') === volume,
    )
  );
}

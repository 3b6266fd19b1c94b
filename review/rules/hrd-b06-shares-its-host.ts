import { shownNames } from '../../access/notes';
import { type Container, containersOf } from '../container';
import { ofServers } from '../hardening';
import type { Rule } from '../rule';
import { serversOf } from '../vault-servers';

/** Containers share a kernel. Those of Vault's own images belong to the server, such as agents. */
export const sharesItsHost: Rule = {
  id: 'HRD-B06',
  level: 'info',
  title: 'the server shares its host with services',
  ...ofServers(function* ({ container }, environment) {
    const own = serversOf(environment).map((server) => server.container);
    const images = new Set(own.map((one) => one.text('image')));
    const host = hostOf(container);
    const others = containersOf(environment).filter(
      (one) => !own.includes(one) && !images.has(one.text('image')) && hostOf(one) === host,
    );
    if (others.length === 0) return;
    yield {
      seen: `services run on the same host: ${shownNames(others.map(({ name }) => name))}`,
      remedy: "deploy the server's stack with a Docker provider of another host",
    };
  }),
};

/** Which Docker engine it is of: the one of its provider's settings. */
function hostOf({ declared: { block } }: Container): string {
  const { attributes, values } = block;
  const [, alias] = String(attributes.provider ?? 'docker').split('.');
  const providers = [values.evaluate(values.stack.provider?.docker ?? {})].flat() as Record<
    string,
    unknown
  >[];
  const { host, context } = providers.find((one) => (one.alias ?? undefined) === alias) ?? {};
  return JSON.stringify([host ?? null, context ?? null]);
}

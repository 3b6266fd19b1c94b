import { textOf } from '../container';
import { ofServers } from '../hardening';
import type { Rule } from '../rule';

const EVERYWHERE: readonly string[] = ['', '0.0.0.0', '::', '[::]'];

/** Docker publishes past the rules of a host's firewall. */
export const openToTheNetwork: Rule = {
  id: 'HRD-B07',
  level: 'warning',
  title: 'the server can be reached by whoever reaches its host',
  ...ofServers(function* ({ container }) {
    for (const { ip, external, internal } of container.blocks('ports')) {
      const address = textOf(ip) ?? '';
      if (!EVERYWHERE.includes(address)) continue;
      yield {
        seen: `port ${textOf(external) ?? external ?? internal} is published on all addresses of the host`,
        remedy: "set 'ip' to 127.0.0.1, or to that of a private network",
      };
    }
    if (container.flag('publish_all_ports')) {
      yield { seen: "'publish_all_ports' is true", remedy: 'publish the port of the API alone' };
    }
    const mode = container.text('network_mode');
    if (mode === 'host') {
      yield { seen: "'network_mode' is 'host'", remedy: 'give it a network of its own' };
    }
    const isOnDefault = mode === undefined || mode === 'bridge' || mode === 'default';
    if (!isOnDefault || container.value('networks_advanced') !== undefined) return;
    yield {
      seen: 'it is on the default network of Docker, with everything that names no network',
      remedy: 'give it a network that only those have who need it',
    };
  }),
};

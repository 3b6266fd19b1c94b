import { ofConfigurations } from '../hardening';
import type { Rule } from '../rule';

/** Of clouds: the server calls them from where it is. */
const CLOUDS: readonly string[] = ['alicloudkms', 'awskms', 'azurekeyvault', 'gcpckms', 'ocikms'];

/** Only where the seal is of a cloud it is known that a server calls out. */
export const noOutboundProxy: Rule = {
  id: 'HRD-X11',
  level: 'info',
  title: 'the server calls out without a proxy',
  ...ofConfigurations(
    function* (_, { container }) {
      const names = [...container.environment.keys()].map((name) => name.toUpperCase());
      if (names.includes('HTTPS_PROXY') || container.isUnsure('env')) return;
      yield {
        seen: "its seal is of a cloud, and it has no 'HTTPS_PROXY'",
        remedy: "set 'HTTPS_PROXY' to a proxy that lets through what the server needs",
      };
    },
    (configuration) => configuration.blocks('seal').some(({ type }) => CLOUDS.includes(type)),
  ),
};

import { ofConfigurations } from '../hardening';
import type { Rule } from '../rule';
import { canWrite } from '../server-storage';

/** A plugin is a program that sees secrets. */
export const writablePlugins: Rule = {
  id: 'HRD-B18',
  level: 'warning',
  title: 'the server can change its own plugins',
  ...ofConfigurations(
    function* (configuration, server) {
      const folder = configuration.text('plugin_directory') as string;
      if (!canWrite(server, folder)) return;
      yield {
        seen: `'plugin_directory' is '${folder}', which the server can write`,
        remedy: 'mount it read-only',
      };
    },
    (configuration) => Boolean(configuration.text('plugin_directory')),
  ),
};

import { ofConfigurations } from '../hardening';
import type { Rule } from '../rule';
import { isTrue, settingText } from '../server-configuration';

/** Listeners without TLS are HRD-B03's. */
export const oldTls: Rule = {
  id: 'HRD-B17',
  level: 'warning',
  title: 'TLS older than 1.3 is accepted',
  ...ofConfigurations(function* (configuration) {
    for (const listener of configuration.blocks('listener')) {
      if (listener.type !== 'tcp' || isTrue(settingText(listener.settings, 'tls_disable'))) continue;
      const version = settingText(listener.settings, 'tls_min_version');
      if (version === 'tls13') continue;
      yield {
        seen: version
          ? `'tls_min_version' of a listener is '${version}'`
          : "a listener has no 'tls_min_version', and accepts TLS 1.2",
        remedy: 'set tls_min_version = "tls13"',
      };
    }
  }),
};

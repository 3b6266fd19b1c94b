import { ofConfigurations } from '../hardening';
import type { Rule } from '../rule';

/** OpenBao refuses them from 2.6 on, unless it is told not to. */
export const slashesInTemplates: Rule = {
  id: 'HRD-X12',
  level: 'warning',
  title: "templates of policies take names with a '/'",
  ...ofConfigurations(function* (configuration, { product }) {
    if (product === 'openbao') {
      if (!configuration.isTrue('allow_slashes_in_identity_templates')) return;
      yield { seen: "'allow_slashes_in_identity_templates' is true", remedy: 'take it away' };
    } else if (!configuration.isTrue('deny_slash_in_templated_paths')) {
      yield {
        seen: "'deny_slash_in_templated_paths' is not true: a name may reach other paths than its own",
        remedy: 'set deny_slash_in_templated_paths = true',
      };
    }
  }),
};

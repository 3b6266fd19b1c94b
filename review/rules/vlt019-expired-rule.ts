import { printable } from '../../access/printable';
import { isDeclared, observed } from '../policy-observations';
import type { Rule } from '../rule';

/** OpenBao passes a block by after its `expiration`. It stays in the policy, and looks as if it counted. */
export const expiredRule: Rule = {
  id: 'VLT019',
  level: 'warning',
  title: 'a rule has expired',
  applies: ({ access }) => access.dialect.name !== 'vault',
  check: (environment) =>
    observed(environment, function* (_, { policies }) {
      for (const name of policies) {
        if (!isDeclared(environment, name)) continue;
        for (const { pattern, expiration, origin } of environment.access.policies.get(name)?.rules ?? []) {
          if (expiration === undefined || expiration >= environment.now) continue;
          yield {
            policy: name,
            seen: printable(
              `path "${pattern.text}" of policy ${name}, line ${origin.line} has expired at ${new Date(expiration).toISOString()}`,
            ),
            remedy: 'take it away, or set a later expiration',
          };
        }
      }
    }),
};

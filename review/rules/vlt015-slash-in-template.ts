import { printable } from '../../access/printable';
import { isDeclared, observed } from '../policy-observations';
import type { ReviewedEnvironment } from '../reviewed-environment';
import type { Rule } from '../rule';

/** What a template stands for: ids are made by the server and have no slash. */
const TEMPLATE = /\{\{\s*(identity\.[^}]*?)\s*\}\}/g;
const SETTING = /deny_slash_in_templated_paths[\\"'\s]*[=:]\s*(\\?")?true/;

/**
 * A name or metadata with a `/` reaches other paths than its own segment. OpenBao from 2.6 refuses such values; HashiCorp
 * Vault does where the server's configuration says so.
 */
export const slashInTemplate: Rule = {
  id: 'VLT015',
  level: 'warning',
  title: "a name with a '/' would reach other paths by a template",
  applies: ({ access }) => access.dialect.name !== 'openbao',
  check: (environment) => {
    if (refusesSlashes(environment)) return [];
    return observed(environment, function* (_, { policies }) {
      for (const name of policies) {
        if (!isDeclared(environment, name)) continue;
        for (const { pattern, denies, origin } of environment.access.policies.get(name)?.rules ?? []) {
          const risky = denies ? [] : templatesIn(pattern.text);
          if (risky.length === 0) continue;
          yield {
            policy: name,
            seen: printable(
              `path "${pattern.text}" of policy ${name}, line ${origin.line} has ${risky.join(' and ')} in it, which may have a '/'`,
            ),
            remedy:
              environment.access.dialect.name === 'vault'
                ? 'set deny_slash_in_templated_paths = true in the configuration of the server, or use an id'
                : 'use an id, or a newer server',
          };
        }
      }
    });
  },
};

function templatesIn(text: string): readonly string[] {
  return [...text.matchAll(TEMPLATE)]
    .map(([, inside]) => inside as string)
    .filter((inside) => !inside.endsWith('.id'));
}

function refusesSlashes({ blocks }: ReviewedEnvironment): boolean {
  return blocks.some(
    ({ block }) =>
      block.type === 'docker_container' &&
      SETTING.test(JSON.stringify([block.attributes.upload ?? null, block.attributes.env ?? null])),
  );
}

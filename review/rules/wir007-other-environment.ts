import { namedContainersOf } from '../container-networks';
import type { Rule } from '../rule';
import { ofClients } from '../vault-clients';

/** Words by which environments are called, and what they mean. */
const KINDS: Readonly<Record<string, string>> = {
  dev: 'development',
  develop: 'development',
  development: 'development',
  test: 'test',
  testing: 'test',
  qa: 'test',
  stage: 'staging',
  staging: 'staging',
  stg: 'staging',
  prod: 'production',
  production: 'production',
  prd: 'production',
};

/** Judged where the environment's own name says which one it is. */
export const otherEnvironment: Rule = {
  id: 'WIR007',
  level: 'warning',
  title: 'a container is sent to the Vault of another environment',
  ...ofClients(
    function* ({ addresses }, environment) {
      const own = kindsIn(environment.name);
      for (const { where, text, address } of addresses) {
        const host = address?.host;
        if (host === undefined || namedContainersOf(environment).has(host)) continue;
        const [other] = kindsIn(host).filter((kind) => !own.includes(kind));
        if (other === undefined || kindsIn(host).some((kind) => own.includes(kind))) continue;
        yield {
          seen: `${where} is '${text}': by its name it is of ${other}`,
          remedy: `write the address of ${own.join(', ')}`,
        };
      }
    },
    ({ name }) => kindsIn(name).length > 0,
  ),
};

function kindsIn(name: string): readonly string[] {
  const words = name.toLowerCase().split(/[^a-z]+/);
  return [...new Set(words.flatMap((word) => (Object.hasOwn(KINDS, word) ? (KINDS[word] as string) : [])))];
}

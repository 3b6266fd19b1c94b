import { ruleText } from '../../access/rule-text';
import { PathPattern } from '../../policies/path-pattern';
import { allowingWithin } from '../deciding-within';
import { observed, policyOf } from '../policy-observations';
import type { ReviewedEnvironment } from '../reviewed-environment';
import type { Rule } from '../rule';

interface Loss {
  readonly what: string;
  readonly path: PathPattern;
  readonly operation: 'delete' | 'update';
}

/** Nothing in Vault brings back what is destroyed: worth knowing of each identity that can. */
export const destruction: Rule = {
  id: 'VLT018',
  level: 'info',
  title: 'secrets can be destroyed for good',
  check: (environment) => {
    const losses = lossesOf(environment);
    return observed(environment, function* (list) {
      for (const { what, path, operation } of losses) {
        for (const rule of allowingWithin(list, path, operation).keys()) {
          yield {
            policy: policyOf(environment, rule),
            seen: `${ruleText(rule)} is enough to destroy ${what}`,
            remedy: 'leave it to people, and keep backups apart from who has it',
          };
        }
      }
    });
  },
};

function lossesOf({ access }: ReviewedEnvironment): readonly Loss[] {
  return access.kvMounts.flatMap(({ path, version }): Loss[] => [
    ...(version === 2
      ? ([
          { what: 'versions', path: PathPattern.of(`${path}/destroy/*`), operation: 'update' },
          {
            what: 'secrets with all versions',
            path: PathPattern.of(`${path}/metadata/*`),
            operation: 'delete',
          },
        ] as const)
      : ([{ what: 'secrets', path: PathPattern.of(`${path}/*`), operation: 'delete' }] as const)),
    {
      what: 'the engine with all its secrets',
      path: PathPattern.of(`sys/mounts/${path}`),
      operation: 'delete',
    },
  ]);
}

import { withoutSlashes } from '../../access/declarations';
import { ruleText } from '../../access/rule-text';
import { overlap } from '../../policies/path-overlap';
import { PathPattern } from '../../policies/path-pattern';
import { enginePathsOf } from '../engine-paths';
import { isKnown, observed, ownRules, policyOf } from '../policy-observations';
import { type ReviewedEnvironment, textOf } from '../reviewed-environment';
import type { Rule } from '../rule';

/** What every server has. */
const BUILT_IN: readonly string[] = ['sys', 'auth', 'identity', 'cubbyhole'];
/** Of these the path is no engine's. */
const NO_ENGINE = /^vault_(auth_|audit|policy|identity_|token|egp_|rgp_|quota_)|_auth_/;
const ATTRIBUTES = ['path', 'backend', 'mount'] as const;

/** Not judged where engines are declared elsewhere, as by a module, or where none is declared at all. */
export const undeclaredMount: Rule = {
  id: 'VLT016',
  level: 'warning',
  title: 'a rule is about an engine that nothing declares',
  applies: ({ blocks, modules }) =>
    modules.length === 0 && blocks.some(({ block }) => block.type === 'vault_mount'),
  check: (environment) => {
    const declared = enginePathsOf(environment);
    const named = pathsNamedIn(environment);
    if (!declared || named.includes(undefined)) return [];
    const engines = enginesAt([...BUILT_IN, ...declared, ...(named as string[])]);
    const known = new Map<string, boolean>();
    return observed(environment, function* (list) {
      for (const rule of ownRules(environment, list)) {
        const { pattern } = rule;
        const isOfEngine = known.get(pattern.text) ?? engines.some((engine) => isWithin(engine, pattern));
        known.set(pattern.text, isOfEngine);
        if (isOfEngine || !isKnown(pattern)) continue;
        yield {
          policy: policyOf(environment, rule),
          seen: `${ruleText(rule)} is about no engine that is declared`,
          remedy: `declare the engine, or write the path of one that is: ${shown(declared)}`,
        };
      }
    });
  },
};

interface Engine {
  readonly path: string;
  readonly pattern: PathPattern;
}

function enginesAt(paths: readonly string[]): readonly Engine[] {
  return [...new Set(paths)].map((path) => ({ path, pattern: PathPattern.of(`${path}/*`) }));
}

/** What resources write to or read from, nothing for what is not known: somebody else may mount that engine. */
function pathsNamedIn({ blocks }: ReviewedEnvironment): readonly (string | undefined)[] {
  return blocks
    .map(({ block }) => block)
    .filter(({ kind, type }) => kind === 'resource' && type.startsWith('vault_') && !NO_ENGINE.test(type))
    .flatMap((block) =>
      ATTRIBUTES.filter((one) => (block.attributes[one] ?? undefined) !== undefined).map((one) => {
        const path = textOf(block, one);
        return path === undefined ? undefined : withoutSlashes(path);
      }),
    );
}

function isWithin({ path, pattern: all }: Engine, pattern: PathPattern): boolean {
  const beginning = pattern.beginning;
  if (!beginning.startsWith(path) && !path.startsWith(beginning)) return false;
  return pattern.text === path || overlap(pattern, all);
}

function shown(paths: readonly string[]): string {
  return paths
    .slice(0, 3)
    .map((path) => `'${path}'`)
    .join(', ');
}

import { ruleText } from '../../access/rule-text';
import { overlap } from '../../policies/path-overlap';
import { PathPattern } from '../../policies/path-pattern';
import { isKnown, observed, ownRules, policyOf } from '../policy-observations';
import { type ReviewedBlock, type ReviewedEnvironment, textOf } from '../reviewed-environment';
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
    const engines = enginesOf(environment);
    if (!engines) return [];
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
          remedy: `declare the engine, or write the path of one that is: ${enginesOfStacks(engines)}`,
        };
      }
    });
  },
};

interface Engine {
  readonly path: string;
  readonly pattern: PathPattern;
}

/** @returns nothing where a path is known at an apply only */
function enginesOf({ blocks }: ReviewedEnvironment): readonly Engine[] | undefined {
  const paths = new Set(BUILT_IN);
  for (const { block } of blocks) {
    if (block.kind !== 'resource' || !block.type.startsWith('vault_') || NO_ENGINE.test(block.type)) continue;
    for (const path of pathsOf({ block })) {
      if (path === undefined) return undefined;
      paths.add(path);
    }
  }
  return [...paths].map((path) => ({ path, pattern: PathPattern.of(`${path}/*`) }));
}

function pathsOf({ block }: Pick<ReviewedBlock, 'block'>): readonly (string | undefined)[] {
  return ATTRIBUTES.filter((one) => (block.attributes[one] ?? undefined) !== undefined).map((one) => {
    const path = textOf(block, one)?.replace(/^\/+|\/+$/g, '');
    return block.type === 'vault_generic_endpoint' ? path?.replace(/^sys\/mounts\//, '') : path;
  });
}

function isWithin({ path, pattern: all }: Engine, pattern: PathPattern): boolean {
  const beginning = pattern.beginning;
  if (!beginning.startsWith(path) && !path.startsWith(beginning)) return false;
  return pattern.text === path || overlap(pattern, all);
}

function enginesOfStacks(engines: readonly Engine[]): string {
  return engines
    .filter(({ path }) => !BUILT_IN.includes(path.split('/')[0] as string))
    .map(({ path }) => `'${path}'`)
    .slice(0, 3)
    .join(', ');
}

import type { LostRule } from '../policies/access-list';
import type { CanAnswer, WhoAnswer } from './answers';
import type { Identity } from './environment-access';
import { printable } from './printable';
import { decisionLines, lostLine, ruleText } from './rule-text';

/** For a terminal: the answer first, then what decided. */
export function canText({ environment, identity, operation, path, decision }: CanAnswer): string {
  const { allowed, refusal } = decision;
  return [
    printable(
      `${allowed ? 'yes' : 'no'}: ${identity.name} of ${environment.name} ${allowed ? 'can' : 'cannot'} ${operation} ${path}${refusal === undefined ? '' : `: ${refusal}`}`,
    ),
    ...decisionLines(decision).map((line) => `  ${line}`),
    ...(decision.rule ? [] : [printable(`  policies: ${identity.policies.join(', ') || 'none'}`)]),
    '',
  ].join('\n');
}

/** For a terminal: an environment after the other, and who has what there. */
export function whoText(answers: readonly WhoAnswer[]): string {
  return answers
    .flatMap(({ environment, paths }) => [
      printable(environment.name),
      ...paths.flatMap(({ path, readers }) => {
        const width = Math.max(0, ...readers.map(({ identity }) => labelOf(identity).length));
        return [
          printable(`  ${path}`),
          ...(readers.length === 0 ? [`    nobody of ${environment.identities.length} identities`] : []),
          ...readers.flatMap(({ identity, capabilities, rule, lost }) => [
            printable(
              `    ${labelOf(identity).padEnd(width)}  ${capabilities.join(', ')}  by ${ruleText(rule)}`,
            ),
            ...lost.map((one) => `    ${' '.repeat(width)}  ${lostLine(one)}`),
          ]),
        ];
      }),
      '',
    ])
    .join('\n');
}

/** A policy is no identity: it is whatever token gets it. */
function labelOf({ name, kind }: Identity): string {
  return kind === 'policy' ? `${name} (policy)` : name;
}

/** For machines; `version` changes where the meaning of a field does. */
export function canJson({ environment, identity, operation, path, decision }: CanAnswer): string {
  const { allowed, refusal, rule, lost } = decision;
  return json({
    environment: environment.name,
    identity: identity.fullName,
    policies: identity.policies,
    operation,
    path,
    allowed,
    refusal,
    rule: rule && ruleText(rule),
    lost: lost.map(lostJson),
  });
}

/** For machines, as {@link canJson}. */
export function whoJson(answers: readonly WhoAnswer[]): string {
  return json({
    environments: answers.map(({ environment, paths }) => ({
      name: environment.name,
      paths: paths.map(({ path, readers }) => ({
        path,
        identities: readers.map(({ identity, capabilities, rule, lost }) => ({
          identity: identity.fullName,
          capabilities,
          rule: ruleText(rule),
          lost: lost.map(lostJson),
        })),
      })),
    })),
  });
}

function lostJson({ rule, because }: LostRule): { rule: string; because: string } {
  return { rule: ruleText(rule), because };
}

function json(value: object): string {
  return `${JSON.stringify({ version: 1, ...value }, null, 2)}\n`;
}

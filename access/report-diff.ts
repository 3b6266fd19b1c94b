import { counted } from '../policies/phrases';
import {
  type AccessDiff,
  type EnvironmentDiff,
  hasBroadening,
  type IdentityDiff,
  type ReachChange,
} from './access-diff';
import { markdownCode, markdownText } from './markdown';
import { printable } from './printable';
import { ruleText } from './rule-text';

/** How many declared secrets are named one by one. */
const NAMED = 5;

/** For a terminal. */
export function diffText(diff: AccessDiff): string {
  if (diff.environments.length === 0) return 'nobody gains or loses access\n';
  return `${diff.environments.map(environmentText).join('\n')}\n${summary(diff)}\n`;
}

function environmentText({ name, presence, identities, unknown, mayGrant }: EnvironmentDiff): string {
  return [
    printable(`${name}${presence === 'changed' ? '' : `, ${presence}`}`),
    ...identities.flatMap(identityLines),
    ...unknown.map((line) =>
      printable(`  ? ${line}${mayGrant.includes(line) ? '; this may give access' : ''}`),
    ),
    '',
  ].join('\n');
}

function identityLines(identity: IdentityDiff): readonly string[] {
  const { name, kind, presence, changes } = identity;
  const head =
    presence === 'changed'
      ? []
      : [
          printable(
            `  ${sign(presence)} ${presence} ${kind} ${name}${changes.length === 0 ? ', which reaches nothing' : ''}`,
          ),
        ];
  return [
    ...head,
    ...byDefault(changes).map(([mark, sentence]) => printable(`  ${mark} ${name} ${sentence}`)),
    ...byOwn(changes).flatMap((change) => [
      printable(`  ${changeSign(change)} ${changeSentence(name, change)}`),
      ...ruleLines(change).map((line) => `      ${line}`),
    ]),
  ];
}

/** What every token can would hide what this one can: how many paths that are, as one gain and one loss. */
function byDefault(changes: readonly ReachChange[]): readonly (readonly [sign: string, sentence: string])[] {
  const all = changes.filter((change) => change.isByDefault);
  const gains = all.filter(({ isBroadening }) => isBroadening).length;
  const sides = [
    ['+', 'gains', gains],
    ['-', 'loses', all.length - gains],
  ] as const;
  return sides
    .filter(([, , count]) => count > 0)
    .map(([mark, verb, count]) => [
      mark,
      `${verb} what every token with policy 'default' can, on ${count} ${count === 1 ? 'path' : 'paths'}`,
    ]);
}

function byOwn(changes: readonly ReachChange[]): readonly ReachChange[] {
  return changes.filter((change) => !change.isByDefault);
}

/** `wagtail gains read on bizosaas/platform/openrouter-api-key`. */
function changeSentence(name: string, change: ReachChange): string {
  const { gained, lost, conditions } = change;
  const parts = [
    ...(gained.length > 0 ? [`gains ${gained.join(', ')}`] : []),
    ...(lost.length > 0 ? [`loses ${lost.join(', ')}`] : []),
    ...(conditions === 'same' ? [] : [CONDITIONS[conditions]]),
  ];
  return `${name} ${parts.join(' and ')} on ${placeOf(change)}`;
}

const CONDITIONS = {
  looser: 'must satisfy fewer conditions',
  tighter: 'must satisfy more conditions',
  other: 'must satisfy other conditions',
} as const;

/** The path, by a secret's name where it is one; of many what they have in common, with one of them. */
function placeOf({ before, after, witness, secrets, isNowhere }: ReachChange): string {
  const patterns = [before, after].flatMap((rule) => (rule ? [rule.pattern] : []));
  const [narrowest] = patterns.sort((a, b) => b.compare(a));
  const [first, ...others] = secrets;
  if (narrowest?.kind === 'exact') {
    // A secret of that name is at another path, and would read the same.
    if (isNowhere) return `the path ${witness}, at which a KV engine of version 2 has nothing`;
    return first !== undefined && others.length === 0 ? first : witness;
  }
  const named = secrets.slice(0, NAMED).join(', ');
  const more = secrets.length > NAMED ? ` and ${secrets.length - NAMED} more` : '';
  return `paths of ${narrowest?.text}, such as ${witness}${first === undefined ? '' : `; declared secrets among them: ${named}${more}`}`;
}

function ruleLines({ before, after }: ReachChange): readonly string[] {
  return [
    ...(after ? [`now ${ruleText(after)}`] : ['now no rule']),
    ...(before ? [`was ${ruleText(before)}`] : ['was no rule']),
  ];
}

/** How many of what, in one line. */
function summary(diff: AccessDiff): string {
  const identities = diff.environments.flatMap((environment) => environment.identities);
  const changed = identities
    .filter(({ presence }) => presence === 'changed')
    .flatMap(({ changes }) => changes);
  const counts: [number, string, string][] = [
    [changed.filter(({ isBroadening }) => isBroadening).length, 'broadening', 'broadenings'],
    [changed.filter(({ isNarrowing }) => isNarrowing).length, 'narrowing', 'narrowings'],
    [identities.filter(({ presence }) => presence === 'new').length, 'new identity', 'new identities'],
    [
      identities.filter(({ presence }) => presence === 'removed').length,
      'removed identity',
      'removed identities',
    ],
  ];
  const told = counts.filter(([count]) => count > 0).map(([count, one, many]) => counted(count, one, many));
  return told.length === 0 ? 'nobody is known to gain or lose access' : told.join(', ');
}

/** For a comment on a change. */
export function diffMarkdown(diff: AccessDiff): string {
  if (diff.environments.length === 0) return 'Nobody gains or loses access.\n';
  const tables = diff.environments.map(({ name, presence, identities, unknown, mayGrant }) =>
    [
      `### ${markdownCode(name)}${presence === 'changed' ? '' : ` (${presence})`}`,
      '',
      '| | who | what | decided by |',
      '|---|---|---|---|',
      ...identities.flatMap((identity) => identityRows(identity)),
      ...(unknown.length > 0
        ? [
            '',
            ...unknown.map(
              (line) =>
                `- not known before the apply${mayGrant.includes(line) ? ', and may give access' : ''}: ${markdownText(line)}`,
            ),
          ]
        : []),
      '',
    ].join('\n'),
  );
  return `${tables.join('\n')}\n${summary(diff)}\n`;
}

function identityRows(identity: IdentityDiff): readonly string[] {
  return diffRows(identity).map(
    ({ sign: mark, who, what, rules }) =>
      `| ${mark} | ${markdownCode(who)} | ${markdownText(what)} |${rules.length === 0 ? '' : ` ${rules.map(markdownText).join('<br>')}`} |`,
  );
}

/** One line of a table of differences, before anything in it is escaped. */
export interface DiffRow {
  /** `+` of a gain, `-` of a loss, `±` of both, `~` of other conditions. */
  readonly sign: string;
  readonly who: string;
  readonly what: string;
  /** What decides now, and what decided before. */
  readonly rules: readonly string[];
}

/** What one identity gains and loses. */
export function diffRows({ name, kind, presence, changes }: IdentityDiff): readonly DiffRow[] {
  const head =
    presence === 'changed'
      ? []
      : [{ sign: sign(presence), who: name, what: `${presence} ${kind}`, rules: [] }];
  return [
    ...head,
    ...byDefault(changes).map(([mark, sentence]) => ({ sign: mark, who: name, what: sentence, rules: [] })),
    ...byOwn(changes).map((change) => ({
      sign: changeSign(change),
      who: name,
      what: changeSentence('', change).trim(),
      rules: ruleLines(change),
    })),
  ];
}

/** For machines; `version` changes where the meaning of a field does. */
export function diffJson(diff: AccessDiff): string {
  const environments = diff.environments.map(diffDocument);
  return `${JSON.stringify({ version: 1, broadening: hasBroadening(diff), environments }, null, 2)}\n`;
}

/** One environment of it, with rules as their texts. */
export function diffDocument(environment: EnvironmentDiff): object {
  return {
    ...environment,
    identities: environment.identities.map((identity) => ({
      ...identity,
      changes: identity.changes.map(({ before, after, ...change }) => ({
        ...change,
        before: before && ruleText(before),
        after: after && ruleText(after),
      })),
    })),
  };
}

function sign(presence: 'new' | 'removed' | 'changed'): string {
  return presence === 'new' ? '+' : presence === 'removed' ? '-' : '~';
}

function changeSign({ isBroadening, isNarrowing }: ReachChange): string {
  if (isBroadening && isNarrowing) return '±';
  return isBroadening ? '+' : '-';
}

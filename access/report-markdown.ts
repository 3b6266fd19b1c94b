import { counted } from '../policies/phrases';
import { markdownCode, markdownText } from './markdown';
import type { AccessMatrix, EnvironmentMatrix, MatrixIdentity, MatrixRow } from './matrix';
import { grantTitle, holdersOf, matrixSections, readersFirst } from './matrix-sections';

/** For a page or a comment on GitHub: a table of each environment's secrets, the rest folded. */
export function matrixMarkdown({ environments }: AccessMatrix): string {
  if (environments.length === 0) return 'No environments.\n';
  return `${environments.map((environment) => environmentLines(environment).join('\n')).join('\n\n')}\n`;
}

function environmentLines(environment: EnvironmentMatrix): readonly string[] {
  const { name, server, identities, unknown } = environment;
  const { secrets, kv, shared, own, byDefault, withDefault, idle } = matrixSections(environment);
  const declared = secrets.filter(({ kind }) => kind === 'secret').length;
  return [
    `## ${markdownCode(name)}`,
    '',
    `${counted(identities.length, 'identity', 'identities')}, ${counted(declared, 'secret')}, ${markdownText(server)}.`,
    ...unknown.flatMap((line) => ['', `> **Not known before the apply:** ${markdownText(line)}`]),
    ...table('secret', secrets, identities),
    ...folded(
      counted(kv.length, 'other path of KV engines', 'other paths of KV engines'),
      table('path', kv, identities),
    ),
    ...folded(counted(shared.length, 'other path', 'other paths'), table('path', shared, identities)),
    ...own.flatMap(({ identity, rows }) =>
      folded(`${counted(rows.length, 'path')} that only ${summaryText(identity.name)} reaches`, paths(rows)),
    ),
    ...folded(
      `${counted(byDefault.length, 'path')} of policy default, which ${counted(withDefault.length, 'identity has', 'identities have')}`,
      paths(byDefault),
    ),
    ...(idle.length > 0 ? ['', `Nothing besides: ${idle.map(identityCode).join(', ')}.`] : []),
  ];
}

function table(
  head: string,
  rows: readonly MatrixRow[],
  identities: readonly MatrixIdentity[],
): readonly string[] {
  if (rows.length === 0) return [];
  return [
    '',
    `| ${head} | may | who |`,
    '| --- | --- | --- |',
    ...rows.flatMap(({ name, grants }) =>
      grants.length === 0
        ? [`| ${markdownCode(name)} | | nobody |`]
        : readersFirst(grants).map((grant) => {
            const { hasDefault, others } = holdersOf(grant, identities);
            const everybody = hasDefault > 0 ? [`all ${hasDefault} with policy \`default\``] : [];
            const who = [...everybody, ...others.map(identityCode)].join(', ');
            return `| ${markdownCode(name)} | ${markdownText(grantTitle(grant))} | ${who} |`;
          }),
    ),
  ];
}

function paths(rows: readonly MatrixRow[]): readonly string[] {
  if (rows.length === 0) return [];
  return [
    '',
    '| path | may |',
    '| --- | --- |',
    ...rows.map(({ name, grants }) => {
      const what = grants.map((grant) => markdownText(grantTitle(grant))).join('; ') || 'nothing';
      return `| ${markdownCode(name)} | ${what} |`;
    }),
  ];
}

function folded(summary: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return ['', `<details><summary>${summary}</summary>`, ...lines, '', '</details>'];
}

function identityCode({ name, kind }: MatrixIdentity): string {
  return kind === 'role' ? markdownCode(name) : `${markdownCode(name)} (${kind})`;
}

/** In `<summary>` there is no Markdown, only HTML. */
function summaryText(name: string): string {
  return `<code>${markdownText(name).replaceAll(/\\(.)/g, '$1')}</code>`;
}

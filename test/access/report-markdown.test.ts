import { markdownCode, markdownText } from '../../access/markdown';
import { accessMatrix } from '../../access/matrix';
import { matrixMarkdown } from '../../access/report-markdown';
import { type MadeAccess, madeAccess } from './made-access';

function report(made: MadeAccess): string {
  return matrixMarkdown(accessMatrix([madeAccess(made)]));
}

test('secrets are a table, and the rest is folded', () => {
  const text = report({
    policies: {
      default: { 'sys/tools/hash': ['update'] },
      web: { 'kv/data/database': ['read'], 'kv/data/*': ['list'], 'sys/health': ['read'] },
    },
    identities: { web: ['default', 'web'] },
    secrets: ['database', 'mail'],
    unknown: ['vault_policy.x is not known'],
  });
  expect(`\n${text}`).toBe(`
## \`shop-production\`

1 identity, 2 secrets, HashiCorp Vault.

> **Not known before the apply:** vault\\_policy.x is not known

| secret | may | who |
| --- | --- | --- |
| \`kv/database\` | read | \`web\` |
| \`kv/mail\` | list | \`web\` |

<details><summary>1 other path of KV engines</summary>

| path | may | who |
| --- | --- | --- |
| \`kv/data/*\` | list | \`web\` |

</details>

<details><summary>1 path that only <code>web</code> reaches</summary>

| path | may |
| --- | --- |
| \`sys/health\` | read |

</details>

<details><summary>1 path of policy default, which 1 identity has</summary>

| path | may |
| --- | --- |
| \`sys/tools/hash\` | update |

</details>
`);
});

test('a secret that nobody reaches, those who reach nothing, and no environments are told', () => {
  const text = report({ policies: { idle: {} }, secrets: ['lonely'] });
  expect(text).toContain('| `kv/lonely` | | nobody |');
  expect(text).toContain('Nothing besides: `idle` (policy).');
  expect(matrixMarkdown({ environments: [] })).toBe('No environments.\n');
});

test.each([
  ['plain/path', '`plain/path`'],
  ['a|b', '`a\\|b`'],
  ['a`b', '`` a`b ``'],
  ['a``b`', '``` a``b` ```'],
  ['<script>', '`<script>`'],
  ['a\nb\u202e', '`a\\u{a}b\\u{202e}`'],
  [' a', '`  a `'],
  ['', '`  `'],
])('%j becomes the code %j', (text, code) => {
  expect(markdownCode(text)).toBe(code);
});

test.each([
  ['<img src=x>', '&lt;img src=x&gt;'],
  ['[a](b)', '\\[a\\](b)'],
  ['*a* _b_ `c` |', '\\*a\\* \\_b\\_ \\`c\\` \\|'],
  ['@team & co', '&#64;team &amp; co'],
])('%j becomes the text %j', (text, markdown) => {
  expect(markdownText(text)).toBe(markdown);
});

test('names stay in their cell', () => {
  const evil = '`|</code></details><script>alert(1)</script>\n# x';
  const text = report({
    name: evil,
    policies: { [evil]: { [`sys/${evil}`]: ['read'], [`kv/data/${evil}`]: ['read'] } },
    secrets: [evil],
  });
  expect(text).not.toMatch(/^# x/m);
  const summary = text.split('\n').find((line) => line.startsWith('<details>')) ?? '';
  expect(summary.match(/<[^>]*>/g)).toEqual(['<details>', '<summary>', '<code>', '</code>', '</summary>']);
  for (const row of text.split('\n').filter((line) => line.startsWith('| `'))) {
    // Each bar that is no border is escaped.
    expect(row.match(/(?<!\\)\|/g)?.length).toBeLessThanOrEqual(4);
  }
});

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { accessMatrix } from '../../access/matrix';
import { matrixHtml } from '../../access/report-html';
import { type MadeAccess, madeAccess } from './made-access';

function report(...made: readonly MadeAccess[]): string {
  return matrixHtml(accessMatrix(made.map(madeAccess)));
}

/** What stands between the first two such texts. */
function between(text: string, before: string, after: string): string {
  const from = text.indexOf(before) + before.length;
  return text.slice(from, text.indexOf(after, from));
}

function dataOf(html: string) {
  return JSON.parse(between(html, '<script type="application/json" id="data">', '</script>'));
}

const SHOP: MadeAccess = {
  policies: { web: { 'kv/data/a': { capabilities: ['read', 'list'], conditions: { minWrappingTtl: 1 } } } },
  secrets: ['a'],
  unknown: ['a thing'],
};

test('the page holds the matrix', () => {
  expect(dataOf(report(SHOP))).toMatchObject({
    capabilities: expect.arrayContaining(['create', 'read']),
    environments: [
      {
        name: 'shop-production',
        identities: [{ name: 'web', kind: 'policy', policies: ['web'] }],
        rows: [{ name: 'kv/a', kind: 'secret', grants: [[34, 'wrapped 1s..', [0]]] }],
        unknown: ['a thing'],
      },
    ],
  });
});

test.each([
  ['bizosaas-production', 'bizosaas', 'production'],
  ['config-service-staging', 'config-service', 'staging'],
  ['shop-dev', 'shop', 'dev'],
  ['infrastructure', 'infrastructure', ''],
  ['my-vault', 'my-vault', ''],
  ['production', 'production', ''],
])('%s is the platform %s in the environment %j', (name, platform, stage) => {
  expect(dataOf(report({ name, policies: {} })).environments).toMatchObject([{ name, platform, stage }]);
});

test('the page may fetch nothing and run nothing but its own program', () => {
  const html = report(SHOP);
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = between(html, 'http-equiv="Content-Security-Policy" content="', '"');
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `style-src ${hash(between(html, '<style>', '</style>'))}`,
    `script-src ${hash(between(html, '<script>', '</script>'))}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  // The first is the name of a language of XML, which is no address.
  expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import (?!\{)|src=/);
  expect(html).not.toMatch(/\son\w+=|style="|innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b/);
});

test('the program is one script without modules, in which no name is given twice', () => {
  const script = between(report(SHOP), '<script>', '</script>');
  expect(script).not.toMatch(/^(import|export)\b/m);
  // A name given twice is a syntax error.
  expect(() => new Function(script)).not.toThrow();
});

test.each([
  ['the end of a script', '</script><script>alert(1)</script>'],
  ['a comment', '<!--<script>'],
  ['an element', '<img src=x onerror=alert(1)>'],
  ['quotes', `"'\``],
  ['an entity', '&lt;script&gt;'],
  ['a place of the template', '/* page.mjs */{}$&$1'],
  ['what JavaScript takes for the end of a line', 'a\u2028b\u2029c'],
])('%s in names stays text', (_, evil) => {
  const plain = report(SHOP);
  const html = report({
    name: evil,
    policies: { [evil]: { [`kv/data/${evil}`]: ['read'], [`sys/${evil}`]: ['read'] } },
    secrets: [evil],
    unknown: [evil],
  });
  const shown = evil.replaceAll('\u2028', '\\u{2028}').replaceAll('\u2029', '\\u{2029}');
  expect(dataOf(html).environments).toMatchObject([
    { name: shown, identities: [{ name: shown }], rows: [{ name: `kv/${shown}` }, {}], unknown: [shown] },
  ]);
  // Nothing but the data is other than it was.
  const around = (text: string) => text.replace(/(id="data">).*?(<\/script>)/s, '$1$2');
  expect(around(html)).toBe(around(plain));
});

test('what turns the direction of writing is shown as what it is', () => {
  const [environment] = dataOf(
    report({
      policies: {
        'a\u202ebc': {
          'sys/\u200bx': { capabilities: ['read'], conditions: { requiredParameters: ['\u202ey'] } },
        },
      },
    }),
  ).environments;
  expect(environment).toMatchObject({
    identities: [{ name: 'a\\u{202e}bc' }],
    rows: [{ name: 'sys/\\u{200b}x', grants: [[2, 'needs \\u{202e}y', [0]]] }],
  });
});

test("the page's program has no type errors", () => {
  const project = path.join(__dirname, '..', '..', 'access', 'page');
  const compiler = require.resolve('typescript/package.json').replace(/package\.json$/, 'bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8' });
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
});

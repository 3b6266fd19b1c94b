import * as fs from 'node:fs';
import * as path from 'node:path';
import { accessMatrix } from '../../access/matrix';
import { matrixHtml } from '../../access/report-html';
import { ALL_CAPABILITIES, type AnyCapability, capabilitySet } from '../../policies/capability';
import { madeAccess } from './made-access';

interface Filters {
  search: string;
  identity: string;
  capability: number;
  kind: string;
}
interface Selected {
  rows: { row: { name: string }; grants: [number, string, number[]][] }[];
  identities: number[];
}
interface Program {
  selectRows(environment: object, filters: Filters): Selected;
  pageOf(all: number[], page: number, size: number): object;
  pictureOf(rows: Selected['rows'], capability: number): object;
}

/** The part of the page's program that touches no page. */
const program: Program = (() => {
  const sources = ['selection', 'picture'].map((name) =>
    fs
      .readFileSync(path.join(__dirname, '..', '..', 'access', 'page', `${name}.mjs`), 'utf8')
      .replace(/^import .*$/gm, '')
      .replace(/^export /gm, ''),
  );
  return new Function(`${sources.join('\n')}\nreturn { selectRows, pageOf, pictureOf };`)();
})();

const html = matrixHtml(
  accessMatrix([
    madeAccess({
      policies: {
        default: { 'sys/tools/hash': ['update'] },
        reader: { 'kv/data/db': ['read'], 'kv/data/Mail': ['read'] },
        writer: { 'kv/data/db': ['create', 'update'], 'kv/metadata/*': ['list'] },
      },
      identities: { web: ['default', 'reader'], 'web-admin': ['writer'], idle: [] },
      secrets: ['Mail', 'db', 'lonely'],
    }),
  ]),
);
const data = JSON.parse(/id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '');
const [environment] = data.environments;

const ANY: Filters = { search: '', identity: '', capability: 0, kind: 'named' };

function bit(name: AnyCapability): number {
  return 1 << ALL_CAPABILITIES.indexOf(name);
}

test('bits of the page are those of capability sets', () => {
  expect(data.capabilities.map((name: AnyCapability) => bit(name))).toEqual(
    data.capabilities.map((name: AnyCapability) => capabilitySet([name])),
  );
});

test.each<[string, Partial<Filters>, string[], number[]]>([
  [
    "without filters all but the paths of policy default's",
    {},
    ['kv/Mail', 'kv/db', 'kv/lonely', 'kv/metadata/*'],
    [0, 1],
  ],
  ['secrets only', { kind: 'secrets' }, ['kv/Mail', 'kv/db', 'kv/lonely'], [0, 1]],
  ['all', { kind: 'all' }, ['kv/Mail', 'kv/db', 'kv/lonely', 'kv/metadata/*', 'sys/tools/hash'], [0, 1]],
  ['a word in any case', { search: ' MAIL ' }, ['kv/Mail'], [0]],
  ['a word of the API path', { search: 'data/db' }, ['kv/db'], [0, 1]],
  ['all words', { search: 'kv data l' }, ['kv/Mail', 'kv/lonely'], [0]],
  ['no path', { search: 'nothing' }, [], []],
  ['a capability', { capability: bit('read') }, ['kv/Mail', 'kv/db'], [0]],
  ['an identity of that very name', { identity: 'web' }, ['kv/Mail', 'kv/db'], [0]],
  ['identities with that in their names', { identity: 'WEB-' }, ['kv/db', 'kv/metadata/*'], [1]],
  ['nobody of that name', { identity: 'nobody' }, [], []],
  ['an identity with nothing', { identity: 'idle' }, [], []],
  ['both', { identity: 'web-admin', capability: bit('list') }, ['kv/metadata/*'], [1]],
])('%s is left', (_, filters, names, identities) => {
  const selected = program.selectRows(environment, { ...ANY, ...filters });
  expect(selected.rows.map(({ row }) => row.name)).toEqual(names);
  expect(selected.identities).toEqual(identities);
});

test.each([
  [0, { shown: [0, 1, 2], from: 0, page: 0, pages: 3, of: 7 }],
  [2, { shown: [6], from: 6, page: 2, pages: 3, of: 7 }],
  [9, { shown: [6], from: 6, page: 2, pages: 3, of: 7 }],
  [-1, { shown: [0, 1, 2], from: 0, page: 0, pages: 3, of: 7 }],
])('page %i of seven in threes is told', (page, expected) => {
  expect(program.pageOf([0, 1, 2, 3, 4, 5, 6], page, 3)).toEqual(expected);
});

test('of nothing there is one empty page', () => {
  expect(program.pageOf([], 0, 3)).toEqual({ shown: [], from: 0, page: 0, pages: 1, of: 0 });
});

describe('the picture', () => {
  test('has a line for each that has the capability, and tells those who have more', () => {
    const { rows } = program.selectRows(environment, { ...ANY, kind: 'secrets' });
    expect(program.pictureOf(rows, bit('update'))).toMatchObject({
      left: [{ identity: 1, more: 0 }],
      right: [{ row: { name: 'kv/db' }, more: 0 }],
      lines: [{ from: 0, to: 0, also: true }],
      leftOut: { identities: 0, rows: 0 },
    });
    expect(program.pictureOf(rows, bit('read'))).toMatchObject({
      left: [{ identity: 0 }],
      lines: [
        { from: 0, to: 0, also: false },
        { from: 0, to: 1, also: false },
      ],
    });
  });

  test('says how many it leaves out, at every end', () => {
    const read = bit('read');
    const all = Array.from({ length: 100 }, (_, i) => i);
    const rows: Selected['rows'] = [
      { row: { name: 'shared' }, grants: [[read, '', all]] },
      ...all.map((i) => ({
        row: { name: `own ${i}` },
        grants: [[read, '', [i]]] as [number, string, number[]][],
      })),
    ];
    expect(program.pictureOf(rows, read)).toMatchObject({
      // Identity 39 is joined with the shared one; there was no room for its own.
      left: expect.arrayContaining([
        { identity: 0, more: 0 },
        { identity: 39, more: 1 },
      ]),
      right: expect.arrayContaining([{ row: { name: 'shared' }, more: 60 }]),
      leftOut: { identities: 60, rows: 61 },
    });
  });
});

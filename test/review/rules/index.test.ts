import * as fs from 'node:fs';
import * as path from 'node:path';
import { ACKNOWLEDGEMENT_RULES } from '../../../review/acknowledgements';
import { LEVELS } from '../../../review/rule';
import { RULES } from '../../../review/rules';

const project = path.join(__dirname, '..', '..', '..');
const files = fs.readdirSync(path.join(project, 'review', 'rules')).filter((name) => name !== 'index.ts');

test('ids are unique, and in order', () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test('every rule has a file that is called like it, and every file is in the list', () => {
  expect(RULES.map(({ id }) => id.toLowerCase())).toEqual(
    files.map((name) => (/^([a-z]{3}(-[a-z])?\d+)-/.exec(name) ?? [])[1]).sort(),
  );
});

test.each(files)('%s has a test of its own', (name) => {
  const file = path.join(project, 'test', 'review', 'rules', name.replace(/\.ts$/, '.test.ts'));
  expect(fs.readFileSync(file, 'utf8')).toMatch(/toEqual\(\[\]\)/);
});

const ALL = [...ACKNOWLEDGEMENT_RULES, ...RULES];

test.each(ALL)('$id has a page with its title and level', ({ id, title, level }) => {
  const page = fs.readFileSync(path.join(project, 'docs', 'rules', `${id}.md`), 'utf8');
  expect(page.split('\n')[0]).toBe(`# ${id}: ${title}`);
  expect(page).toContain(`\nLevel: ${level}\n`);
  for (const part of ['## What', '## Why', '## How to mend it', '## What is no finding']) {
    expect(page).toContain(`\n${part}\n`);
  }
  expect(LEVELS).toContain(level);
});

test('every page is of a rule', () => {
  const pages = fs.readdirSync(path.join(project, 'docs', 'rules'));
  expect(pages.sort()).toEqual(ALL.map(({ id }) => `${id}.md`).sort());
});

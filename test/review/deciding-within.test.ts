import * as fc from 'fast-check';
import { AccessList } from '../../policies/access-list';
import { DIALECTS } from '../../policies/dialect';
import { PathPattern } from '../../policies/path-pattern';
import { pathClasses } from '../../policies/path-space';
import { allowingWithin } from '../../review/deciding-within';
import { policyOf } from '../policies/plain-policy';
import { patterns, policySets } from '../policies/random-access';
import { plainList } from './plain-list';

const target = PathPattern.of('kv/data/*');
const found = (...rules: Parameters<typeof plainList>[0]) =>
  [...allowingWithin(plainList(rules), target, 'read')].map(([{ pattern }, path]) => [pattern.text, path]);

test('each rule that allows it somewhere is found, with a path', () => {
  expect(found(['kv/*', ['read']], ['kv/data/crm', ['read']], ['kv/data/mail', ['update']])).toEqual([
    ['kv/data/crm', 'kv/data/crm'],
    ['kv/*', 'kv/data/any'],
  ]);
});

test.each([
  [
    'another one decides everywhere',
    [
      ['kv/*', ['read']],
      ['kv/data/*', ['list']],
    ],
  ],
  [
    'it is beside the paths',
    [
      ['kv/metadata/*', ['read']],
      ['kv/data', ['read']],
    ],
  ],
  ['it allows something else', [['kv/data/*', ['update', 'delete']]]],
  ['it denies', [['kv/data/*', ['deny']]]],
] as const)('nothing is found where %s', (_, rules) => {
  expect(found(...rules)).toEqual([]);
});

test('one path is looked at as it is', () => {
  const list = plainList([['sys/policies/acl/*', ['update']]]);
  const one = PathPattern.of('sys/policies/acl/crm');
  expect([...allowingWithin(list, one, 'update').values()]).toEqual(['sys/policies/acl/crm']);
});

test('a root-protected path needs sudo', () => {
  const path = PathPattern.of('sys/auth/approle');
  expect(allowingWithin(plainList([['sys/*', ['update']]]), path, 'update').size).toBe(0);
  expect(allowingWithin(plainList([['sys/*', ['update', 'sudo']]]), path, 'update').size).toBe(1);
});

test('what is found is what all paths of the target say', () => {
  fc.assert(
    fc.property(policySets(['read', 'update']), patterns, (policies, text) => {
      const list = AccessList.of(
        Object.entries(policies).map(([name, blocks]) => policyOf(name, blocks)),
        DIALECTS.vault,
      );
      const pattern = PathPattern.of(text);
      // Nothing is at a path that begins with a slash.
      if (pattern.kind === 'exact' && (pattern.text === '' || pattern.text.startsWith('/'))) return;
      const expected = new Set<string>();
      for (const { witness, matched } of pathClasses([...list.rules.map((rule) => rule.pattern), pattern])) {
        if (!matched.some((one) => one.text === pattern.text)) continue;
        const { allowed, rule } = list.decide({ operation: 'read', path: witness });
        if (allowed && rule) expected.add(rule.pattern.text);
      }
      const rules = [...allowingWithin(list, pattern, 'read').keys()].map((rule) => rule.pattern.text);
      expect(rules.sort()).toEqual([...expected].sort());
    }),
    { numRuns: 300 },
  );
});

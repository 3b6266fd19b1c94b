import * as fc from 'fast-check';
import { PathPattern } from '../../policies/path-pattern';
import { type PathClass, pathClasses } from '../../policies/path-space';
import { pathsNear, patterns } from './random-access';

const of = (paths: readonly string[]) => paths.map((path) => PathPattern.of(path));
const texts = (some: readonly PathPattern[]) => some.map(({ text }) => text).sort();
const matching = (all: readonly PathPattern[], path: string) => [
  ...new Set(texts(all.filter((one) => one.matches(path)))),
];

/** A path as it arrives at a server. */
const arriving = (path: string) => path.replace(/^\/+/, '');

const sets = fc.array(patterns, { minLength: 1, maxLength: 6 });
const setsAndPaths = sets.chain((paths) =>
  pathsNear(paths, 30).map((near) => ({ paths, near: near.map(arriving).filter((path) => path !== '') })),
);

test('the witness of a class is matched by just what the class says', () => {
  fc.assert(
    fc.property(sets, (paths) => {
      const all = of(paths);
      for (const { witness, matched, bare } of pathClasses(all)) {
        expect([witness, texts(matched)]).toEqual([witness, matching(all, witness)]);
        expect(bare !== undefined).toBe(witness.endsWith('/'));
        if (bare) expect([witness, texts(bare)]).toEqual([witness, matching(all, witness.slice(0, -1))]);
      }
    }),
    { numRuns: 200 },
  );
});

test('every path is of a class, and every listing too', () => {
  let probed = 0;
  fc.assert(
    fc.property(setsAndPaths, ({ paths, near }) => {
      const all = of(paths);
      const kinds = new Set([...pathClasses(all)].map(keyOf));
      for (const path of near) {
        const matched = matching(all, path);
        const bare = path.endsWith('/') ? matching(all, path.slice(0, -1)) : undefined;
        expect({ path, isKnown: kinds.has(JSON.stringify([matched, bare])) }).toEqual({
          path,
          isKnown: true,
        });
        probed += 1;
      }
    }),
    { numRuns: 200 },
  );
  expect(probed).toBeGreaterThan(2_000);
});

test('where patterns compete, what decides in each list is what decides without the others', () => {
  fc.assert(
    fc.property(setsAndPaths, sets, ({ paths, near }, others) => {
      const lists = [of(paths), of([...others, ...paths.slice(0, 1)])];
      const all = lists.flat();
      const deciding = (matched: readonly string[]) =>
        lists.map(
          (list) =>
            list
              .filter(({ text }) => matched.includes(text))
              .sort((a, b) => a.compare(b))
              .at(-1)?.text,
        );
      const decided = ({ matched, bare }: Pick<PathClass, 'matched' | 'bare'>) =>
        JSON.stringify([deciding(texts(matched)), bare && deciding(texts(bare))]);
      const kinds = new Set([...pathClasses(all, lists)].map(decided));
      for (const path of near) {
        const known = {
          matched: of(matching(all, path)),
          ...(path.endsWith('/') && { bare: of(matching(all, path.slice(0, -1))) }),
        };
        expect({ path, isKnown: kinds.has(decided(known)) }).toEqual({ path, isKnown: true });
      }
      for (const { witness, matched, bare } of pathClasses(all, lists)) {
        expect([witness, deciding(texts(matched))]).toEqual([witness, deciding(matching(all, witness))]);
        if (!bare) continue;
        const shorter = witness.slice(0, -1);
        expect([shorter, deciding(texts(bare))]).toEqual([shorter, deciding(matching(all, shorter))]);
      }
    }),
    { numRuns: 200 },
  );
});

test('a pattern that is in no list is always named', () => {
  const all = of(['a/*', 'a/+', 'a/b*', '+/b']);
  const [open, ...listed] = all as [PathPattern, ...PathPattern[]];
  const classes = [...pathClasses(all, [listed])];
  for (const { witness, matched } of classes) {
    expect([witness, matched.includes(open)]).toEqual([witness, open.matches(witness)]);
  }
});

test('witnesses are short, and read well', () => {
  const classes = [...pathClasses(of(['apps/data/+/mail', 'apps/data/web*', 'any/*']))];
  expect(classes.find(({ matched }) => texts(matched).join() === 'apps/data/+/mail')?.witness).toBe(
    'apps/data/any/mail',
  );
  expect(classes.find(({ matched }) => texts(matched).join() === 'apps/data/web*')?.witness).toBe(
    'apps/data/webany',
  );
  // `any` is a name here, so that another stands for the others.
  expect(classes.map(({ witness }) => witness).slice(0, 3)).toEqual(['any', 'apps', 'other']);
});

test('without patterns all paths are alike', () => {
  expect([...pathClasses([])].map(({ matched }) => matched)).toEqual([[], [], []]);
});

test('a name is found for other segments whatever is named', () => {
  const taken = [
    'any',
    'other',
    'some',
    'x',
    ...Array.from({ length: 60 }, (_, i) => String.fromCharCode(0x30 + i)),
  ];
  const classes = [...pathClasses(of(taken.map((one) => `${one}*`)))];
  const free = classes.filter(({ matched }) => matched.length === 0).map(({ witness }) => witness);
  expect(free.length).toBeGreaterThan(0);
  for (const witness of free) expect(taken.some((one) => witness.startsWith(one))).toBe(false);
});

describe('patterns that overlap in many ways', () => {
  /** Each with a name in another place: 2 ** 20 ways in which they match together. */
  const diagonal = of(
    Array.from({ length: 20 }, (_, i) =>
      Array.from({ length: 20 }, (_, j) => (i === j ? `x${i}` : '+')).join('/'),
    ),
  );

  test('are few where they compete', () => {
    expect([...pathClasses(diagonal, [diagonal])].length).toBeLessThan(10_000);
  });

  test('fails where they do not, and says what to write', () => {
    const walk = () => {
      for (const _ of pathClasses(diagonal));
    };
    expect(walk).toThrow(
      "wildcards must overlap in fewer ways, got more than 1,000,000 among 20 rules; write out some of the '+'",
    );
  });
});

function keyOf({ matched, bare }: PathClass): string {
  return JSON.stringify([texts(matched), bare && texts(bare)]);
}

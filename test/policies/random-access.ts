import * as fc from 'fast-check';
import type { AnyCapability } from '../../policies/capability';
import type { PlainBlock, PlainPolicy } from './plain-policy';

/** Few and alike, so that patterns meet; some hold characters that are wildcards elsewhere, some more than a byte each. */
const SEGMENTS = ['a', 'b', 'ab', 'éé', 'xyz', 'a*', '*', '*b', '+b', 'a+', '\u{1f511}', '\uff5e'];

const segment = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('a', 'b', 'ab') },
  { weight: 4, arbitrary: fc.constant('+') },
  { weight: 2, arbitrary: fc.constantFrom(...SEGMENTS) },
  { weight: 1, arbitrary: fc.constant('') },
);

/** Paths of rules, with everything in them that a policy may say. */
export const patterns: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', '', '', '/', '//'),
    fc.array(segment, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('', '', '', '/', '*', '/*', '/*', '/a*', '//*'),
  )
  .map(([start, segments, end]) => start + segments.join('/') + end)
  // Vault refuses it.
  .filter((path) => !path.includes('+*'));

/** Of blocks: none, some, or `deny` alone or among others. */
export function capabilities(known: readonly AnyCapability[]): fc.Arbitrary<PlainBlock['capabilities']> {
  const some = fc.subarray([...known]);
  return fc.oneof(
    { weight: 4, arbitrary: some },
    { weight: 4, arbitrary: fc.subarray([...known], { minLength: known.length - 2 }) },
    { weight: 1, arbitrary: fc.constant<['deny']>(['deny']) },
    { weight: 1, arbitrary: some.map((names) => [...names, 'deny' as const]) },
  );
}

/** One to four policies by name, of which one may be `default`; a pattern often occurs in several. */
export function policySets(
  known: readonly AnyCapability[],
  pattern: fc.Arbitrary<string> = patterns,
  conditions: fc.Arbitrary<Partial<PlainBlock>> = fc.constant({}),
): fc.Arbitrary<Readonly<Record<string, PlainPolicy>>> {
  return fc.array(pattern, { minLength: 1, maxLength: 8, size: 'max' }).chain((some) => {
    const block = fc
      .tuple(
        fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...some) }, { weight: 1, arbitrary: pattern }),
        capabilities(known),
        conditions,
      )
      .map(([path, names, others]) => ({ path, capabilities: names, ...others }));
    return fc.dictionary(
      fc.constantFrom('default', 'one', 'two', 'three'),
      fc.array(block, { minLength: 1, maxLength: 6, size: 'max' }),
      { minKeys: 1, maxKeys: 4, size: 'max', noNullPrototype: true },
    );
  });
}

/** How to make a path of a pattern: what stands for the wildcards, and what is changed then. */
interface Recipe {
  readonly of: number;
  readonly fill: readonly string[];
  readonly rest: string;
  readonly change: number;
  readonly where: number;
  readonly by: string;
}

const recipe: fc.Arbitrary<Recipe> = fc.record({
  of: fc.nat(1_000),
  fill: fc.array(fc.constantFrom('a', 'b', 'ab', '', ...SEGMENTS), { minLength: 4, maxLength: 4 }),
  rest: fc.constantFrom('', 'a', 'b', '/', '/a', 'a/b', '/a/', '*', '/+'),
  change: fc.nat(changes().length - 1),
  where: fc.nat(1_000),
  by: fc.constantFrom('a', 'b', ...SEGMENTS),
});

/** Small changes of a path, on one side of a boundary or the other. */
function changes(): readonly ((segments: readonly string[], at: number, by: string) => readonly string[])[] {
  return [
    (segments) => segments,
    (segments) => segments,
    (segments) => [...segments, ''],
    (segments) => [...segments, ''],
    (segments) => (segments.at(-1) === '' ? segments.slice(0, -1) : segments),
    (segments, _, by) => [...segments, by],
    (segments, at, by) => [...segments.slice(0, at), by, ...segments.slice(at)],
    (segments, at, by) => [...segments.slice(0, at), by, ...segments.slice(at + 1)],
    (segments, at) => [...segments.slice(0, at), ...segments.slice(at + 1)],
    (segments) => segments.map((one, i) => (i === segments.length - 1 ? `${one}b` : one)),
    (segments) =>
      segments.map((one, i) => (i === segments.length - 1 ? [...one].slice(0, -1).join('') : one)),
    (segments) => ['', ...segments],
  ];
}

/** Paths near the patterns, where rules begin and end to match. */
export function pathsNear(of: readonly string[], count: number): fc.Arbitrary<readonly string[]> {
  return fc
    .array(recipe, { minLength: count, maxLength: count })
    .map((recipes) => [...new Set(recipes.map((one) => pathOf(of, one)))].filter((path) => path !== ''));
}

function pathOf(of: readonly string[], { of: which, fill, rest, change, where, by }: Recipe): string {
  const pattern = of[which % of.length] as string;
  let filled = 0;
  const stem = pattern.endsWith('*') && rest !== '*' ? `${pattern.slice(0, -1)}${rest}` : pattern;
  const segments = stem
    .split('/')
    .map((one) => (one === '+' ? (fill[filled++ % fill.length] as string) : one));
  const changed = changes()[change]?.(segments, where % (segments.length || 1), by) ?? segments;
  return changed.join('/');
}

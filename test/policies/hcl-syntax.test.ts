import { loadPolicyParser, parseSyntax } from '../../policies/hcl-syntax';

test('fails before the grammar is loaded, and works from then on', async () => {
  expect(() => parseSyntax('a = 1', 'a.hcl')).toThrow('loadPolicyParser() must end before policies are read');
  const [first, second] = [loadPolicyParser(), loadPolicyParser()];
  await first;
  expect(second).toBe(first);
  const root = parseSyntax('# c\n a = 1', 'a.hcl');
  expect(root.children.map(({ type, place }) => [type, place])).toEqual([
    ['comment', { file: 'a.hcl', line: 1, column: 1 }],
    ['body', { file: 'a.hcl', line: 2, column: 2 }],
  ]);
});

test.each([
  ['lists', '[', ']'],
  ['objects', '{ a = ', ' }'],
])('%s may be 100 deep in each other, and not as deep as one likes', async (_, open, close) => {
  await loadPolicyParser();
  const nested = (levels: number) => `a = ${open.repeat(levels)}1${close.repeat(levels)}`;
  expect(parseSyntax(nested(100), 'a.hcl').children).toHaveLength(1);
  for (const levels of [300, 100_000]) {
    expect(() => parseSyntax(nested(levels), 'a.hcl')).toThrow(
      /^a.hcl:1:\d+: a policy must not be nested so deep/,
    );
  }
});

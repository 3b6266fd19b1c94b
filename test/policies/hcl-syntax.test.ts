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

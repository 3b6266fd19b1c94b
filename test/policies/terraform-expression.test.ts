import { type Expression, parseTemplate } from '../../policies/terraform-expression';

const value = (of: string | number | boolean | null): Expression => ({ kind: 'value', value: of });
const variable = (name: string): Expression => ({ kind: 'variable', name });
const dot = (name: string) => ({ kind: 'attribute', name }) as const;

test.each<[string, Expression]>([
  ['', value('')],
  ['a "quoted" \\n text', value('a "quoted" \\n text')],
  ['$${a} %%{b} $ {c}', value('${a} %{b} $ {c}')],
  ['${1.5e3}', value(1500)],
  ['${-2}', value(-2)],
  ['${true}', value(true)],
  ['${ null }', value(null)],
  ['${"a\\"\\n\\u00e4\\U0001F600$${b}"}', value('a"\nä😀${b}')],
  ['${each.key}', { kind: 'access', of: variable('each'), steps: [dot('key')] }],
  [
    '${data.terraform_remote_state.cross-stack-reference-input-a.outputs.b}',
    {
      kind: 'access',
      of: variable('data'),
      steps: [dot('terraform_remote_state'), dot('cross-stack-reference-input-a'), dot('outputs'), dot('b')],
    },
  ],
  [
    '${a.b[0]["c"].1[*]}',
    {
      kind: 'access',
      of: variable('a'),
      steps: [
        dot('b'),
        { kind: 'index', index: value(0) },
        { kind: 'index', index: value('c') },
        { kind: 'index', index: value(1) },
        { kind: 'splat' },
      ],
    },
  ],
  [
    'a-${b}${(1)}',
    {
      kind: 'template',
      parts: ['a-', { of: variable('b'), written: 'b' }, { of: value(1), written: '(1)' }],
    },
  ],
  [
    '${f([1, "x",], { a = 1\n"b" : 2, (c) = 3 })}',
    {
      kind: 'call',
      name: 'f',
      args: [
        { kind: 'list', items: [value(1), value('x')] },
        {
          kind: 'object',
          entries: [
            [value('a'), value(1)],
            [value('b'), value(2)],
            [variable('c'), value(3)],
          ],
        },
      ],
    },
  ],
])('%j is read', (text, expected) => {
  expect(parseTemplate(text)).toEqual(expected);
});

test.each([
  ['${'],
  ['${a'],
  ['${a b}'],
  ['${}'],
  ['${a ? b : c}'],
  ['${1 + 2}'],
  ['${!a}'],
  ['${[for a in b : a]}'],
  ['${{ for a in b : a => a }}'],
  ['${"a}'],
  ['${"\\q"}'],
  ['${"\\U99999999"}'],
  ['${a.}'],
  ['${f(a b)}'],
  ['${<<EOT\na\nEOT\n}'],
  ['%{ if a }b%{ endif }'],
  ['${~ a ~}'],
])('fails to read %j, and says so', (text) => {
  expect(parseTemplate(text)).toEqual({ kind: 'unread' });
});

test('fails to read what is nested too deeply, and says so', () => {
  const nested = (depth: number) => parseTemplate(`\${${'['.repeat(depth)}${']'.repeat(depth)}}`).kind;
  expect(nested(99)).toBe('list');
  expect(nested(20_000)).toBe('unread');
});

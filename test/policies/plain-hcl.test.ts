import * as fc from 'fast-check';
import { readByGrammar } from '../../policies/hcl-document';
import { readPlainHcl } from '../../policies/plain-hcl';
import { loadPolicyParser } from '../../policies/policy-text';
import { readTexts } from './recorded-policy-texts';

beforeAll(() => loadPolicyParser());

const PLAIN = `# mail may read its password
# and nothing else
path "apps/data/mail" {
  capabilities = ["read"]
}

## folders
path "apps/metadata/+/{{identity.entity.name}}/*" {
  capabilities = ["list", "read"]
}
path "a#b'c" {
  capabilities = ["deny"]
}
`;

test('reads what is written like most policies as the grammar does, with every place and comment', () => {
  const entries = readPlainHcl(PLAIN, 'mail.hcl');
  expect(entries).toStrictEqual(readByGrammar(PLAIN, 'mail.hcl'));
  expect(entries?.map(({ place, comment }) => [place.line, comment])).toEqual([
    [3, 'mail may read its password\nand nothing else'],
    [8, 'folders'],
    [11, undefined],
  ]);
});

test.each([
  ['nothing', ''],
  ['a comment alone', '# c\n'],
  ['another key', 'name = "a"\n'],
  ['another blank', 'path  "a" {\n  capabilities = ["read"]\n}\n'],
  ['another indent', 'path "a" {\n capabilities = ["read"]\n}\n'],
  ['an escape', 'path "\\u0061" {\n  capabilities = ["read"]\n}\n'],
  ['a template of Terraform', `path "\${a}" {\n  capabilities = ["read"]\n}\n`],
  ['a letter that is not of ASCII', 'path "é" {\n  capabilities = ["read"]\n}\n'],
  ['a tab in a comment', '#\tc\npath "a" {\n  capabilities = ["read"]\n}\n'],
  ['a comment after a line', 'path "a" {\n  capabilities = ["read"] # c\n}\n'],
  ['a comment of several lines', '/* c */\npath "a" {\n  capabilities = ["read"]\n}\n'],
  ['a second attribute', 'path "a" {\n  capabilities = ["read"]\n  comment = "c"\n}\n'],
  ['a comma at the end', 'path "a" {\n  capabilities = ["read",]\n}\n'],
  ['no end', 'path "a" {\n  capabilities = ["read"]\n'],
  ['something after the end', 'path "a" {\n  capabilities = ["read"]\n}}\n'],
  ['a text of several lines', 'path "a" {\n  capabilities = ["read"]\n}\nname = <<A\n# c\nA\n'],
])('leaves a text with %s to the grammar', (_, text) => {
  expect(readPlainHcl(text, 'a.hcl')).toBeUndefined();
});

const line = fc.oneof(
  { weight: 6, arbitrary: fc.constant('path "a/b" {\n  capabilities = ["read", "list"]\n}') },
  { weight: 3, arbitrary: fc.string({ maxLength: 6 }).map((text) => `# ${text}`) },
  {
    weight: 3,
    arbitrary: fc.string({ maxLength: 6 }).map((text) => `path "${text}" {\n  capabilities = ["read"]\n}`),
  },
  { weight: 2, arbitrary: fc.constantFrom('', '#', '##', '# /*', '# */', '#"', '# <<A') },
  { weight: 1, arbitrary: fc.constantFrom('}', '/*', '*/', '<<A', 'A', ' ', '//', 'path "a" {') },
);

test('never reads anything otherwise than the grammar', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
      const text = lines.join('\n');
      const entries = readPlainHcl(text, 'a.hcl');
      if (entries === undefined) return;
      read += 1;
      expect(entries).toStrictEqual(readByGrammar(text, 'a.hcl'));
    }),
    { numRuns: 3000 },
  );
  expect(read).toBeGreaterThan(500);
});

test('takes no text that the grammar refuses, of those that a real server was asked about', () => {
  for (const { text } of readTexts()) {
    const entries = readPlainHcl(text, 'a.hcl');
    if (entries) expect(entries).toStrictEqual(readByGrammar(text, 'a.hcl'));
  }
  expect(readTexts().length).toBeGreaterThan(100);
});

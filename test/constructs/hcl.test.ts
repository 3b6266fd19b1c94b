import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Token } from 'cdktf';
import * as fc from 'fast-check';
import { hclString, literalText } from '../../constructs/hcl';

test.each([
  ['plain', '"plain"'],
  ['', '""'],
  ['say "hi"', '"say \\"hi\\""'],
  ['a\\b', '"a\\\\b"'],
  ['a\nb\tc', '"a\\nb\\tc"'],
  ['\b\f\\b', '"\\u0008\\u000c\\\\b"'],
  ['${var.x}', '"$${var.x}"'],
  ['$${var.x}', '"$$${var.x}"'],
  ['%{if true}', '"%%{if true}"'],
  ['$ { % {', '"$ { % {"'],
])('%j in an expression is %s', (text, expected) => {
  expect(hclString(text)).toBe(expected);
});

test.each([
  ['plain', 'plain'],
  ['echo ${HOME}', 'echo $${HOME}'],
  ['%{a} %{b}', '%%{a} %%{b}'],
  ['$(id) $HOME', '$(id) $HOME'],
])('%j in an attribute is %j', (text, expected) => {
  expect(literalText(text)).toBe(expected);
});

test('a reference in an attribute stays what it is', () => {
  const reference = Token.asString({ resolve: () => 'x' });
  expect(literalText(`TOKEN=${reference}`)).toBe(`TOKEN=${reference}`);
});

/** Terraform normalizes Unicode, which is no matter of quoting. */
const samples = fc
  .sample(
    fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '${',
            '%{',
            '$',
            '%',
            '{',
            '}',
            '"',
            '\\',
            '\n',
            '\r',
            '\t',
            '\b',
            '\f',
            '\v',
            '\u0001',
            '${x}',
          ),
          fc.string({ unit: 'binary', maxLength: 4 }),
        ),
        { maxLength: 8 },
      )
      .map((pieces) => pieces.join('').normalize('NFC')),
    { numRuns: 300, seed: 3 },
  )
  .filter((text) => !text.includes('\u0000'));

const found = spawnSync('terraform', ['version']).status === 0;
(found ? test : test.skip)(
  `Terraform itself reads every text back as it was${found ? '' : ' (skipped: terraform is not on the PATH)'}`,
  () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hcl-'));
    try {
      const attributes = samples.map(literalText);
      const expressions = samples.map((text) => `\${${hclString(text)}}`);
      fs.writeFileSync(
        path.join(folder, 'main.tf.json'),
        JSON.stringify({ locals: { attributes, expressions } }),
      );
      for (const local of ['attributes', 'expressions']) {
        const { stdout, stderr } = spawnSync('terraform', ['console'], {
          cwd: folder,
          encoding: 'utf8',
          input: `base64encode(jsonencode(local.${local}))\n`,
          maxBuffer: 2 ** 24,
        });
        const [, encoded = ''] = /"([A-Za-z0-9+/=]+)"/.exec(stdout) ?? [];
        expect([stderr.includes('Error'), encoded !== '']).toEqual([false, true]);
        expect(JSON.parse(Buffer.from(encoded, 'base64').toString())).toEqual(samples);
      }
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  },
  30_000,
);

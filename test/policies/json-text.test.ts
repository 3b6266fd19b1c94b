import * as fc from 'fast-check';
import { brokenJsonPlace } from '../../policies/json-text';

test.each([
  ['', 1, 1, true],
  ['{', 1, 2, true],
  ['{\n  "a": [1, 2', 2, 13, true],
  ['{\n  "a": "b', 2, 10, true],
  ['{"a": tru', 1, 7, false],
  ['{"a" 1}', 1, 6, false],
  ['{"a": 1,}', 1, 9, false],
  ['{"a": 1}}', 1, 9, false],
  ['[1 2]', 1, 4, false],
  ['{"a": x}', 1, 7, false],
  ['{\n"a": "\\q"}', 2, 7, false],
  ['["a\nb"]', 1, 4, false],
  ['{}\n<<<<<<< HEAD\n', 2, 1, false],
])('%j goes wrong in line %d, column %d', (text, line, column, isCutOff) => {
  expect(brokenJsonPlace(text)).toEqual({ line, column, isCutOff });
});

test('the place of a text that was cut off is its end, or where a word or number is broken', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (json, n) => {
      const cut = json.slice(0, n % json.length);
      try {
        JSON.parse(cut);
      } catch {
        const { line, column } = brokenJsonPlace(cut);
        const rest = cut.split('\n')[line - 1]?.slice(column - 1) ?? '';
        expect(rest).toMatch(/^([a-z]*|-?[\d.eE+-]*|\\u?[0-9a-fA-F]*)$/);
      }
    }),
  );
});

test('a text that is whole goes wrong at its end alone', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(brokenJsonPlace(json)).toMatchObject({ column: json.length + 1 });
    }),
  );
});

test('a text that is nested as deep as one likes is no problem', () => {
  expect(brokenJsonPlace('['.repeat(1_000_000))).toMatchObject({ column: 1_000_001, isCutOff: true });
});

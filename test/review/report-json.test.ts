import { findingsJson } from '../../review/report-json';
import { REVIEW } from './made-review';

test('everything is there, with a version', () => {
  expect(JSON.parse(findingsJson(REVIEW))).toEqual(JSON.parse(JSON.stringify({ version: 1, ...REVIEW })));
});

test('it ends with a line', () => {
  expect(findingsJson(REVIEW)).toMatch(/^\{\n {2}"version": 1,[\s\S]*\}\n$/);
});

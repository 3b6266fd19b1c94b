import { SynthError } from '../../access/synth-error';
import { OperationError } from '../../operations/operation-error';
import { readableError } from '../../operations/readable-error';
import { OverlapError } from '../../policies/path-space';

const LONG = `'${'x'.repeat(5000)}'`;

test.each([
  ['stacks', new SynthError(`'policy' must be HCL, got ${LONG}`), 2],
  ['policies that overlap too much', new OverlapError(`'policies' must be fewer, got ${LONG}`), 2],
  ['arguments', new OperationError([`'--base' must be a revision, got ${LONG}`], 2), 2],
  ['a failure', new OperationError([`'git' must be there, got ${LONG}`]), 1],
])('what is wrong with %s is told with as much as can be read, and its exit code', (_, error, exitCode) => {
  const readable = readableError(error) as OperationError;
  expect(readable).toBeInstanceOf(OperationError);
  expect(readable.exitCode).toBe(exitCode);
  expect(readable.problems).toHaveLength(1);
  expect(readable.problems[0]?.length).toBeLessThan(1000);
});

test('what nobody foresaw stays as it is', () => {
  const error = new TypeError('x');
  expect(readableError(error)).toBe(error);
});

test('no token of a policy is quoted', () => {
  const error = new SynthError("'capabilities' must be known, got 'hvs.madeupmadeupmadeup'");
  expect((readableError(error) as OperationError).problems).toEqual([
    "'capabilities' must be known, got '(sensitive value)'",
  ]);
});

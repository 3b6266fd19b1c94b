import { SynthError } from '../../../access/synth-error';
import { PlanError } from '../../../review/plan/plan-error';

test('names the stack in one line, and is bad input like that of a synth', () => {
  const error = new PlanError('shop\u001b[31m', `'a' must be a list, got '${'x'.repeat(500)}'`);
  expect(error).toBeInstanceOf(SynthError);
  expect(error.name).toBe('PlanError');
  expect(error.message).toBe(`plan of 'shop [31m': 'a' must be a list, got '${'x'.repeat(100)}…'`);
});

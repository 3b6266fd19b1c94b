import { Token } from 'cdktf';
import { ref } from 'cdktf/lib/tfExpression';
import { forgetCreationStacks } from '../../stacks/creation-stacks';

afterEach(() => {
  delete process.env.DEBUG;
});

test('tokens note where they were made when DEBUG is set, and forget it otherwise', () => {
  process.env.DEBUG = '1';
  forgetCreationStacks();
  expect(ref('var.a').creationStack.join()).toContain('creation-stacks.test.ts');

  delete process.env.DEBUG;
  forgetCreationStacks();
  expect(ref('var.a').creationStack).toEqual([]);
  expect(Token.isUnresolved(Token.asString(ref('var.a')))).toBe(true);
});

import { terraformProblem } from '../../operations/terraform';
import { FakeMachine } from './fakes';

const withVersion = (version: string) =>
  new FakeMachine({ 'terraform version': { stdout: JSON.stringify({ terraform_version: version }) } });

test.each(['1.11.0', '1.11.4', '1.12.0-beta1', '2.0.0'])('takes version %s', async (version) => {
  expect(await terraformProblem(withVersion(version))).toBeUndefined();
});

test.each(['0.15.5', '1.9.8', '1.10.5'])('fails with version %s', async (version) => {
  expect(await terraformProblem(withVersion(version))).toBe(
    `'terraform' must be Terraform 1.11 or newer, got version ${version}; install Terraform 1.11 or newer, or set TERRAFORM_BINARY_NAME`,
  );
});

test('fails without the program', async () => {
  expect(await terraformProblem(new FakeMachine({}))).toContain(
    'got no such program; install Terraform 1.11',
  );
});

test('fails with a program that is something else', async () => {
  expect(await terraformProblem(new FakeMachine({ 'terraform version': { stdout: 'hello' } }))).toContain(
    'got version unknown',
  );
});

test('asks the program that cdktf calls', async () => {
  const answers = { 'tofu version': { stdout: '{"terraform_version":"1.11.0"}' } };
  expect(await terraformProblem(new FakeMachine(answers, { TERRAFORM_BINARY_NAME: 'tofu' }))).toBeUndefined();
});

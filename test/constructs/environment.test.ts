import { Environment } from '../../constructs/environment';
import { StateBackend } from '../../constructs/state-backend';

const state = StateBackend.pg();

test('development allows conveniences, and all its platforms share one host', () => {
  const environment = Environment.development();
  expect(environment).toMatchObject({ name: 'development', isDevelopment: true, host: 'development' });
  expect(environment.state.type).toBe('local');
});

test.each([
  [Environment.staging({ state }), 'staging'],
  [Environment.production({ state }), 'production'],
])('%# allows none, and has its state where it is told', (environment, name) => {
  expect(environment).toMatchObject({ name, isDevelopment: false, host: name });
  expect(environment.state).toBe(state);
});

test('what holds data is protected outside development, until somebody says otherwise', () => {
  const staging = Environment.staging({ state });
  expect(staging.protection).toEqual({ preventDestroy: true });
  expect(Environment.production({ state }).protection).toEqual({ preventDestroy: true });
  expect(Environment.development().protection).toBeUndefined();

  const open = staging.withoutProtection();
  expect(open.protection).toBeUndefined();
  expect(open).toMatchObject({ name: 'staging', isDevelopment: false, host: 'staging', state });
  expect(staging.protection).toEqual({ preventDestroy: true });
});

test('fails to compile: staging and production without a state that is shared', () => {
  // @ts-expect-error: a state is needed
  expect(() => Environment.staging()).toThrow(TypeError);
  // @ts-expect-error: a state is needed
  expect(Environment.production({}).state).toBeUndefined();
});

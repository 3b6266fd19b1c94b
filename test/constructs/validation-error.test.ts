import { declaredTwice, requireName, ValidationError } from '../../constructs/validation-error';
import { testApp, testPlatform } from '../helper';

const platform = testPlatform();

test('the message begins with the path of the construct', () => {
  const error = new ValidationError(platform, "'name' must be short, got 'long'; shorten it");
  expect([error.name, error.message]).toEqual([
    'ValidationError',
    "[shop-development] 'name' must be short, got 'long'; shorten it",
  ]);
});

test('the app itself has a name too', () => {
  expect(new ValidationError(testApp(), 'x').message).toBe('[app] x');
});

test('a second declaration names the first', () => {
  expect(declaredTwice(platform, 'name', 'x', platform.vault, 'rename it').message).toBe(
    "[shop-development] 'name' must be unique, got 'x', which 'shop-development-vault/server' already declares; rename it",
  );
});

test('fails on a name that breaks its rule, with rule, value and remedy', () => {
  const rule = (name: string) =>
    name === 'ok' ? undefined : { rule: 'must be ok', remedy: "write it as 'ok'" };
  expect(() => requireName(platform, 'name', 'ok', rule)).not.toThrow();
  expect(() => requireName(platform, 'name', 'bad', rule)).toThrow(
    new Error("[shop-development] 'name' must be ok, got 'bad'; write it as 'ok'"),
  );
});

import { didYouMean, nearestName } from '../../policies/nearest-name';

const KNOWN = ['bizosaas-development', 'bizosaas-staging', 'shop-development', 'zakupai-staging'];

test.each([
  ['bizosas-staging', 'bizosaas-staging'],
  ['bizosaas-stagnig', 'bizosaas-staging'],
  ['bizosaas_staging', 'bizosaas-staging'],
  ['zakupai-stag', 'zakupai-staging'],
  ['shop', 'shop-development'],
  ['bizosaas-dev', 'bizosaas-development'],
  ['zakupai-staging-x12', undefined],
  ['zakupai-staging-x1', 'zakupai-staging'],
  ['bizosaas', undefined],
  ['shop-production', undefined],
  ['--auto-approve', undefined],
])('with %s somebody means %s', (name, meant) => {
  expect(nearestName(name, KNOWN)).toBe(meant);
});

test.each([
  ['sudo', ['scan', 'read', 'list'], undefined],
  ['xml', ['html', 'text', 'json'], undefined],
  ['jsn', ['html', 'text', 'json'], 'json'],
  ['raed', ['create', 'read', 'delete'], 'read'],
  ['hmtl', ['html', 'text', 'json'], 'html'],
  ['reed', ['create', 'read', 'delete'], 'read'],
  ['raedd', ['create', 'read', 'delete'], 'read'],
  ['raex', ['create', 'read', 'delete'], undefined],
  ['upadte', ['create', 'update', 'delete'], 'update'],
  ['x', ['a', 'b'], undefined],
  ['', ['a', 'b'], undefined],
])('about a third of the letters of %j may be wrong: %j has %j', (name, known, meant) => {
  expect(nearestName(name, known)).toBe(meant);
});

test('of two that are near the nearer one is meant', () => {
  expect(nearestName('shop-a1c', ['shop-a12', 'shop-a1cd', 'shop-xyz'])).toBe('shop-a1cd');
  expect(nearestName('shpo-a12', ['shop-b22', 'shop-a12'])).toBe('shop-a12');
});

test('the remedy is the name that was meant, or another one where none is near', () => {
  expect(didYouMean('shpo-development', KNOWN, 'name one')).toBe("did you mean 'shop-development'?");
  expect(didYouMean('bakery', KNOWN, 'name one')).toBe('name one');
});

import { holderName, refuseSameHolder } from '../../operations/holders';

test.each([
  ['keys/alice.asc', 'alice'],
  ['Bob Example.gpg', 'Bob-Example'],
  ['age1qqqqqqqqqqqqqqq', 'age1qqqqqqqqqqqqqqq'],
  ['/.asc', 'asc'],
  ['../..', 'holder'],
  ['§', 'holder'],
  [`${'a'.repeat(60)}.asc`, 'a'.repeat(40)],
])('a share of %s is called %s', (source, name) => {
  expect(holderName(source)).toBe(name);
});

test('fails with a holder who would have two shares', () => {
  expect(() => refuseSameHolder('pgp-key', ['A', 'B', 'A'])).toThrow(
    "'--pgp-key' must name each holder once, got A twice; give every holder a key of their own",
  );
  expect(() => refuseSameHolder('pgp-key', ['A', 'B'])).not.toThrow();
});

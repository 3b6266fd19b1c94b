import { KnownSecrets } from '../../../review/masking/known-secrets';
import { Masking, withoutPlaceholders } from '../../../review/masking/masking';

const masking = (): Masking => new Masking(KnownSecrets.none());

test('a secret is compared with those of its name before', () => {
  const of = masking();
  expect([of.hide('a', '1'), of.hide('a', '2'), of.hide('b', '3')]).toEqual(
    Array(3).fill('(sensitive value)'),
  );
  of.after();
  expect(of.hide('a', '2')).toBe('(sensitive value)');
  expect(of.hide('a', '3')).toBe('(sensitive value, changed)');
  expect(of.hide('c', '3')).toBe('(sensitive value)');
  expect(of.hidden).toBe(6);
});

test('marks can be taken away', () => {
  expect(withoutPlaceholders('a (sensitive value) b (sensitive value, changed)')).toBe('a  b ');
});

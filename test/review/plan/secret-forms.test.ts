import { KnownSecrets } from '../../../review/plan/known-secrets';
import { Masking } from '../../../review/plan/masking';
import { withoutFlags, withoutForms } from '../../../review/plan/secret-forms';
import { planOf } from './changed-plan';

const masking = (): Masking => new Masking(KnownSecrets.of(planOf([])));

// What they hide is in the table of masked-text.
test('words that are no secrets stay', () => {
  const line = 'psql --password --port 5432 -u shop <host>db</host> password policy';
  expect(withoutFlags(line, masking())).toBe(line);
});

test('a mark that stands there already stays', () => {
  const line = 'postgres://shop:(sensitive value)@db requirepass (sensitive value)';
  expect(withoutFlags(withoutForms(line, masking()), masking())).toBe(line);
});

test('two addresses in one line are both without their passwords', () => {
  expect(withoutForms('a://b:made-up@c d://e:made-up@f', masking())).toBe(
    'a://b:(sensitive value)@c d://e:(sensitive value)@f',
  );
});

import { isSameValue, mountOfAccessor, mountPath } from '../../access/auth-mounts';
import { StackValues } from '../../policies/terraform-values';

const VALUES = new StackValues({
  resource: {
    vault_auth_backend: {
      approle: { type: 'approle' },
      deep: { type: 'jwt', path: 'auth/team/jwt/' },
      late: { type: 'jwt', path: '${var.path}' },
    },
  },
  data: { vault_auth_backend: { there: { path: 'people' } } },
});

test.each([
  ['approle', 'approle'],
  ['approle/', 'approle'],
  ['/auth/team/jwt/', 'team/jwt'],
])('the mount %s is %s', (path, expected) => {
  expect(mountPath(path)).toBe(expected);
});

test.each([
  ['${vault_auth_backend.approle.accessor}', 'approle'],
  ['${vault_auth_backend.deep.accessor}', 'team/jwt'],
  ['${data.vault_auth_backend.there.accessor}', 'people'],
  ['${vault_auth_backend.approle.uuid}', undefined],
  ['${vault_auth_backend.late.accessor}', undefined],
  ['${var.accessor}', undefined],
  ['auth_approle_1234', undefined],
])('the accessor %s is of %s', (accessor, expected) => {
  expect(mountOfAccessor(VALUES.evaluate(accessor))).toBe(expected);
});

test.each([
  ['a', 'a', true],
  ['a', 'b', false],
  ['${vault_auth_backend.approle.accessor}', '${vault_auth_backend.approle.accessor}', true],
  ['${vault_auth_backend.approle.accessor}', '${vault_auth_backend.deep.accessor}', false],
  ['${vault_auth_backend.approle.accessor}', '${vault_auth_backend.approle.uuid}', false],
  ['${vault_auth_backend.approle.accessor}', 'a', false],
  ['${var.a}', '${var.a}', false],
])('that %s and %s will be the same is %p', (a, b, expected) => {
  expect(isSameValue(VALUES.evaluate(a), VALUES.evaluate(b))).toBe(expected);
});

import type { Attributes } from '../../policies/terraform-json';
import { loginRolesOf, secondsOf } from '../../review/login-roles';
import { reviewedStacks } from '../../review/reviewed-environment';

function secondsOfToken(role: Attributes, more: object = {}): number | undefined {
  const vault_jwt_auth_backend_role = { ci: { role_name: 'ci', ...role } };
  const stack = { resource: { vault_jwt_auth_backend_role, ...more } };
  const [found] = loginRolesOf(reviewedStacks(new Map([['shop-production', stack]])));
  return found?.tokenSeconds;
}

test.each([
  [{ token_ttl: 60 }, 60],
  [{ token_ttl: 60, token_period: 30 }, 30],
  [{ token_ttl: 60, token_max_ttl: 40 }, 40],
  [{ token_period: 60, token_explicit_max_ttl: 50 }, 50],
  [{ token_max_ttl: 40 }, 40],
  [{}, 768 * 3600],
  [{ token_ttl: '${var.ttl}' }, undefined],
])('tokens of %j live for %p seconds', (role, seconds) => {
  expect(secondsOfToken(role)).toBe(seconds);
});

test('those of a method are of the method that is mounted there', () => {
  const vault_jwt_auth_backend = { ci: { path: 'ci', tune: [{ default_lease_ttl: '2h' }] } };
  expect(secondsOfToken({ backend: 'ci' }, { vault_jwt_auth_backend })).toBe(7200);
  expect(secondsOfToken({ backend: '${vault_jwt_auth_backend.ci.path}' }, { vault_jwt_auth_backend })).toBe(
    7200,
  );
  expect(secondsOfToken({ backend: 'other' }, { vault_jwt_auth_backend })).toBe(768 * 3600);
});

test('a role of something else than an auth method is none', () => {
  const vault_pki_secret_backend_role = { web: { backend: 'pki', name: 'web' } };
  const stack = { resource: { vault_pki_secret_backend_role } };
  const environment = reviewedStacks(new Map([['shop-production', stack]]));
  expect(loginRolesOf(environment)).toEqual([]);
  const [role] = environment.blocks;
  expect(role && secondsOf(role, 'max_ttl')).toBe(0);
});

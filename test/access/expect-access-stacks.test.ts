import { ApproleAuthBackendRole } from '@cdktf/provider-vault/lib/approle-auth-backend-role';
import { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import { IdentityEntity } from '@cdktf/provider-vault/lib/identity-entity';
import { IdentityEntityAlias } from '@cdktf/provider-vault/lib/identity-entity-alias';
import { KvSecretV2 } from '@cdktf/provider-vault/lib/kv-secret-v2';
import { Mount } from '@cdktf/provider-vault/lib/mount';
import { Policy } from '@cdktf/provider-vault/lib/policy';
import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import { Token } from '@cdktf/provider-vault/lib/token';
import { type App, TerraformStack, TerraformVariable } from 'cdktf';
import { expectAccess } from '../../access/expect-access';
import { PRODUCTION, testApp, testPlatform } from '../helper';
import { otherProject } from './other-project';
import { failure } from './statements';

/** A project that knows nothing of the constructs here. */
class Shop extends TerraformStack {
  public constructor(app: App, id = 'shop-production', roles: Readonly<Record<string, string[]>> = {}) {
    super(app, id);
    new VaultProvider(this, 'vault', { address: 'https://vault.example:8200' });
    const apps = new Mount(this, 'apps', { path: 'apps', type: 'kv-v2' });
    new KvSecretV2(this, 'database', {
      mount: apps.path,
      name: 'database',
      dataJson: '{}',
    });
    const text = (path: string) => `path "${path}" {\n  capabilities = ["read"]\n}\n`;
    new Policy(this, 'web', {
      name: 'shop-web',
      policy: text('apps/data/database'),
    });
    new Policy(this, 'spare', {
      name: 'shop-spare',
      policy: text('apps/data/spare'),
    });
    const { variable } = {
      variable: new TerraformVariable(this, 'folder', {}),
    };
    new Policy(this, 'open', {
      name: 'shop-open',
      policy: text(`apps/data/${variable.value}/a`),
    });
    for (const [roleName, tokenPolicies] of Object.entries({
      'shop-web': ['shop-web'],
      ...roles,
    })) {
      new ApproleAuthBackendRole(this, `role-${roleName}`, {
        roleName,
        tokenPolicies,
      });
    }
  }
}

const shop = (roles?: Readonly<Record<string, string[]>>) =>
  expectAccess(new Shop(testApp(), undefined, roles));
const apps = { path: 'apps' };

test("a stack of the provider's own classes can be asked", () => {
  shop()
    .identity('shop-web')
    .can('read', { mount: apps, path: 'database' })
    .cannot('read', 'apps/data/spare')
    .cannotReachAnythingElse();
});

test('whoever gets a token, and every policy that nobody has, is an identity', () => {
  const access = shop();
  expect(access.identities).toEqual(['open', 'spare', 'web']);
  access.identity('spare').can('read', 'apps/data/spare').cannotReachAnythingElse();
  access.identity('shop-spare').cannot('read', 'apps/data/database');
});

test('what several stacks declare is put together', () => {
  const app = testApp();
  otherProject(app);
  const [secrets, people, teams] = app.node.children as TerraformStack[] as [
    TerraformStack,
    TerraformStack,
    TerraformStack,
  ];
  const access = expectAccess([secrets, people]);
  // By its role, and by a group that its entity is in. Its own rule outranks what the group gives.
  access
    .identity('web')
    .can('read', { mount: apps, path: 'database' }, { wrapTtl: 30 })
    .cannot('read', { mount: apps, path: 'database' }, {})
    .can('list', { mount: apps, pattern: '*' })
    .can('write', { mount: apps, path: 'mail/smtp' })
    .cannot('write', { mount: apps, path: 'database' });
  // By the entity, with its name in the path.
  access
    .identity('ada')
    .can('read', { mount: apps, pattern: 'people/ada/*' })
    .cannot('read', { mount: apps, pattern: 'people/other/*' })
    .can('write', { mount: apps, pattern: 'people/other/*' });
  expectAccess(teams).identity('team-red').can('read', 'teams/data/red/*').cannotReachAnythingElse();
});

test('a secret and a tree of a platform can be named as they are', () => {
  const platform = testPlatform(testApp(), { environment: PRODUCTION });
  const kv = platform.addMount('shop');
  const database = kv.addSecret('database', { host: 'db' });
  const orders = kv.tree('orders');
  platform.addPolicy('clerk', { reads: [database], writes: [orders] });
  expectAccess(platform.stacks)
    .identity('clerk')
    .can('read', database)
    .can('write', orders)
    .cannot('read', orders)
    .cannotReachAnythingElse();
});

test("an entity's own paths, which every token of it may read, do not count", () => {
  const stack = new Shop(testApp());
  const { roleId } = stack.node.findChild('role-shop-web') as ApproleAuthBackendRole;
  const entity = new IdentityEntity(stack, 'entity', { name: 'web' });
  new IdentityEntityAlias(stack, 'alias', {
    name: roleId,
    mountAccessor: new AuthBackend(stack, 'approle', { type: 'approle' }).accessor,
    canonicalId: entity.id,
  });
  const access = expectAccess(stack);
  access.identity('web').can('read', 'identity/entity/name/web').cannot('read', 'identity/entity/name/other');
  access.identity('web').can('read', 'apps/data/database').cannotReachAnythingElse();
});

describe('fails', () => {
  test('on an identity that is not declared, and asks for what may be meant', () => {
    expect(failure(() => shop().identity('wbe'))).toMatchInlineSnapshot(
      `"'identity' must be declared in shop-production, got 'wbe'; did you mean 'web'?"`,
    );
    expect(failure(() => shop().identity('something-else'))).toMatchInlineSnapshot(
      `"'identity' must be declared in shop-production, got 'something-else'; there are open, spare, web"`,
    );
    expect(() => shop().identity('default')).toThrow("'identity' must be declared");
  });

  test('on a name that several have', () => {
    const stack = new Shop(testApp());
    new ApproleAuthBackendRole(stack, 'other', {
      backend: 'machines',
      roleName: 'shop-web',
      tokenPolicies: ['shop-spare'],
    });
    const access = expectAccess(stack);
    expect(failure(() => access.identity('shop-web'))).toMatchInlineSnapshot(
      `"'identity' must be one of shop-production, got 'shop-web', which 2 are called; name one of 'shop-web@approle' (vault_approle_auth_backend_role.role-shop-web), 'shop-web@machines' (vault_approle_auth_backend_role.other)"`,
    );
    access.identity('shop-web@machines').cannot('read', 'apps/data/database');
    access.identity('shop-web@approle').can('read', 'apps/data/database');
  });

  test('on two stacks of the same name, of which one would be lost', () => {
    const both = [new Shop(testApp()), new Shop(testApp(), undefined, { extra: ['shop-spare'] })];
    expect(failure(() => expectAccess(both))).toMatchInlineSnapshot(
      `"'stacks' must have names of their own, got two called 'shop-production'; give those of one environment"`,
    );
    const [one] = both as [Shop];
    expectAccess([one, one]).identity('web').can('read', 'apps/data/database');
  });

  test('on no stack, and on one that declares nothing of Vault', () => {
    expect(() => expectAccess([])).toThrow("'stacks' must be of one server, got none that declare something");
    expect(() => expectAccess(new TerraformStack(testApp(), 'empty'))).toThrow(
      'got none that declare something',
    );
  });

  test('on a policy that is not declared here, which may allow anything', () => {
    const web = shop({ extra: ['shop-web', 'company-wide'] }).identity('extra');
    web.can('read', 'apps/data/database');
    expect(failure(() => web.cannotReachAnythingElse())).toMatchInlineSnapshot(`
      "all that 'extra' of shop-production can reach must be known to say what it cannot, got what only an apply or other stacks tell
        policy 'company-wide' of role 'extra' is not declared here; what it allows is not known"
    `);
    expect(() => web.cannot('read', 'apps/data/other')).toThrow("policy 'company-wide' of role 'extra'");
    // Nobody else has it.
    shop({ extra: ['company-wide'] })
      .identity('web')
      .can('read', 'apps/data/database')
      .cannotReachAnythingElse();
  });

  test('on a path that only an apply tells', () => {
    const open = shop().identity('open');
    expect(() => open.cannot('read', 'apps/data/database')).toThrow('is known at an apply only');
    expect(() => open.cannotReachAnythingElse()).toThrow('must not reach anything else');
  });

  test('on policies of a role that only an apply tells', () => {
    const stack = new Shop(testApp());
    const name = new TerraformVariable(stack, 'policy', {});
    new ApproleAuthBackendRole(stack, 'extra', {
      roleName: 'extra',
      tokenPolicies: [name.value],
    });
    new Token(stack, 'token', {
      displayName: 'issued',
      policies: ['shop-web', name.value],
    });
    const access = expectAccess(stack);
    for (const identity of ['extra', 'issued']) {
      expect(() => access.identity(identity).cannot('read', 'apps/data/other')).toThrow(
        'which is known at an apply only; what that policy allows is missing here',
      );
    }
    access.identity('web').can('read', 'apps/data/database').cannotReachAnythingElse();
  });
});

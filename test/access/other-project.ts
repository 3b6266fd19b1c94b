import { ApproleAuthBackendRole } from '@cdktf/provider-vault/lib/approle-auth-backend-role';
import { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import { DataVaultPolicyDocument } from '@cdktf/provider-vault/lib/data-vault-policy-document';
import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import { IdentityEntity } from '@cdktf/provider-vault/lib/identity-entity';
import { IdentityEntityAlias } from '@cdktf/provider-vault/lib/identity-entity-alias';
import { IdentityGroup } from '@cdktf/provider-vault/lib/identity-group';
import { KvSecretV2 } from '@cdktf/provider-vault/lib/kv-secret-v2';
import { Mount } from '@cdktf/provider-vault/lib/mount';
import { Policy } from '@cdktf/provider-vault/lib/policy';
import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import { type App, Fn, TerraformIterator, TerraformStack } from 'cdktf';

/** A project of somebody who uses the provider's own classes: two stacks, of which one refers to the other. */
export function otherProject(app: App): void {
  const secrets = new Secrets(app, 'acme-production-secrets');
  new People(app, 'acme-production-people', secrets);
  new Teams(app, 'teams');
}

/** An engine, secrets and policies, one of them by a policy document. */
class Secrets extends TerraformStack {
  public readonly reader: Policy;
  public readonly writer: Policy;

  public constructor(app: App, id: string) {
    super(app, id);
    new VaultProvider(this, 'vault', { address: 'https://vault.example:8200' });
    const apps = new Mount(this, 'apps', { path: 'apps', type: 'kv', options: { version: '2' } });
    for (const name of ['database', 'mail/smtp']) {
      new KvSecretV2(this, name, { mount: apps.path, name, dataJson: '{}' });
    }
    const document = new DataVaultPolicyDocument(this, 'reader-document', {
      rule: [
        {
          path: `${apps.path}/data/database`,
          capabilities: ['read'],
          description: 'reads the database',
          minWrappingTtl: '1s',
          maxWrappingTtl: '60s',
        },
        { path: `${apps.path}/metadata/*`, capabilities: ['list'] },
      ],
    });
    this.reader = new Policy(this, 'reader', { name: 'acme-reader', policy: document.hcl });
    this.writer = new Policy(this, 'writer', {
      name: 'acme-writer',
      policy: `path "${apps.path}/data/*" {\n  capabilities = ["create", "update"]\n}\n`,
    });
  }
}

/** Roles, users, entities and groups. */
class People extends TerraformStack {
  public constructor(app: App, id: string, { reader, writer }: Secrets) {
    super(app, id);
    new VaultProvider(this, 'vault', { address: 'https://vault.example:8200' });
    const approle = new AuthBackend(this, 'approle', { type: 'approle' });
    const userpass = new AuthBackend(this, 'userpass', { type: 'userpass', path: 'people' });
    const own = new Policy(this, 'own', {
      name: 'acme-own',
      policy: `path "apps/data/people/{{identity.entity.aliases.${userpass.accessor}.name}}/*" {\n  capabilities = ["read"]\n}\n`,
    });
    const web = new ApproleAuthBackendRole(this, 'web', {
      backend: approle.path,
      roleName: 'acme-web',
      tokenPolicies: [reader.name],
    });
    const services = new IdentityEntity(this, 'services', { name: 'services' });
    new IdentityEntityAlias(this, 'web-alias', {
      name: web.roleId,
      mountAccessor: approle.accessor,
      canonicalId: services.id,
    });
    const ada = new IdentityEntity(this, 'ada', { name: 'ada', policies: [own.name] });
    new GenericEndpoint(this, 'ada-login', {
      path: `auth/${userpass.path}/users/ada`,
      dataJson: Fn.jsonencode({ policies: [], token_no_default_policy: true }),
    });
    new IdentityEntityAlias(this, 'ada-alias', {
      name: 'ada',
      mountAccessor: userpass.accessor,
      canonicalId: ada.id,
    });
    const developers = new IdentityGroup(this, 'developers', {
      name: 'developers',
      memberEntityIds: [ada.id],
    });
    new IdentityGroup(this, 'everybody', {
      name: 'everybody',
      policies: [writer.name],
      memberGroupIds: [developers.id],
      memberEntityIds: [services.id],
    });
  }
}

/** Nothing to do with the others: a policy for each of some teams. */
class Teams extends TerraformStack {
  public constructor(app: App, id: string) {
    super(app, id);
    new VaultProvider(this, 'vault', { address: 'https://other.example:8200' });
    const teams = TerraformIterator.fromList(['red', 'blue']);
    new Policy(this, 'team', {
      forEach: teams,
      name: `team-${teams.key}`,
      policy: `path "teams/data/${teams.value}/*" {\n  capabilities = ["read"]\n}\n`,
    });
  }
}

import { Policy } from '@cdktf/provider-vault/lib/policy';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import type { KvVerb } from '../policies/kv-access';
import { violationOfPolicyName } from '../policies/names';
import { PolicyDocument, type Rule } from '../policies/policy-document';
import { AppRole } from './app-role';
import { literalText } from './hcl';
import type { KvGrantable } from './kv-tree';
import { declaredTwice, requireName, ValidationError } from './validation-error';
import { OPERATOR_POLICY } from './vault-description';
import type { VaultServer } from './vault-server';

export interface ServiceIdentityProps {
  readonly server: VaultServer;
  /** Unique on its Vault server; lower case. */
  readonly policyName: string;
  /** Who it is, as the comments of the policy call it. */
  readonly grantee: string;
}

const policiesOfServer = new WeakMap<VaultServer, Map<string, Construct>>();

/** Who somebody is to Vault: a policy of its own that holds exactly what was granted. */
export class ServiceIdentity extends Construct {
  public readonly policyName: string;
  private readonly server: VaultServer;
  private readonly grantee: string;
  private readonly document = new PolicyDocument();
  private appRole: AppRole | undefined;

  public constructor(scope: Construct, id: string, props: ServiceIdentityProps) {
    super(scope, id);
    this.server = props.server;
    this.policyName = props.policyName;
    this.grantee = props.grantee;
    requireName(this, 'policyName', props.policyName, violationOfPolicyName);
    if (props.policyName === OPERATOR_POLICY) {
      throw new ValidationError(
        this,
        `'policyName' must not be '${OPERATOR_POLICY}', which the key ceremony writes for those who deploy; choose another name`,
      );
    }
    this.claimName();
    new Policy(this, 'Resource', {
      name: props.policyName,
      policy: Lazy.stringValue({ produce: () => literalText(this.policyText()) }),
    });
    this.node.addValidation({ validate: () => this.problems() });
  }

  /** Grants one verb on secrets. They must belong to the identity's own Vault server. */
  public grant(verb: KvVerb, target: KvGrantable): void {
    if (target.mount.server !== this.server) {
      throw new ValidationError(
        this,
        `'secret' must belong to the Vault server '${this.server.node.path}', got one of '${target.mount.server.node.path}'; declare it in a mount of this platform`,
      );
    }
    this.allow(target.rules(verb, this.grantee));
  }

  /** Grants rules outside of KV. */
  public allow(rules: readonly Rule[]): void {
    try {
      for (const rule of rules) this.document.add(rule);
    } catch (error) {
      throw new ValidationError(this, (error as Error).message);
    }
  }

  /** The role by which agents log in as this identity. */
  public role(): AppRole {
    this.appRole ??= new AppRole(this, 'role', {
      server: this.server,
      roleName: this.policyName,
      policyName: this.policyName,
    });
    return this.appRole;
  }

  /** The policy in Vault's HCL, as far as it was granted by now. */
  public policyText(): string {
    try {
      return this.document.render();
    } catch (error) {
      throw new ValidationError(this, (error as Error).message);
    }
  }

  private problems(): string[] {
    if (this.document.isEmpty) {
      return [
        `'reads' must grant something, got nothing although '${this.grantee}' is given the address of a Vault; grant it a secret, or declare it without Vault`,
      ];
    }
    try {
      this.document.render();
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  }

  private claimName(): void {
    const names = policiesOfServer.get(this.server) ?? new Map<string, Construct>();
    policiesOfServer.set(this.server, names);
    const first = names.get(this.policyName);
    if (first) throw declaredTwice(this, 'policyName', this.policyName, first, 'choose another name');
    names.set(this.policyName, this);
  }
}

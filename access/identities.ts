import { AccessList } from '../policies/access-list';
import type { Dialect } from '../policies/dialect';
import type { Policy } from '../policies/policy';
import { type DeclaredPolicies, policyName } from './declared-policies';
import type { Identity, IdentityKind } from './environment-access';
import type { Entity, Group, IdentityStore } from './identity-store';
import type { Login } from './logins';
import { type Notes, shownNames } from './notes';
import { isTemplated, resolvedPolicy, type Subject } from './policy-templates';

/** An identity that has no name of its platform's yet. */
export type UnnamedIdentity = Omit<Identity, 'name'> & {
  /** Of the auth method, to tell those of the same name apart. */
  readonly mount?: string;
};

/** What identities are made of. */
export interface IdentityParts {
  readonly logins: readonly Login[];
  readonly store: IdentityStore;
  readonly declared: DeclaredPolicies;
  /** With those that the server brings. */
  readonly policies: ReadonlyMap<string, Policy>;
  /** The policy `default` where the stacks do not declare it themselves. */
  readonly builtIn: Policy | undefined;
  readonly dialect: Dialect;
  readonly notes: Notes;
}

/** A path that stays as it is written. */
interface Unresolved {
  readonly path: string;
  readonly policy: string;
  readonly owners: string[];
}

/** Puts together what a token gets of its role, of its entity and of the groups of that. */
export class IdentityComposer {
  private readonly lists = new Map<string, AccessList>();
  private readonly unusedPolicies: Set<string>;
  /** Owners, by policy. */
  private readonly undeclared = new Map<string, string[]>();
  /** By path and policy, as a note names it. */
  private readonly unresolved = new Map<string, Unresolved>();
  private readonly entitiesWithLogin = new Set<Entity>();
  private readonly groupsWithLogin = new Set<Group>();
  /** The server's own policy `default` for entities that are not declared. */
  private common?: Policy;

  public constructor(private readonly parts: IdentityParts) {
    this.unusedPolicies = new Set([...parts.declared.byName.keys()].filter((name) => name !== 'default'));
  }

  public identities(): readonly UnnamedIdentity[] {
    const { logins, store, declared, notes } = this.parts;
    const identities = [
      ...logins.map((login) => this.ofLogin(login)),
      ...store.entities
        .filter((one) => !this.entitiesWithLogin.has(one))
        .flatMap((one) => this.ofEntity(one)),
      ...store.groupsOfStrangers
        .filter(([group]) => !this.groupsWithLogin.has(group as Group))
        .flatMap((groups) => this.ofGroup(groups)),
    ];
    const policies = [...this.unusedPolicies]
      .filter((name) => declared.byName.get(name))
      .map((name) => this.ofPolicy(name, declared.addresses.get(name) ?? ''));
    for (const [policy, owners] of this.undeclared) {
      notes.add(
        `policy '${policy}' of ${shownNames(owners)} is not declared here; what it allows is not known`,
        { policy },
      );
    }
    for (const { path, policy, owners } of this.unresolved.values()) {
      notes.add(
        `path ${path} is another one for each entity, and not known before it is there: for ${shownNames(owners)} it stays as it is written`,
        { policy },
      );
    }
    return [...identities, ...policies];
  }

  private ofLogin(login: Login): UnnamedIdentity {
    const { kind, fullName, address, mount } = login;
    const entity = this.parts.store.entityOf(login);
    const groups = [...(entity?.groups ?? []), ...this.parts.store.groupsByAlias(login)];
    if (entity) this.entitiesWithLogin.add(entity);
    for (const group of groups) this.groupsWithLogin.add(group);
    const ofIdentity = [...(entity?.policies ?? []), ...groups.flatMap(({ policies }) => policies)];
    const ofToken = sanitized(login.policies, !login.noDefaultPolicy);
    const policies = sanitized([...ofToken, ...ofIdentity], false);
    const subject: Subject = {
      groups,
      isDeclared: entity !== undefined,
      ...(login.hasEntity && { entity: entity ?? madeBy(login) }),
    };
    const isRefused = this.isRefused(login, policies, entity);
    return {
      kind,
      fullName,
      address,
      mount,
      policies,
      accessList: isRefused
        ? AccessList.nothing(this.parts.dialect)
        : this.accessList(policies, subject, `${kind} '${fullName}'`),
    };
  }

  /** Whether nobody gets a token that way. */
  private isRefused(login: Login, policies: readonly string[], entity: Entity | undefined): boolean {
    const { notes } = this.parts;
    if (login.mount !== 'token' && policies.includes('root')) {
      notes.add(
        `${login.kind} '${login.fullName}' (${login.address}) has the policy 'root', which Vault gives to no login: nobody can log in with it`,
        'nobody',
      );
      return true;
    }
    return entity?.isDisabled === true;
  }

  private ofEntity(entity: Entity): readonly UnnamedIdentity[] {
    const { name, address, policies, groups, isDisabled } = entity;
    const all = sanitized([...policies, ...groups.flatMap((group) => group.policies)], false);
    if (all.length === 0) return [];
    for (const { mount, name: alias } of entity.aliases) {
      if (mount === undefined) continue;
      this.parts.notes.add(
        `who logs in to auth/${mount} as ${typeof alias === 'string' ? `'${alias}'` : 'what is known at an apply only'} is entity '${name ?? address}' (${address}), and has the policies of the login besides, which are not known`,
        'everybody',
      );
    }
    for (const group of groups) this.groupsWithLogin.add(group);
    const subject: Subject = { entity, groups, isDeclared: true };
    return [this.stored('entity', name ?? address, address, all, isDisabled ? undefined : subject)];
  }

  private ofGroup(groups: readonly Group[]): readonly UnnamedIdentity[] {
    const [{ name, address }] = groups as [Group];
    const policies = sanitized(
      groups.flatMap((group) => group.policies),
      false,
    );
    if (policies.length === 0) return [];
    const entity = { metadata: new Map(), aliases: [] };
    return [this.stored('group', name, address, policies, { entity, groups, isDeclared: false })];
  }

  /** @param subject nothing where its tokens are refused */
  private stored(
    kind: IdentityKind,
    fullName: string,
    address: string,
    policies: readonly string[],
    subject: Subject | undefined,
  ): UnnamedIdentity {
    const accessList = subject
      ? this.accessList(policies, subject, `${kind} '${fullName}'`)
      : AccessList.nothing(this.parts.dialect);
    return { kind, fullName, address, policies, accessList };
  }

  private ofPolicy(name: string, address: string): UnnamedIdentity {
    const subject: Subject = { entity: { metadata: new Map(), aliases: [] }, groups: [], isDeclared: false };
    return this.stored('policy', name, address, [name], subject);
  }

  private accessList(names: readonly string[], subject: Subject, owner: string): AccessList {
    const { policies, declared, dialect } = this.parts;
    const known = names.flatMap((name) => {
      this.unusedPolicies.delete(name);
      const policy = policies.get(name);
      // Of one that is declared, a note says already why it is not known.
      if (!policy && !declared.byName.has(name)) append(this.undeclared, name, owner);
      return policy ?? [];
    });
    const list = () =>
      AccessList.of(
        known.map((one) => this.resolved(one, subject, owner)),
        dialect,
      );
    const isOwn =
      subject.entity !== undefined &&
      known.some((one) => (subject.isDeclared || one !== this.parts.builtIn) && isTemplated(one));
    if (isOwn) return list();
    const key = [subject.entity === undefined, ...known.map(({ name }) => name)].join('\0');
    const shared = this.lists.get(key) ?? list();
    this.lists.set(key, shared);
    return shared;
  }

  private resolved(policy: Policy, subject: Subject, owner: string): Policy {
    // Of an entity that is not declared the server alone knows what the policy asks for: it is the same for all of them.
    const isCommon = policy === this.parts.builtIn && !subject.isDeclared && subject.entity !== undefined;
    if (!isCommon) return this.resolvedFor(policy, subject, owner);
    this.common ??= this.resolvedFor(policy, subject, owner);
    return this.common;
  }

  private resolvedFor(policy: Policy, subject: Subject, owner: string): Policy {
    const { dialect, declared, builtIn } = this.parts;
    const { policy: resolved, unresolved } = resolvedPolicy(policy, subject, dialect, declared.blocksByMark);
    for (const { pattern } of unresolved) {
      // What every token may ask about its own entity is no gap.
      if (policy === builtIn) continue;
      const path = `'${pattern.text}' of policy '${policy.name}'`;
      const known = this.unresolved.get(path);
      if (known) known.owners.push(owner);
      else this.unresolved.set(path, { path, policy: policy.name, owners: [owner] });
    }
    return resolved;
  }
}

/** An entity that Vault makes at the first login. */
function madeBy({ mount, alias }: Login): Subject['entity'] {
  return { metadata: new Map(), aliases: alias === undefined ? [] : [{ mount, name: alias }] };
}

/** As Vault puts a token's policies in order; with `root` no other counts. */
function sanitized(policies: readonly string[], addsDefault: boolean): readonly string[] {
  const names = policies.map(policyName).filter((name) => name !== '');
  if (names.includes('root')) return ['root'];
  return [...new Set([...names, ...(addsDefault ? ['default'] : [])])].sort();
}

function append(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

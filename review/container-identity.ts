import type { Identity } from '../access/environment-access';
import type { BlockInstance } from '../policies/terraform-blocks';
import { Unknown } from '../policies/terraform-value';
import type { Container } from './container';
import { remembered } from './remembered';
import { type ReviewedEnvironment, textOf } from './reviewed-environment';
import { agentBeside } from './vault-agents';

/** Whom Vault takes a container for; nothing where that cannot be told. */
export function identityOf(environment: ReviewedEnvironment, container: Container): Identity | undefined {
  const own = ownIdentity(environment, container);
  if (own) return own;
  const beside = agentBeside(environment, container);
  return beside && ownIdentity(environment, beside.container);
}

/** By what its variables refer to: a token, or what a role logs in with. */
function ownIdentity(environment: ReviewedEnvironment, container: Container): Identity | undefined {
  const { byAddress, byRoleId, byRoleName } = knownOf(environment);
  for (const { name, block, text } of variablesOf(container)) {
    if (block?.type === 'vault_approle_auth_backend_role_secret_id') {
      const role = block.values.attribute(block, 'role_name');
      const of = role instanceof Unknown ? role.known.of?.block.address : undefined;
      const found = of === undefined ? byRoleName.get(String(role)) : byAddress.get(of);
      if (found) return found;
    }
    const referred = block && byAddress.get(block.address);
    if (referred) return referred;
    if (/ROLE_?ID$/i.test(name) && byRoleId.has(text)) return byRoleId.get(text);
  }
  return undefined;
}

interface Variable {
  readonly name: string;
  /** As far as it is known. */
  readonly text: string;
  /** Whose attribute it is. */
  readonly block?: BlockInstance;
}

/** Variables whose value is one thing: a text, or an attribute of one block. */
export function variablesOf(container: Container): readonly Variable[] {
  return container.items('env').flatMap((one): Variable | readonly [] => {
    if (typeof one === 'string') {
      const [, name, text = ''] = /^([^=]+)=(.*)$/s.exec(one) ?? [];
      return name === undefined ? [] : { name, text };
    }
    const [first, second, ...more] = one instanceof Unknown ? (one.known.parts ?? []) : [];
    if (typeof first !== 'string' || !first.endsWith('=') || more.length > 0) return [];
    if (!(second instanceof Unknown)) return [];
    const { of } = second.known;
    return { name: first.slice(0, -1), text: second.marked, ...(of && { block: of.block }) };
  });
}

/** Whether all variables of a container are known by their names. */
export function knowsVariables(container: Container): boolean {
  return container.items('env').every((one) => {
    if (!(one instanceof Unknown)) return true;
    const [first] = one.known.parts ?? [];
    return typeof first === 'string' && first.includes('=');
  });
}

const knownOf = remembered(({ access, blocks }: ReviewedEnvironment) => {
  const identities = access.identities.filter(({ kind }) => kind === 'role' || kind === 'token');
  const byAddress = new Map(identities.map((one) => [one.address, one]));
  const byRoleName = new Map(
    identities
      .filter(({ address }) => /^vault_approle_auth_backend_role\b/.test(address))
      .map((one) => [one.fullName, one]),
  );
  const byRoleId = new Map<string, Identity>();
  for (const { block } of blocks) {
    if (block.type !== 'vault_approle_auth_backend_role' || block.kind !== 'resource') continue;
    const [roleId, identity] = [textOf(block, 'role_id'), byAddress.get(block.address)];
    if (roleId !== undefined && identity) byRoleId.set(roleId, identity);
  }
  return { byAddress, byRoleName, byRoleId };
});

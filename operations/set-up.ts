import { OPERATOR_POLICY } from '../constructs/vault-description';
import { auditFirst } from './audit-devices';
import { endIfAsked } from './interruption';
import { OperationError } from './operation-error';
import { type OperatorAccessOptions, setUpOperatorAccess } from './operator-access';
import { policyChanges } from './policy-changes';
import type { RootToken } from './root-token';
import type { RequestOptions } from './vault-client';
import type { VaultNodes } from './vault-nodes';

/** An hour at a time, and a day at most. */
export const SHORT_LIVED = { ttl: '1h', explicit_max_ttl: '24h' };

export interface SetUpOptions extends OperatorAccessOptions {
  /** The policy of operators, as the stacks need it now. */
  readonly policy: string;
  /** How long the operator's token lives; default {@link SHORT_LIVED}. */
  readonly lifetime?: RequestOptions['body'];
  readonly signal: AbortSignal;
}

/** What comes after the token that was printed. */
export function nextStep(environment: string): string {
  return `${environment} is ready: that is a token of its operator, for an hour at a time; with it in VAULT_TOKEN run npm run deploy -- ${environment}`;
}

/** What was set up. */
export interface SetUp {
  /** Of the policy `operator`; it lives on when the root token is revoked. */
  readonly token: string;
  /** Whether nothing was set up before. */
  readonly isFirst: boolean;
}

/**
 * What a root token is needed for, and nothing else: audit devices before anything, then the operators' policy and
 * how they log in. All of it can be done again.
 *
 * @throws OperationError where the server refuses something
 */
export async function setUp(nodes: VaultNodes, root: RootToken, options: SetUpOptions): Promise<SetUp> {
  const { description } = nodes;
  const { say, signal, lifetime = SHORT_LIVED } = options;
  await auditFirst(nodes, root);
  if (description.audit.length > 0) say(`audited by ${description.audit.map(({ path }) => path).join(', ')}`);
  endIfAsked(signal);
  const isFirst = await writePolicy(root, options);
  await setUpOperatorAccess(root, description.operator_access, options);
  endIfAsked(signal);
  const { body } = await root.must(`the operator's token must be made`, 'POST', 'auth/token/create-orphan', {
    policies: [OPERATOR_POLICY],
    display_name: OPERATOR_POLICY,
    renewable: true,
    ...lifetime,
  });
  const token = (body.auth as { readonly client_token?: unknown } | undefined)?.client_token;
  if (typeof token === 'string' && token !== '') return { token, isFirst };
  throw new OperationError([
    `the operator's token of ${nodes.environment} must be in the answer, got none; run npm run vault -- operator ${nodes.environment}`,
  ]);
}

/** @returns whether it is new */
async function writePolicy(root: RootToken, { policy, say }: SetUpOptions): Promise<boolean> {
  const path = `sys/policies/acl/${OPERATOR_POLICY}`;
  const before = await root.request('GET', path);
  const old = before.status === 200 ? String(before.data.policy ?? '') : undefined;
  await root.must(`policy '${OPERATOR_POLICY}' must be written`, 'PUT', path, { policy });
  if (old === undefined) {
    say(`policy ${OPERATOR_POLICY}: ${policyChanges('', policy).length} rules`);
    return true;
  }
  const changes = policyChanges(old, policy);
  say(`policy ${OPERATOR_POLICY}: ${changes.length === 0 ? 'as before' : 'changed'}`);
  for (const change of changes) say(`  ${change}`);
  return false;
}

import type { OperatorAccessDescription } from '../constructs/vault-description';
import { environmentNamed } from './environment-name';
import { type Machine, thisMachine, type Variables } from './machine';
import { exitWith, OperationError } from './operation-error';
import { STRAY_VAULT_VARIABLES } from './stray-variables';
import { synthesis } from './synthesis';
import { httpVaultClients, type VaultClients } from './vault-client';
import { VaultNodes } from './vault-nodes';

type Jwt = Extract<OperatorAccessDescription, { type: 'jwt' }>;

const COMMAND = 'node --import tsx operations/job-token.ts';
/** Where a job of GitHub asks for its signed token. They are there for jobs with `id-token: write` alone. */
const URL_VARIABLE = 'ACTIONS_ID_TOKEN_REQUEST_URL';
const TOKEN_VARIABLE = 'ACTIONS_ID_TOKEN_REQUEST_TOKEN';

/** What a job meets outside. */
export interface JobSurroundings {
  readonly machine: Machine;
  readonly clients: VaultClients;
  readonly fetch: typeof fetch;
  /** Writes a line that GitHub reads. */
  print(line: string): void;
}

/**
 * Runs a command in a job of GitHub with an operator's token in `VAULT_TOKEN`, and revokes it afterwards. The job logs
 * in with its signed token, as `OperatorAccess.jwt` allows, so that nobody keeps a secret. The token is masked in the
 * log, and in no file.
 *
 * @param args the environment, `--`, the command
 * @returns the exit code of the command
 * @throws OperationError with exit code 2 for arguments that will not do, and with 1 where the login fails
 */
export async function jobToken(args: readonly string[], outside: JobSurroundings): Promise<number> {
  const [name, separator, program, ...rest] = args;
  if (separator !== '--' || program === undefined) {
    throw new OperationError(
      [
        `'command' must follow the environment, got nothing; write it as ${COMMAND} shop-production -- npm run plan`,
      ],
      2,
    );
  }
  const environment = environmentNamed(name, await synthesis(outside.machine), COMMAND);
  const description = environment.stacks.vault.vaultDescription;
  // Terraform has the token of such a server from the stack.
  if (!description || description.mode === 'in-memory') {
    return outside.machine.attach(program, rest, { variables: withoutRequest({}) });
  }
  const access = description.operator_access.find((one): one is Jwt => one.type === 'jwt');
  if (!access) {
    throw new OperationError([
      `'operatorAccess' of ${environment.name} must let a job log in, got none of type jwt; add OperatorAccess.jwt, then run npm run vault -- operator ${environment.name}`,
    ]);
  }
  const nodes = new VaultNodes(environment.name, description, outside.clients, '.');
  const token = await login(nodes, access, await signedToken(access, outside));
  outside.print(`::add-mask::${token}`);
  try {
    return await outside.machine.attach(program, rest, {
      variables: withoutRequest({ ...STRAY_VAULT_VARIABLES, VAULT_TOKEN: token }),
    });
  } finally {
    await revoke(nodes, access, token, outside);
  }
}

/** The command has no need of another signed token. */
function withoutRequest(variables: Variables): Variables {
  return { ...variables, [URL_VARIABLE]: undefined, [TOKEN_VARIABLE]: undefined };
}

async function signedToken(
  { bound_audiences: [audience = ''] }: Jwt,
  { machine: { variables }, fetch: ask, print }: JobSurroundings,
): Promise<string> {
  const { [URL_VARIABLE]: address, [TOKEN_VARIABLE]: bearer } = variables;
  if (!address || !bearer) {
    throw new OperationError([
      `'${URL_VARIABLE}' and '${TOKEN_VARIABLE}' must be those of the job, got nothing; give it the permission id-token: write`,
    ]);
  }
  const url = new URL(address);
  url.searchParams.set('audience', audience);
  let status = 'no answer';
  try {
    const answer = await ask(url, { headers: { Authorization: `bearer ${bearer}` } });
    status = `status ${answer.status}`;
    const { value } = (await answer.json()) as { value?: unknown };
    if (answer.ok && typeof value === 'string' && value !== '') {
      print(`::add-mask::${value}`);
      return value;
    }
  } catch {
    // Neither an answer nor JSON: the status says which.
  }
  throw new OperationError([`'signed token' must be given by GitHub, got ${status}; run the job again`]);
}

async function login(nodes: VaultNodes, { path, role }: Jwt, jwt: string): Promise<string> {
  const { status, body, errors } = await nodes.first.request('POST', `auth/${path}/login`, {
    body: { role, jwt },
  });
  const token = (body.auth as { readonly client_token?: unknown } | undefined)?.client_token;
  if (status === 200 && typeof token === 'string' && token !== '') return token;
  // Vault says which claim it missed, and never the token.
  const reason = errors.join('; ') || `status ${status}`;
  const remedy =
    status === 400 || status === 403
      ? "compare the job with 'claims' of OperatorAccess.jwt"
      : `look at npm run vault -- status ${nodes.environment}`;
  throw new OperationError([
    `'login' at auth/${path} of ${nodes.environment} must be allowed for role ${role}, got: ${reason}; ${remedy}`,
  ]);
}

/** A command that took too long may find the token ended: then there is nothing to revoke. */
async function revoke(
  { environment, first }: VaultNodes,
  { token_ttl: ttl }: Jwt,
  token: string,
  { print }: JobSurroundings,
): Promise<void> {
  const status = await first.request('POST', 'auth/token/revoke-self', { token }).then(
    (answer) => answer.status,
    () => undefined,
  );
  if (status === 204 || status === 403) return;
  print(`::warning::the token of this job could not be revoked at ${environment}; it ends within ${ttl}`);
}

if (require.main === module) {
  void exitWith(() =>
    jobToken(process.argv.slice(2), {
      machine: thisMachine,
      clients: httpVaultClients,
      fetch,
      print: (line) => process.stdout.write(`${line}\n`),
    }),
  );
}

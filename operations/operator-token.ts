import * as fs from 'node:fs';
import { CertificateFiles } from '../constructs/certificate-files';
import { DISTRIBUTIONS } from '../constructs/distribution';
import { OPERATOR_POLICY, type OperatorAccessDescription } from '../constructs/vault-description';
import { CredentialsFile } from './credentials';
import type { Variables } from './machine';
import type { NamedServer } from './vault-problems';

const VARIABLE = "'VAULT_TOKEN'";

/** The token with which Terraform comes. */
export interface OperatorToken {
  readonly token: string;
  /** Where it is from, for errors. */
  readonly name: string;
}

/**
 * The token of whoever deploys: `VAULT_TOKEN`, or on a development server what the quick form of the ceremony keeps.
 *
 * @throws OperationError where what it keeps cannot be read
 */
export function operatorToken(
  server: NamedServer,
  { VAULT_TOKEN: given }: Variables,
): OperatorToken | { readonly problem: string } {
  if (given) return { token: given, name: VARIABLE };
  const kept = keptFile(server);
  if (!kept) {
    return {
      problem: `${VARIABLE} must hold a token with the policy ${OPERATOR_POLICY}, got nothing; ${newToken(server, VARIABLE)}`,
    };
  }
  const exposure = new CertificateFiles('.').exposure(kept.path);
  if (exposure) return { problem: exposure };
  const name = `'token' in ${kept.path}`;
  const token = kept.read()?.token;
  return token
    ? { token, name }
    : { problem: `${name} must be there, got nothing; ${newToken(server, name)}` };
}

/** What the quick form of the ceremony keeps, if it was that. */
function keptFile({ environment, description }: NamedServer): CredentialsFile | undefined {
  const file = new CredentialsFile('.', environment);
  const isKept = description.development && description.mode === 'configured' && fs.existsSync(file.path);
  return isKept ? file : undefined;
}

/**
 * How one comes to another token.
 *
 * @param name of the one that will not do
 */
export function newToken(server: NamedServer, name: string): string {
  const { environment, description } = server;
  const { mode, operator_access: access } = description;
  if (mode === 'external') {
    return `have those who run it make one with the policy that npm run vault -- policy ${environment} prints`;
  }
  const kept = keptFile(server);
  if (kept && name === VARIABLE) return `run unset VAULT_TOKEN, since ${kept.path} has one`;
  if (kept) return `run npm run vault -- init ${environment} --development`;
  const commands = access.map((one) => loginCommand(one, description));
  return `run export VAULT_TOKEN=$(${commands.length > 0 ? commands.join('), or export VAULT_TOKEN=$(') : `npm run --silent vault -- operator ${environment}`})`;
}

function loginCommand(
  access: OperatorAccessDescription,
  { distribution, addresses: [address], ca }: NamedServer['description'],
): string {
  const program = DISTRIBUTIONS[distribution].binary;
  const server = `-address=${address}${ca ? ` -ca-cert=${ca}` : ''}`;
  return access.type === 'userpass'
    ? `${program} login ${server} -token-only -method=userpass -path=${access.path} username=${access.users[0]}`
    : `${program} write ${server} -field=token auth/${access.path}/login role=${access.role} jwt="$JWT"`;
}

/** How the policy comes to allow what the stacks need now. */
export function newPolicy(server: NamedServer): string {
  const { environment, description } = server;
  if (description.mode === 'external') {
    return `have those who run it write the policy that npm run vault -- policy ${environment} prints`;
  }
  const command = keptFile(server)
    ? `npm run vault -- init ${environment} --development`
    : `export VAULT_TOKEN=$(npm run --silent vault -- operator ${environment})`;
  return `run ${command}, which writes the policy anew`;
}

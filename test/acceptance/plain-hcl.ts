import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Plan } from '../../review/plan/plan';
import { readPlan } from '../../review/plan/read-plan';
import { PASSWORD, PLAIN_HCL, type Revision, recordedFile } from '../review/plain-hcl-plans';
import { run } from './command';
import { OPENBAO } from './parts';
import type { RunningServer } from './state-server';
import { ownName, temporaryFolder } from './state-store';

const PLAN_FILE = 'plan.tfplan';

/** The project of plain HCL, applied to a real server by real Terraform. */
export class PlainProject {
  private readonly folder = temporaryFolder('plain-hcl');
  private readonly keys = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });

  public constructor(private readonly server: RunningServer) {}

  /** Plans a revision in place of the one before it, and does not apply it. */
  public async plan(revision: Revision): Promise<string> {
    fs.cpSync(path.join(PLAIN_HCL, revision), this.folder, { recursive: true });
    const { publicKey } = this.keys;
    fs.writeFileSync(
      path.join(this.folder, 'ci.pem'),
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    );
    await this.terraform('init');
    await this.terraform('plan', `-out=${PLAN_FILE}`);
    return this.terraform('show', '-json', PLAN_FILE);
  }

  /** What was planned last. */
  public apply(): Promise<string> {
    return this.terraform('apply', '-input=false', PLAN_FILE);
  }

  public async remove(): Promise<void> {
    await this.terraform('destroy', '-auto-approve', '-input=false');
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** A token of somebody, as they get it: by what the project declares. */
  public async tokenOf(kind: string, name: string): Promise<string> {
    const { root } = this.server;
    if (kind === 'user') return this.login(`auth/people/login/${name}`, { password: PASSWORD });
    if (kind === 'policy') {
      return this.login('auth/token/create-orphan', { policies: [name], no_default_policy: true });
    }
    if (name === 'deploy') return this.login('auth/ci/login', { role: name, jwt: this.jwt() });
    const role = `auth/approle/role/${name}`;
    const { role_id } = await root.call<{ role_id: string }>('GET', `${role}/role-id`);
    const { secret_id } = await root.call<{ secret_id: string }>('POST', `${role}/secret-id`);
    return this.login('auth/approle/login', { role_id, secret_id });
  }

  /** What `sys/capabilities` says of a token, sorted and joined by commas. */
  public async capabilities(token: string, paths: readonly string[]): Promise<Record<string, string>> {
    const answer = await this.server.root.call<Record<string, string[]>>('POST', 'sys/capabilities', {
      token,
      paths,
    });
    return Object.fromEntries(paths.map((one) => [one, [...(answer[one] ?? [])].sort().join(',')]));
  }

  private async login(where: string, body: object): Promise<string> {
    const { status, body: answer } = await this.server.root.request('POST', where, body);
    if (status >= 300) throw new Error(`${where}: ${status}`);
    return (answer.auth as { client_token: string }).client_token;
  }

  /** As the project's CI signs for itself. */
  private jwt(): string {
    const seconds = Math.floor(Date.now() / 1000);
    const parts = [
      { alg: 'RS256', typ: 'JWT' },
      { sub: 'repo:acme/shop', iat: seconds, exp: seconds + 300 },
    ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const signature = crypto.sign('RSA-SHA256', Buffer.from(parts.join('.')), this.keys.privateKey);
    return [...parts, signature.toString('base64url')].join('.');
  }

  private terraform(command: string, ...args: readonly string[]): Promise<string> {
    const flags = command === 'show' ? [] : ['-no-color', ...(command === 'plan' ? ['-input=false'] : [])];
    return run('terraform', [command, ...flags, ...args], {
      cwd: this.folder,
      env: {
        VAULT_TOKEN: this.server.token,
        TF_VAR_vault_address: this.server.address,
        TF_VAR_image: OPENBAO,
        TF_VAR_container: ownName('plain-hcl'),
        TF_VAR_database_password: PASSWORD,
      },
    });
  }
}

export function parsed(text: string): Plan {
  return readPlan(text, 'acme');
}

/** Writes down a plan for those without a server, without what is of this run alone. */
export async function record(revision: Revision, text: string, address: string): Promise<void> {
  const { timestamp: _, ...plan } = JSON.parse(
    text.replaceAll(address, 'http://127.0.0.1:8200').replaceAll(ownName('plain-hcl'), 'acme-vault'),
  );
  const file = recordedFile(revision);
  fs.writeFileSync(file, JSON.stringify({ ...plan, relevant_attributes: undefined }));
  await run('npx', ['biome', 'format', '--write', file]);
}

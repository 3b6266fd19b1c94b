import { stripVTControlCharacters } from 'node:util';
import { CertificateFolder } from '../../constructs/certificate-folder';
import { DAY, type Made, type MakeProps, make, makeRoot } from '../constructs/certificate-maker';
import type { CommandResult } from './command';
import { expectSuccess } from './command';
import { restart } from './engine';
import type { FailureEnvironment } from './failure-environment';
import type { CurrentEnvironment } from './failure-suite';

const NAMES = ['fail-solo-vault', 'localhost', '127.0.0.1'];

/** Certificates that clients would refuse, and what is said of them. */
const WRONG_CERTIFICATES = {
  'has ended': {
    leaf: { until: daysFromNow(-1) },
    says: /server\.pem' must be valid now, got .*, which ended on/,
  },
  'is for another name': { leaf: { names: ['other'] }, says: /server\.pem' must cover 'fail-solo-vault'/ },
  'has another key': { otherKey: true, says: /server-key\.pem' must be the key of the certificate in/ },
  'is signed by somebody else': { otherRoot: true, says: /server\.pem' must be signed by an authority in/ },
} satisfies Record<string, WrongCertificate>;

interface WrongCertificate {
  readonly leaf?: MakeProps;
  readonly otherKey?: boolean;
  readonly otherRoot?: boolean;
  readonly says: RegExp;
}

/** Tokens by which Terraform would get stuck, and what is said of them. */
const WRONG_TOKENS: Record<string, { token(of: FailureEnvironment): Promise<string>; says: RegExp }> = {
  'no token': {
    token: async () => '',
    says: /'VAULT_TOKEN' must hold a token with the policy operator, got nothing; run /,
  },
  'a token of another server': {
    token: async () => 's.000000000000000000000000',
    says: /'VAULT_TOKEN' must be a token of the server at .*, got one that it does not know/,
  },
  'a token that may do too little': {
    token: async (environment) => {
      const settings = { policies: ['default'], ttl: '1h' };
      const operator = environment.client(environment.project.exported.VAULT_TOKEN ?? '');
      const { body } = await operator.request('POST', 'auth/token/create', settings);
      return (body.auth as { client_token: string }).client_token;
    },
    says: /'VAULT_TOKEN' must allow what Terraform does in fail-solo-production, got one that may not at/,
  },
};

/** What a deploy says before it changes anything. */
export function preflightTests(current: CurrentEnvironment): void {
  certificateTests(current);
  serverTests(current);
}

function certificateTests(current: CurrentEnvironment): void {
  test('fails without certificates, and nothing was made', async () => {
    await expectNothing(
      await current().deploy(),
      /certificates\/fail-solo-production' must hold the server's certificates/,
    );
  });

  test.each(Object.entries<WrongCertificate>(WRONG_CERTIFICATES))(
    'fails with a certificate that %s, and nothing was made',
    async (_, wrong) => {
      await writeCertificates(current(), wrong);
      await expectNothing(await current().deploy(), wrong.says);
    },
  );

  test('fails with such a certificate also where the command line of cdktf deploys, and nothing was made', async () => {
    const wrong: WrongCertificate = WRONG_CERTIFICATES['is for another name'];
    await writeCertificates(current(), wrong);
    await expectNothing(await current().project.deploy(`${current().name}-*`), wrong.says);
  });

  async function expectNothing(result: CommandResult, says: RegExp): Promise<void> {
    expectRefusal(result, says);
    expect(await current().objects()).toEqual([]);
    expect(await current().deployedStacks()).toEqual([]);
  }
}

function serverTests(current: CurrentEnvironment): void {
  test('a first deploy brings up the server, and ends with the ceremony that comes next', async () => {
    removeCertificates(current());
    await current().certificates();
    expectRefusal(await current().deploy(), /npm run vault -- init fail-solo-production$/m);
    expect(await current().objects()).toContain('container fail-solo-vault');
    expect(await current().deployedStacks()).toEqual(['fail-solo-production-vault']);
  });

  test('fails while the server has no keys, and plans nothing for it', async () => {
    expectRefusal(
      await current().deploy(),
      /must be initialised, .*; run npm run vault -- init fail-solo-production$/m,
    );
    expect(await current().deployedStacks()).toEqual(['fail-solo-production-vault']);
  });

  test.each(Object.entries(WRONG_TOKENS))('fails with %s', async (_, { token, says }) => {
    if (current().shares.length === 0) await current().initialise();
    const { exported } = current().project;
    const { VAULT_TOKEN: good = '' } = exported;
    try {
      current().exportToken(await token(current()));
      expectRefusal(await current().deploy(), says);
    } finally {
      current().exportToken(good);
    }
    expect(await current().deployedStacks()).toEqual(['fail-solo-production-vault']);
  });

  test('fails while the server is sealed', async () => {
    await restart(['fail-solo-vault']);
    expectRefusal(
      await current().deploy(),
      /must be unsealed, .*; run npm run vault -- unseal fail-solo-production$/m,
    );
    expect(await current().deployedStacks()).toEqual(['fail-solo-production-vault']);
  });

  test('one deploy brings up the rest, and its plan is empty afterwards', async () => {
    await current().unseal();
    expectSuccess(await current().deploy());
    expect(await current().reads()).toMatch(/^[0-9a-f]{64}$/);
    await current().expectEmptyPlans();
  });
}

/** Fails unless a command failed for the reason that is meant, and before Terraform came to the second stack. */
export function expectRefusal({ code, output }: CommandResult, says: RegExp): void {
  expect(code).not.toBe(0);
  // The last lines alone: a plan would fill the screen.
  expect(stripVTControlCharacters(output).split('\n').slice(-60).join('\n')).toMatch(says);
  expect(output).not.toContain('access, services: deploying');
}

async function writeCertificates(environment: FailureEnvironment, wrong: WrongCertificate): Promise<void> {
  const lifetime = { from: daysFromNow(-100), until: daysFromNow(100) };
  const root = await makeRoot(lifetime);
  const leaf = { names: NAMES, signer: root, ...lifetime, ...wrong.leaf };
  const server = await make(leaf);
  const other: Made = wrong.otherRoot ? await makeRoot({ ...lifetime, name: 'another CA' }) : root;
  const key = wrong.otherKey ? (await make(leaf)).key : server.key;
  const folder = new CertificateFolder(environment.name);
  environment.write(folder.ca, other.certificate, 0o600);
  environment.write(folder.certificate, server.certificate, 0o600);
  environment.write(folder.key, key, 0o600);
}

function removeCertificates(environment: FailureEnvironment): void {
  environment.remove('certificates');
}

function daysFromNow(days: number): Date {
  return new Date(Math.floor(Date.now() / 1000) * 1000 + days * DAY);
}

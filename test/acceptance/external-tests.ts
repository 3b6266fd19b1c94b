import { makeRoot } from '../constructs/certificate-maker';
import { expectSuccess } from './command';
import { ForeignServer } from './external-server';
import { expectRefusal } from './failure-preflight';
import type { CurrentEnvironment } from './failure-suite';

/** A platform on a server that somebody else runs. */
export function externalTests(current: CurrentEnvironment): void {
  let server: ForeignServer;

  beforeAll(async () => {
    server = await ForeignServer.start('fail-guest-foreign', 18780);
    current().declare({ address: server.address });
  });

  afterAll(async () => {
    await server?.remove();
  });

  test('fails without the certificate of its authority, and with that of another', async () => {
    expectRefusal(await current().deploy(), /'certificates\/fail-guest-production\/ca\.pem' must be there/);
    authority((await makeRoot()).certificate);
    expectRefusal(
      await current().deploy(),
      /'certificate' of fail-guest-production must be one that .* signed, got /,
    );
    authority(server.ca);
    await expectNothing();
  });

  test('fails while it cannot be reached', async () => {
    await server.stop();
    expectRefusal(await current().deploy(), /'vault' of fail-guest-production must answer, got /);
    await server.restart();
    await expectNothing();
  });

  test('fails without a token, and with one that its people gave for less', async () => {
    expectRefusal(
      await current().deploy(),
      /'VAULT_TOKEN' must hold a token .*, got nothing; have those who run it /,
    );
    current().exportToken(await server.tokenWith('default', { ttl: '1h' }));
    expectRefusal(
      await current().deploy(),
      /'VAULT_TOKEN' must allow what Terraform does in fail-guest-production/,
    );
    await expectNothing();
  });

  test('a deploy with the policy that is printed for its people needs nothing more, and its plan is empty', async () => {
    const printed = await current().vault('policy');
    expectSuccess(printed);
    await server.root.call('PUT', 'sys/policies/acl/operator', { policy: printed.stdout.toString('utf8') });
    current().exportToken(await server.tokenWith('operator', { ttl: '1h' }));
    expectSuccess(await current().deploy());
    expect(await current().reads()).toMatch(/^[0-9a-f]{64}$/);
    await current().expectEmptyPlans();
  });

  test('the operator can read no secret there', async () => {
    const { VAULT_TOKEN: token = '' } = current().project.exported;
    const { status } = await server.root.withToken(token).request('GET', 'fail-guest/data/reader/api');
    expect(status).toBe(403);
  });

  test('fails to log in from this host: identities are bound to where its containers are seen', async () => {
    const login = { role_id: 'fail-guest-reader', secret_id: await current().secretIdOf('reader') };
    const { status, body } = await server.root.request('POST', 'auth/approle/login', login);
    expect([status, body.errors]).toEqual([400, [expect.stringContaining('CIDR')]]);
  });

  function authority(certificate: string): void {
    current().write(`certificates/${current().name}/ca.pem`, certificate);
  }

  async function expectNothing(): Promise<void> {
    expect(await current().objects()).toEqual(['container fail-guest-foreign']);
    expect(await current().deployedStacks()).toEqual([]);
  }
}

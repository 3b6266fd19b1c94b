import * as fs from 'node:fs';
import { DAY, inDays, make, makeRoot, NOW } from '../constructs/certificate-maker';
import { certificateProject, FOLDER, IN_ORDER, MADE } from './certificate-project';

const { output, run, files, put, read, check } = certificateProject();
const authoritiesIn = (pem: string) =>
  pem.split(/(?<=-----END CERTIFICATE-----\n)/).filter((one) => one !== '');

describe('renewing', () => {
  test('makes a new certificate and key under the same authority', async () => {
    await run(['shop-staging']);
    const old = files();
    expect(await run(['shop-staging', '--renew'], inDays(350))).toBe(0);
    const renewed = files();
    expect(Object.keys(renewed).filter((name) => renewed[name] === old[name])).toEqual([
      'ca-key.pem',
      'ca.pem',
    ]);
    expect(Object.keys(renewed)).toEqual(MADE);
    expect(check(inDays(350 + 334))).toEqual(IN_ORDER);
    expect(output.stdout).toContain('made server.pem and server-key.pem anew\n');
  });

  test('adds names that were declared since', async () => {
    await run(['shop-staging']);
    const stack = 'cdktf.out/stacks/shop-staging-vault/cdk.tf.json';
    fs.writeFileSync(stack, read(stack).replace('"localhost"', '"localhost","shop-vault-2"'));
    const ca = read(FOLDER.ca);
    await expect(run(['shop-staging', '--check'])).rejects.toThrow("must cover 'shop-vault-2'");
    await run(['shop-staging', '--renew']);
    expect(await run(['shop-staging', '--check'])).toBe(0);
    expect(read(FOLDER.ca)).toBe(ca);
  });

  test('completes an authority of one’s own that has no server certificate yet', async () => {
    const own = await makeRoot({ kind: 'RSA-2048', name: 'own CA' });
    put(FOLDER.ca, own.certificate);
    put(FOLDER.caKey, own.key);
    await run(['shop-staging', '--renew']);
    expect(check().problems).toEqual([]);
    expect(read(FOLDER.ca)).toBe(own.certificate);
  });

  /** Changes a made set, and expects a refusal that leaves every byte. */
  async function refused(change: () => Promise<void> | void, rule: string, now = NOW) {
    await run(['shop-staging']);
    await change();
    const there = files();
    await expect(run(['shop-staging', '--renew'], now)).rejects.toThrow(rule);
    expect(files()).toEqual(there);
    expect(fs.readdirSync('certificates')).toEqual(['shop-staging']);
  }
  const all = 'make a new authority too, with npm run certificates -- shop-staging --renew-ca';

  test('fails without the key of the authority, and says where it may be', () =>
    refused(
      () => fs.rmSync(FOLDER.caKey),
      `'${FOLDER.caKey}' must be there to sign the new certificate, got no such file; put it back for as long as that takes, let your own authority sign where you have one, or ${all}`,
    ));

  test('fails with the key of another authority', () =>
    refused(
      async () => put(FOLDER.caKey, (await makeRoot()).key),
      `'${FOLDER.caKey}' must be the key of an authority in ${FOLDER.ca}, got the key of another; put back the right one, or ${all}`,
    ));

  test('fails without the certificate of the authority', () =>
    refused(() => fs.rmSync(FOLDER.ca), `'${FOLDER.ca}' must be there, got no such file`));

  test('fails with a key that is none', () =>
    refused(() => put(FOLDER.caKey, 'no key'), `'${FOLDER.caKey}' must hold a private key as PEM, got none`));

  test('fails with a key that cannot sign here', () =>
    refused(async () => {
      const own = await makeRoot({ kind: 'Ed25519' });
      put(FOLDER.ca, own.certificate);
      put(FOLDER.caKey, own.key);
    }, `'${FOLDER.caKey}' must be an RSA key, or an ECDSA key on P-256, P-384 or P-521, got ed25519; let your own authority sign, or ${all}`));

  const tenYears = new Date('2040-06-15T12:00:00Z').getTime() - NOW.getTime();
  test('works in the last moment in which the authority outlasts a certificate', async () => {
    await run(['shop-staging']);
    expect(await run(['shop-staging', '--renew'], new Date(NOW.getTime() + tenYears - 365 * DAY))).toBe(0);
  });
  test('fails a second later', () =>
    refused(
      () => undefined,
      `'${FOLDER.ca}' must outlast the new certificate, which ends on 2040-06-15, got an authority that ends on 2040-06-15; make both new with npm run certificates -- shop-staging --renew-ca`,
      new Date(NOW.getTime() + tenYears - 365 * DAY + 1000),
    ));

  test('fails under an authority that clients would not trust', () =>
    refused(async () => {
      const weak = await makeRoot({ kind: 'RSA-1024' });
      put(FOLDER.ca, weak.certificate);
      put(FOLDER.caKey, weak.key);
    }, `'${FOLDER.ca}' must have a key of RSA with at least 2048 bits`));

  test.each(['--renew', '--renew-ca'])('%s fails where nothing is', async (flag) => {
    await expect(run(['shop-staging', flag])).rejects.toThrow(
      `'certificates/shop-staging' must have certificates to renew, got none; make them with npm run certificates -- shop-staging`,
    );
  });
});

describe('renewing the authority', () => {
  test('clients trust the new one and the old one while they change over', async () => {
    await run(['shop-staging']);
    const old = files();
    expect(await run(['shop-staging', '--renew-ca'])).toBe(0);
    expect(check()).toEqual(IN_ORDER);
    const authorities = authoritiesIn(read(FOLDER.ca));
    expect(authorities).toEqual([expect.not.stringContaining(String(old['ca.pem'])), old['ca.pem']]);
    expect(MADE.filter((name) => files()[name] === old[name])).toEqual([]);

    // The server shows its old certificate until it is deployed.
    put(FOLDER.certificate, String(old['server.pem']));
    put(FOLDER.key, String(old['server-key.pem']));
    expect(check().problems).toEqual([]);
    expect(output.stdout).toContain('they trust the former authority too');
  });

  test('then renews under the new one, and clients trust that alone once the old one is taken out', async () => {
    await run(['shop-staging']);
    await run(['shop-staging', '--renew-ca']);
    await run(['shop-staging', '--renew']);
    const [first = '', ...more] = authoritiesIn(read(FOLDER.ca));
    expect(more).toHaveLength(1);
    put(FOLDER.ca, first);
    expect(check().problems).toEqual([]);
  });

  test('does without the key of the old one', async () => {
    await run(['shop-staging']);
    fs.rmSync(FOLDER.caKey);
    await run(['shop-staging', '--renew-ca']);
    expect(Object.keys(files())).toEqual(MADE);
  });

  test('an old one that has ended is not kept, nor what is no authority', async () => {
    const ended = await makeRoot({ name: 'ended CA', from: inDays(-9), until: inDays(-1) });
    const server = await make();
    put(FOLDER.ca, ended.certificate + server.certificate);
    await run(['shop-staging', '--renew-ca']);
    expect(authoritiesIn(read(FOLDER.ca))).toHaveLength(1);
    expect(output.stdout).not.toContain('the former authority');
  });

  test('fails on a file of which nobody knows whom it makes clients trust', async () => {
    put(FOLDER.ca, 'no certificate');
    await expect(run(['shop-staging', '--renew-ca'])).rejects.toThrow(
      `'${FOLDER.ca}' must hold certificates as PEM, got none; convert it with openssl x509 -inform der, or remove it, if no client trusts it`,
    );
    expect(files()).toEqual({ 'ca.pem': 'no certificate' });
  });
});

import { once } from 'node:events';
import * as fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import * as tls from 'node:tls';
import { certificateProblems } from '../../constructs/certificate-problems';
import {
  DAY,
  inDays,
  type Made,
  type MakeProps,
  make,
  makeRoot,
  NAMES,
  NOW,
  projectWith,
} from './certificate-maker';

const FOLDER = 'certificates/shop-staging';
const RENEW =
  'make a new certificate with npm run certificates -- shop-staging --renew, or have your own authority make it';
const RENEW_CA =
  'make all new with npm run certificates -- shop-staging --renew-ca, or take them from your own authority';

let root: Made;
let server: Made;
beforeAll(async () => {
  root = await makeRoot();
  server = await make({ signer: root });
});

type Files = Parameters<typeof projectWith>[0];
/** Checks a good set, or one with other files in it. */
function check(files: Files = {}, names: readonly string[] = NAMES, now = NOW) {
  const good = { ca: root.certificate, certificate: server.certificate, key: server.key };
  const project = projectWith({ ...good, ...files });
  return certificateProblems(project.folder, names, now, project.root);
}
/** Checks a set with another server certificate of the same authority. */
async function checkServer(props: MakeProps, now = NOW) {
  const { certificate, key } = await make({ signer: root, ...props });
  return check({ certificate, key }, NAMES, now);
}
const IN_ORDER = { missing: false, problems: [], warnings: [] };

test('finds nothing wrong with a good set', () => {
  expect(check()).toEqual(IN_ORDER);
});

test('looks below the folder of the project, at this moment, if nothing else is said', async () => {
  const until = new Date(Date.now() + 90 * DAY);
  const from = new Date(Date.now() - DAY);
  const authority = await makeRoot({ from, until });
  const now = await make({ signer: authority, from, until });
  const project = projectWith({ ca: authority.certificate, certificate: now.certificate, key: now.key });
  const before = process.cwd();
  process.chdir(project.root);
  try {
    expect(certificateProblems(project.folder, NAMES)).toEqual(IN_ORDER);
  } finally {
    process.chdir(before);
  }
});

test('fails where nothing is, and says so apart from all other problems', () => {
  expect(check({ ca: undefined, certificate: undefined, key: undefined })).toEqual({
    missing: true,
    problems: [
      `'${FOLDER}' must hold the server's certificates, got nothing; make them with npm run certificates -- shop-staging, or put ca.pem, server.pem and server-key.pem of your own authority there`,
    ],
    warnings: [],
  });
});

test.each([
  ['ca', 'ca.pem', RENEW_CA],
  ['certificate', 'server.pem', RENEW],
  ['key', 'server-key.pem', RENEW],
] as const)('fails without %s, which is not the same as nothing', (file, name, remedy) => {
  expect(check({ [file]: undefined })).toEqual({
    missing: false,
    problems: [`'${FOLDER}/${name}' must be there, got no such file; put it there, or ${remedy}`],
    warnings: [],
  });
});

test('the key of an authority alone is not nothing', () => {
  const files = { ca: undefined, certificate: undefined, key: undefined, caKey: root.key };
  const findings = check(files);
  expect(findings.missing).toBe(false);
  expect(findings.problems).toHaveLength(3);
});

describe('names', () => {
  test.each([
    [['vault'], 'vault', true],
    [['VAULT'], 'vault', true],
    [['shop_vault'], 'shop_vault', true],
    [['vault-1'], 'vault-10', false],
    [['vault.shop.internal'], 'vault', false],
    [['*.shop.internal'], 'vault.shop.internal', true],
    [['*.shop.internal'], 'shop.internal', false],
    [['*.shop.internal'], 'a.vault.shop.internal', false],
    [['v*.shop.internal'], 'vault.shop.internal', false],
    [['a.*.internal'], 'a.b.internal', false],
    [['127.0.0.1'], '127.0.0.1', true],
    [['127.0.0.1'], '127.0.0.2', false],
    [['localhost'], '127.0.0.1', false],
    [['::1'], '0:0:0:0:0:0:0:1', true],
    [['::1'], '::2', false],
    [[], 'shop-vault', false],
  ])('a certificate for %j covers %s: %s', async (names, name, covered) => {
    // Its common name is shop-vault, at which no client looks.
    const { certificate, key } = await make({ signer: root, names });
    const { problems } = check({ certificate, key }, [name]);
    expect(problems).toEqual(
      covered
        ? []
        : [expect.stringMatching(`^'${FOLDER}/server.pem' must cover '${name}', got .*; ${RENEW}$`)],
    );
  });

  test('an address that is written as a host name is no address', async () => {
    const { certificate, key } = await make({ signer: root, names: ['localhost'] });
    expect(check({ certificate, key }, ['localhost', '127.0.0.1', 'vault-2']).problems).toEqual([
      `'${FOLDER}/server.pem' must cover '127.0.0.1', got DNS:localhost; ${RENEW}`,
      `'${FOLDER}/server.pem' must cover 'vault-2', got DNS:localhost; ${RENEW}`,
    ]);
  });
});

describe('time', () => {
  const end = inDays(365);
  const second = 1000;
  test.each([
    ['a second over 30 days before its end', end.getTime() - 30 * DAY - second, 'nothing'],
    ['30 days before its end', end.getTime() - 30 * DAY, '30 days'],
    ['a day and a second before its end', end.getTime() - DAY - second, '1 day'],
    ['in its last second', end.getTime(), '0 days'],
  ])('%s the warning is %3$s', (_, now, left) => {
    expect(check({}, NAMES, new Date(now))).toEqual({
      missing: false,
      problems: [],
      warnings:
        left === 'nothing'
          ? []
          : [
              `'${FOLDER}/server.pem' must be renewed before 2031-06-15, got ${left} left for 'CN=shop-vault'; ${RENEW}`,
            ],
    });
  });

  test('fails a second after the end', () => {
    expect(check({}, NAMES, new Date(end.getTime() + second))).toEqual({
      missing: false,
      problems: [
        `'${FOLDER}/server.pem' must be valid now, got 'CN=shop-vault', which ended on 2031-06-15; ${RENEW}`,
      ],
      warnings: [],
    });
  });

  test('fails before the beginning, which may be a wrong clock', async () => {
    const { problems } = await checkServer({ from: inDays(2) });
    expect(problems).toEqual([
      `'${FOLDER}/server.pem' must be valid now, got 'CN=shop-vault', which begins on 2030-06-17; check the clock, or ${RENEW}`,
    ]);
  });

  test('fails when the authority has ended, and warns before', async () => {
    const old = await makeRoot({ until: inDays(20) });
    const { certificate, key } = await make({ signer: old });
    const files = { ca: old.certificate, certificate, key };
    expect(check(files).warnings).toEqual([
      `'${FOLDER}/ca.pem' must be renewed before 2030-07-05, got 20 days left for 'CN=shop CA'; ${RENEW_CA}`,
    ]);
    expect(check(files, NAMES, inDays(21)).problems).toEqual([
      `'${FOLDER}/ca.pem' must be valid now, got 'CN=shop CA', which ended on 2030-07-05; ${RENEW_CA}`,
    ]);
  });

  test('an authority that has ended does no harm where another one signed', async () => {
    const old = await makeRoot({ name: 'old CA', until: inDays(-1), from: inDays(-9) });
    expect(check({ ca: old.certificate + root.certificate })).toEqual(IN_ORDER);
  });
});

describe('key', () => {
  test('fails with the key of another certificate', async () => {
    const other = await make({ signer: root });
    expect(check({ key: other.key }).problems).toEqual([
      `'${FOLDER}/server-key.pem' must be the key of the certificate in ${FOLDER}/server.pem, got the key of another; put the right one there, or ${RENEW}`,
    ]);
  });

  test('fails when the server does not come first', () => {
    const { problems } = check({ certificate: root.certificate + server.certificate });
    expect(problems).toContain(
      `'${FOLDER}/server.pem' must begin with the certificate of the server, got it in place 2; put it before those of its authorities`,
    );
  });

  test.each(['0640', '0604', '0644', '0601'])('fails when others may open it, as with mode %s', (mode) => {
    const good = { ca: root.certificate, certificate: server.certificate, key: server.key, caKey: root.key };
    const project = projectWith(good);
    for (const file of [project.folder.key, project.folder.caKey])
      fs.chmodSync(path.join(project.root, file), mode);
    expect(certificateProblems(project.folder, NAMES, NOW, project.root).problems).toEqual([
      `'${FOLDER}/server-key.pem' must be open to its owner alone, got mode ${mode}; run chmod 600 ${FOLDER}/server-key.pem`,
      `'${FOLDER}/ca-key.pem' must be open to its owner alone, got mode ${mode}; run chmod 600 ${FOLDER}/ca-key.pem`,
    ]);
  });

  test.each(['0600', '0400', '0700'])('mode %s is private', (mode) => {
    const project = projectWith({ ca: root.certificate, certificate: server.certificate, key: server.key });
    fs.chmodSync(path.join(project.root, project.folder.key), mode);
    expect(certificateProblems(project.folder, NAMES, NOW, project.root)).toEqual(IN_ORDER);
  });

  test.each(['RSA-2048', 'P-384', 'P-521', 'Ed25519'] as const)('%s is strong', async (kind) => {
    expect(await checkServer({ kind })).toEqual(IN_ORDER);
  });

  test('fails with a weak one', async () => {
    expect((await checkServer({ kind: 'RSA-1024' })).problems).toEqual([
      `'${FOLDER}/server.pem' must have a key of RSA with at least 2048 bits, ECDSA on P-256, P-384 or P-521, or Ed25519, got RSA of 1024 bits for 'CN=shop-vault'; ${RENEW}`,
    ]);
  });

  test('fails with a weak one of the authority', async () => {
    const weak = await makeRoot({ kind: 'RSA-1024' });
    const { certificate, key } = await make({ signer: weak });
    expect(check({ ca: weak.certificate, certificate, key }).problems).toEqual([
      expect.stringMatching(
        `^'${FOLDER}/ca.pem' must have a key of .*, got RSA of 1024 bits for 'CN=shop CA'; ${RENEW_CA}$`,
      ),
    ]);
  });
});

describe('usage', () => {
  test.each([
    ['serverAuth alone', ['server']],
    ['both', ['client', 'server']],
    ['any', ['any']],
    ['none stated, which is every', undefined],
  ] as const)('%s is enough', async (_, usages) => {
    expect(await checkServer({ usages })).toEqual(IN_ORDER);
  });

  test('fails without serverAuth', async () => {
    expect((await checkServer({ usages: ['client'] })).problems).toEqual([
      `'${FOLDER}/server.pem' must be meant for TLS servers, got the extended key usage 1.3.6.1.5.5.7.3.2 without 1.3.6.1.5.5.7.3.1; ${RENEW}`,
    ]);
  });
});

describe('authority', () => {
  test('several may be trusted, as in a change-over', async () => {
    const other = await makeRoot({ name: 'other CA' });
    expect(check({ ca: other.certificate + root.certificate })).toEqual(IN_ORDER);
  });

  test.each(['server.pem', 'ca.pem'])('an intermediate one may be in %s', async (file) => {
    const intermediate = await makeRoot({ name: 'intermediate CA', signer: root });
    const { certificate, key } = await make({ signer: intermediate });
    expect(
      check({
        ca: root.certificate + (file === 'ca.pem' ? intermediate.certificate : ''),
        certificate: certificate + (file === 'server.pem' ? intermediate.certificate : ''),
        key,
      }),
    ).toEqual(IN_ORDER);
  });

  test('fails without the intermediate one', async () => {
    const intermediate = await makeRoot({ name: 'intermediate CA', signer: root });
    const { certificate, key } = await make({ signer: intermediate });
    expect(check({ certificate, key }).problems).toEqual([
      `'${FOLDER}/server.pem' must be signed by an authority in ${FOLDER}/ca.pem, up to its root, got 'CN=shop-vault', signed by 'CN=intermediate CA', which is not there; put the certificates of its authorities there, or ${RENEW}`,
    ]);
  });

  test('fails without the root, which OpenSSL wants to see', async () => {
    const intermediate = await makeRoot({ name: 'intermediate CA', signer: root });
    const { certificate, key } = await make({ signer: intermediate });
    expect(check({ ca: intermediate.certificate, certificate, key }).problems).toEqual([
      expect.stringContaining("got 'CN=intermediate CA', signed by 'CN=shop CA', which is not there; put"),
    ]);
  });

  test('fails when another one of the same name signed', async () => {
    const impostor = await makeRoot();
    const { certificate, key } = await make({ signer: impostor });
    expect(check({ certificate, key }).problems).toEqual([
      expect.stringContaining("got 'CN=shop-vault', not signed by the 'CN=shop CA' that is there; put"),
    ]);
  });

  test('fails when the server signed itself, trusted or not', async () => {
    const { certificate, key } = await make();
    expect(check({ certificate, key }).problems).toEqual([
      expect.stringContaining("got 'CN=shop-vault', which signed itself and is not in it; put"),
    ]);
    expect(check({ ca: certificate, certificate, key }).problems).toEqual([
      `'${FOLDER}/ca.pem' must hold certificates of authorities, got 'CN=shop-vault', which may not sign others; ${RENEW_CA}`,
    ]);
  });

  test('fails when one that may not sign signed', async () => {
    const { certificate, key } = await make({ name: 'end', signer: server });
    expect(check({ certificate: certificate + server.certificate, key }).problems).toEqual([
      `'${FOLDER}/server.pem' must be signed by authorities, got 'CN=shop-vault', which may not sign others; ${RENEW}`,
    ]);
  });

  test('fails when SHA-1 was used, but for the root, whose own signature nobody checks', async () => {
    const old = await makeRoot({ kind: 'RSA-2048', hash: 'SHA-1' });
    const { certificate, key } = await make({ signer: old, hash: 'SHA-1' });
    expect(check({ ca: old.certificate, certificate, key }).problems).toEqual([
      `'${FOLDER}/server.pem' must be signed with SHA-256 or better, got SHA-1 for 'CN=shop-vault'; ${RENEW}`,
    ]);
  });
});

test('says all that is wrong at once', async () => {
  const { certificate, key } = await make({ kind: 'RSA-1024', until: inDays(-0.5), names: ['localhost'] });
  const findings = check({ certificate, key }, ['shop-vault', 'localhost']);
  expect(
    findings.problems.map((problem) => /must (\w+ \w+)/.exec(problem.replace("'shop-", 'shop-'))?.[1]),
  ).toEqual(['cover shop', 'be signed', 'be valid', 'have a']);
});

describe('a TLS client', () => {
  const now = new Date();
  const around = { from: new Date(now.getTime() - DAY), until: new Date(now.getTime() + 90 * DAY) };
  const past = { from: new Date(now.getTime() - 2 * DAY), until: new Date(now.getTime() - DAY) };

  test.each([
    ['a good set', {}, {}, true],
    ['a wildcard', {}, { names: ['*.shop.internal', '127.0.0.1'] }, false],
    ['a certificate that ended', {}, past, false],
    ['an authority that ended', past, {}, false],
    ['an issuer of another name', {}, { issuer: 'other CA' }, false],
    ['a use for clients alone', {}, { usages: ['client'] }, false],
  ] as const)('agrees about %s', async (_, ofAuthority: MakeProps, ofServer: MakeProps, isFine) => {
    const authority = await makeRoot({ ...around, ...ofAuthority });
    const { certificate, key } = await make({ signer: authority, ...around, ...ofServer });
    const { problems } = check(
      { ca: authority.certificate, certificate, key },
      ['localhost', '127.0.0.1'],
      now,
    );
    expect([problems.length === 0, await connects(authority.certificate, certificate, key)]).toEqual([
      isFine,
      isFine,
    ]);
  });

  test('agrees that the root must be there, and that the other authorities may be', async () => {
    const top = await makeRoot(around);
    const other = await makeRoot({ ...around, name: 'other CA' });
    const middle = await makeRoot({ ...around, name: 'intermediate CA', signer: top });
    const { certificate, key } = await make({ ...around, signer: middle });
    const verdicts = await Promise.all(
      [
        [middle.certificate, ''],
        [top.certificate, ''],
        [top.certificate, middle.certificate],
        [middle.certificate + top.certificate, ''],
        [other.certificate + top.certificate, middle.certificate],
      ].map(async ([ca = '', sent]) => [
        check({ ca, certificate: certificate + sent, key }, NAMES, now).problems.length === 0,
        await connects(ca, certificate + sent, key),
      ]),
    );
    expect(verdicts).toEqual([
      [false, false],
      [false, false],
      [true, true],
      [true, true],
      [true, true],
    ]);
  });
});

/** Whether a client that trusts the authority connects to a server with the certificate. */
async function connects(ca: string, cert: string, key: string): Promise<boolean> {
  try {
    const listening = tls.createServer({ cert, key }).listen(0, '127.0.0.1');
    await once(listening, 'listening');
    const { port } = listening.address() as AddressInfo;
    const client = tls.connect({ host: '127.0.0.1', port, servername: 'localhost', ca });
    try {
      await once(client, 'secureConnect');
      return true;
    } finally {
      client.destroy();
      listening.close();
    }
  } catch {
    return false;
  }
}

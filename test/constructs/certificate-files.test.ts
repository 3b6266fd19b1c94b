import { generateKeyPairSync } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CertificateFiles } from '../../constructs/certificate-files';
import { type Made, make, makeRoot, projectWith } from './certificate-maker';

let root: Made;
let server: Made;
beforeAll(async () => {
  root = await makeRoot();
  server = await make({ signer: root });
});

/** The files of a project with one that has this content. */
function withContent(content: string | Buffer): CertificateFiles {
  const project = projectWith({});
  fs.writeFileSync(path.join(project.root, 'a.pem'), content);
  return new CertificateFiles(project.root);
}
const certificatesIn = (content: string | Buffer) =>
  withContent(content).certificates('a.pem', 'make it new');
const keyIn = (content: string | Buffer) => withContent(content).privateKey('a.pem', 'make it new');
const damaged = (pem: string) => pem.replace(/\n.{20}/, `\n${'A'.repeat(20)}`);
const derOf = (pem: string) => Buffer.from(pem.split('\n').slice(1, -2).join(''), 'base64');

test('reads certificates in their order, whatever is written around them', () => {
  const got = certificatesIn(`subject: server\n${server.certificate}\nsubject: root\n${root.certificate}`);
  expect('content' in got && got.content.map(({ subject }) => subject)).toEqual([
    'CN=shop-vault',
    'CN=shop CA',
  ]);
});

test.each([
  ['nothing', () => '', 'got none; convert it with openssl x509 -inform der, or make it new'],
  ['DER', () => derOf(server.certificate), 'got none; convert it'],
  ['a damaged one', () => server.certificate + damaged(server.certificate), 'got a damaged one; make it new'],
  ['half of one', () => server.certificate.slice(0, 300), 'got none; convert it'],
])('fails on %s instead of certificates', (_, content, rule) => {
  const got = certificatesIn(content());
  expect(got).toEqual({ problem: expect.stringContaining(`'a.pem' must hold certificates as PEM, ${rule}`) });
});

test('fails on a private key among certificates, without repeating it', () => {
  expect(certificatesIn(server.certificate + server.key)).toEqual({
    problem:
      "'a.pem' must hold certificates alone, got a private key too, which would be given away with it; take it out",
  });
});

describe('private key', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  test.each([
    ['PKCS #8', ec.privateKey.export({ type: 'pkcs8', format: 'pem' })],
    ['SEC 1', ec.privateKey.export({ type: 'sec1', format: 'pem' })],
    ['PKCS #1', rsa.privateKey.export({ type: 'pkcs1', format: 'pem' })],
  ])('is read from %s', (_, content) => {
    const got = keyIn(content);
    expect('content' in got && got.content.type).toBe('private');
  });

  const passphrase = { cipher: 'aes-256-cbc', passphrase: 'plainly none' };
  test.each([
    ['PKCS #8', ec.privateKey.export({ type: 'pkcs8', format: 'pem', ...passphrase })],
    ['SEC 1', ec.privateKey.export({ type: 'sec1', format: 'pem', ...passphrase })],
    ['PKCS #1', rsa.privateKey.export({ type: 'pkcs1', format: 'pem', ...passphrase })],
  ])('fails when %s has a passphrase', (_, content) => {
    expect(keyIn(content)).toEqual({
      problem:
        "'a.pem' must have no passphrase, which nobody could type for a server, got an encrypted key; write it with openssl pkey, or make it new",
    });
  });

  test.each([
    ['nothing', () => '', 'none'],
    ['a public key', () => ec.publicKey.export({ type: 'spki', format: 'pem' }), 'none'],
    ['a certificate', () => server.certificate, 'none'],
    ['a damaged one', () => damaged(server.key), 'a damaged one'],
  ])('fails on %s, without repeating it', (_, content, got) => {
    expect(keyIn(content())).toEqual({
      problem: `'a.pem' must hold a private key as PEM, got ${got}; make it new`,
    });
  });
});

test('fails on what is no file', () => {
  const project = projectWith({});
  fs.mkdirSync(path.join(project.root, 'a.pem'));
  expect(new CertificateFiles(project.root).certificates('a.pem', 'make it new')).toEqual({
    problem: "'a.pem' must be a file that can be read, got EISDIR; correct it, or make it new",
  });
});

test('no file is exposed that is not there', () => {
  expect(new CertificateFiles(projectWith({}).root).exposure('a.pem')).toBeUndefined();
});

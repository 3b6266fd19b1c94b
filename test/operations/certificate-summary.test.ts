import { X509Certificate } from 'node:crypto';
import { certificateSummary, nextSteps } from '../../operations/certificate-summary';
import { make, makeRoot } from '../constructs/certificate-maker';
import { certificateProject, FOLDER } from './certificate-project';

const { put } = certificateProject();

test('tells all authorities that clients trust, and the server alone', async () => {
  const one = await makeRoot({ name: 'one CA' });
  const other = await makeRoot({ name: 'other CA' });
  const intermediate = await makeRoot({ name: 'intermediate CA', signer: one });
  const server = await make({ signer: intermediate });
  put(FOLDER.ca, one.certificate + other.certificate);
  put(FOLDER.certificate, server.certificate + intermediate.certificate);
  expect(certificateSummary(FOLDER)).toBe(`certificates/shop-staging
  server.pem  until 2031-06-15
    DNS:shop-vault, DNS:localhost, IP Address:127.0.0.1
  ca.pem      until 2040-06-12: CN=one CA
    SHA-256 ${new X509Certificate(one.certificate).fingerprint256}
  ca.pem      until 2040-06-12: CN=other CA
    SHA-256 ${new X509Certificate(other.certificate).fingerprint256}
`);
});

test('fails on what was not checked', () => {
  expect(() => certificateSummary(FOLDER)).toThrow('the certificates were not checked');
});

const FIRST = "npx cdktf deploy 'shop-staging-vault'";
const SERVER = 'npm run deploy -- shop-staging  # it stops at the sealed server';
const UNSEAL = 'npm run vault -- unseal shop-staging';
const SERVICES = 'npm run deploy -- shop-staging';
test.each([
  ['first', ['next:', FIRST]],
  ['server', ['next, in this order:', SERVER, UNSEAL]],
  ['all', ['next, in this order:', 'give ca.pem to clients elsewhere', SERVER, UNSEAL, SERVICES]],
  [
    'all, trusting both',
    [
      'next, in this order:',
      'give ca.pem to clients elsewhere: they trust the former authority too, until the server is deployed',
      SERVER,
      UNSEAL,
      SERVICES,
      'later, take all but the first certificate out of ca.pem and do the same again',
    ],
  ],
] as const)('when %s is new, these are the next steps', (change, steps) => {
  const lines = nextSteps('shop-staging', change)
    .split('\n')
    .map((line) => line.trim());
  expect(lines).toEqual([...steps, expect.stringMatching(/^Keep ca-key.pem somewhere else: /), '']);
});

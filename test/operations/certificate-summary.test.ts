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

test.each([
  ['server', ["npx cdktf deploy 'shop-staging-vault'"]],
  ['all', ["npx cdktf deploy 'shop-staging-*'"]],
  [
    'all, trusting both',
    [
      "npx cdktf deploy 'shop-staging-services' --ignore-missing-stack-dependencies",
      "npx cdktf deploy 'shop-staging-vault'",
    ],
  ],
] as const)('when %s is new, the next commands are %j', (change, commands) => {
  const text = nextSteps('shop-staging', change);
  expect(text.match(/npx cdktf [^#\n]*/g)?.map((command) => command.trim())).toEqual(commands);
  expect(text).toContain('Keep ca-key.pem somewhere else');
});

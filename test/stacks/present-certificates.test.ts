import * as fs from 'node:fs';
import * as path from 'node:path';
import { CertificateFolder } from '../../constructs/certificate-folder';
import type { Platform } from '../../stacks/platform';
import { problemsOfPresentCertificates } from '../../stacks/present-certificates';
import { STAGING, testApp, testPlatform } from '../helper';
import { temporaryFolder } from './folder';

const before = process.cwd();
beforeEach(() => process.chdir(temporaryFolder()));
afterEach(() => process.chdir(before));

/** A server's certificate that is none. */
function writeCertificate({ node }: Platform): void {
  const folder = new CertificateFolder(node.id);
  fs.mkdirSync(folder.path, { recursive: true });
  for (const file of [folder.ca, folder.certificate, folder.key])
    fs.writeFileSync(path.resolve(file), 'no PEM\n', { mode: 0o600 });
}

const staging = () => testPlatform(testApp(), { environment: STAGING });

test('nothing is said of certificates that are on another machine', () => {
  expect(problemsOfPresentCertificates([staging()])).toEqual([]);
});

test('what is here is looked at', () => {
  const platform = staging();
  writeCertificate(platform);
  const problems = problemsOfPresentCertificates([testPlatform(), platform]);
  expect(problems.join('\n')).toContain('certificates/shop-staging/server.pem');
});

test('a server without TLS has none that anybody would look at', () => {
  const platform = testPlatform();
  writeCertificate(platform);
  expect(problemsOfPresentCertificates([platform])).toEqual([]);
});

import * as fs from 'node:fs';
import { CertificateFolder } from '../constructs/certificate-folder';
import { certificateProblems } from '../constructs/certificate-problems';
import type { Platform } from './platform';

/**
 * What is wrong with the certificates that are on this machine. Those that are not may be on another one: nobody
 * needs the key of a server to synthesize it, or to deploy what comes after it.
 */
export function problemsOfPresentCertificates(platforms: readonly Platform[]): string[] {
  return platforms.flatMap(({ node, vault: { description } }) => {
    const folder = new CertificateFolder(node.id);
    if (!description.certificates || !fs.existsSync(folder.certificate)) return [];
    return certificateProblems(folder, description.certificate_names ?? []).problems;
  });
}

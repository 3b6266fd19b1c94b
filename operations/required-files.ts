import * as fs from 'node:fs';
import { CertificateFiles } from '../constructs/certificate-files';
import { CertificateFolder } from '../constructs/certificate-folder';
import { type CertificateFindings, certificateProblems } from '../constructs/certificate-problems';
import type { VaultDescription } from '../constructs/vault-description';
import type { DeployableEnvironment } from './environments';
import type { UploadedFile } from './stack-file';

/** What is wrong, and what will be; each is one line with its remedy. */
export type Findings = Pick<CertificateFindings, 'problems' | 'warnings'>;

/**
 * Checks the files that lie beside the declaration, which git ignores: certificates, and what a seal needs. None of
 * them is repeated.
 */
export function requiredFiles({ name, stacks }: DeployableEnvironment, now: Date): Findings {
  const vault = stacks.vault.vaultDescription;
  const checked = new CertificateFolder(name).path;
  const certificates = certificatesOf(name, vault, now);
  const others = [stacks.vault, stacks.access, stacks.services]
    .flatMap(({ uploadedFiles }) => uploadedFiles)
    .filter(({ file }) => !file.startsWith(`${checked}/`));
  return {
    problems: [...certificates.problems, ...others.flatMap((file) => problemOf(file) ?? [])],
    warnings: certificates.warnings,
  };
}

function certificatesOf(name: string, vault: VaultDescription | undefined, now: Date): Findings {
  const folder = new CertificateFolder(name);
  if (vault?.certificates) return certificateProblems(folder, vault.certificate_names ?? [], now);
  if (!vault?.ca) return { problems: [], warnings: [] };
  // Somebody else's: the rest of the chain shows when the server is asked.
  const authority = new CertificateFiles('.').certificates(
    vault.ca,
    'ask those who run the server for the certificate of its authority',
  );
  return { problems: 'problem' in authority ? [authority.problem] : [], warnings: [] };
}

function problemOf({ file, remedy }: UploadedFile): string | undefined {
  let size: number;
  try {
    size = fs.statSync(file).size;
    fs.accessSync(file, fs.constants.R_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? `'${file}' must be there, got no such file; ${remedy}`
      : `'${file}' must be a file that can be read, got ${code}; correct it`;
  }
  if (size === 0) return `'${file}' must hold something, got an empty file; ${remedy}`;
  // A certificate is for everybody.
  return file.endsWith('.pem') ? undefined : new CertificateFiles('.').exposure(file);
}

import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** The extensions of a certificate that tests look at, those that are there. */
export function extensionsOf(pem: string) {
  const certificate = new x509.X509Certificate(pem);
  const constraints = certificate.getExtension(x509.BasicConstraintsExtension);
  const usage = certificate.getExtension(x509.KeyUsagesExtension);
  const extended = certificate.getExtension(x509.ExtendedKeyUsageExtension);
  const subjectKey = certificate.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId;
  const authorityKey = certificate.getExtension(x509.AuthorityKeyIdentifierExtension)?.keyId;
  return {
    ...(constraints && {
      basicConstraints: {
        critical: constraints.critical,
        ca: constraints.ca,
        pathLength: constraints.pathLength,
      },
    }),
    ...(usage && { keyUsage: { critical: usage.critical, usages: usagesIn(usage.usages) } }),
    ...(extended && { extendedKeyUsage: { critical: extended.critical, usages: [...extended.usages] } }),
    ...(subjectKey && { subjectKey }),
    ...(authorityKey && { authorityKey }),
  };
}

function usagesIn(flags: x509.KeyUsageFlags): string[] {
  return Object.entries(x509.KeyUsageFlags).flatMap(([name, flag]) =>
    typeof flag === 'number' && (flags & flag) !== 0 ? [name] : [],
  );
}

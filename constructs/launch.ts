import type { SecretFile } from './secret-file';

/**
 * Starts a program with variables from rendered files. They are in the process alone, not in the container's
 * definition, which everybody who may talk to Docker can read.
 */
export function launchWithVariables(
  files: readonly [SecretFile, ...SecretFile[]],
  argv: readonly string[],
): { readonly entrypoint: readonly string[]; readonly command: readonly string[] } {
  const read = files.map(({ path }) => `. ${path}`).join('; ');
  return { entrypoint: ['/bin/sh', '-ec', `set -a; ${read}; set +a; exec "$0" "$@"`], command: argv };
}

import type { SecretFile } from './secret-file';

/** How a container starts a program that reads rendered files. */
export interface Launch {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

type Files = readonly [SecretFile, ...SecretFile[]];

/**
 * Starts a program that reads files once, and ends it when one of them changes: the container's restart policy
 * starts it again with what is there then. So a rotation reaches programs that do not watch their files.
 *
 * @param argv program and arguments; the image needs a POSIX shell
 */
export function launchWatching(files: Files, argv: readonly string[]): Launch {
  return { entrypoint: ['/bin/sh', '-c', watching(files, '')], command: argv };
}

/**
 * The same for a program that takes its settings from variables. They are in the process alone, not in the
 * container's definition, which everybody who may talk to Docker can read.
 */
export function launchWithVariables(files: Files, argv: readonly string[]): Launch {
  const read = files.map(({ path }) => `. ${path}`).join('; ');
  return { entrypoint: ['/bin/sh', '-c', watching(files, `set -ae; ${read}; set +ae`)], command: argv };
}

// The names cannot be those of a program's variables. What the files hold is compared in the shell's memory, so the image needs no more than cat. A file that is
// being replaced is no change yet. A signal ends the first wait, not the program.
function watching(files: Files, before: string): string {
  const read = `cat ${files.map(({ path }) => path).join(' ')} 2>/dev/null`;
  return `__launch_seen=$(${read})
${before}
"$0" "$@" &
__launch_program=$!
trap 'kill -TERM $__launch_program' TERM INT
while sleep 5; do
  __launch_now=$(${read}) && [ "$__launch_now" != "$__launch_seen" ] && kill -TERM $__launch_program
done >/dev/null 2>&1 &
__launch_watcher=$!
__launch_status=0
wait $__launch_program || __launch_status=$?
while kill -0 $__launch_program 2>/dev/null; do
  __launch_status=0
  wait $__launch_program || __launch_status=$?
done
kill $__launch_watcher
exit $__launch_status`.trim();
}

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { AGENT_DIRECTORY } from '../../constructs/agent-login';
import { SECRETS_DIRECTORY } from '../../constructs/secret-file';

const ALL_SHELLS = [
  { name: '/bin/sh', argv: ['/bin/sh'], present: true },
  {
    name: 'busybox',
    argv: ['busybox', 'sh'],
    present: spawnSync('busybox', ['sh', '-c', 'exit 7']).status === 7,
  },
];

/** Shells in which an agent may find itself: the machine's own, and that of the official images where it is here. */
export const SHELLS = ALL_SHELLS.filter(({ present }) => present);

/** Says, by a skipped test, in which shell the tests of a file did not run. */
export function announceMissingShells(): void {
  for (const { name } of ALL_SHELLS.filter(({ present }) => !present))
    test.skip(`all of this in ${name}, which is not on this machine`, () => expect(name).toBe(''));
}

// Answers as the command line of the server does, from files, and notes how it was called: `status` holds an exit
// code, `renewals` a line for each renewal, `used` the wrapping tokens that were unwrapped before.
const PROGRAM = `#!/bin/sh
echo "$*" >> "$FAKE/calls"
case "$1" in
  status) exit "$(cat "$FAKE/status")" ;;
  token)
    answer=$(head -n 1 "$FAKE/renewals")
    sed -i 1d "$FAKE/renewals"
    echo "$VAULT_TOKEN" >> "$FAKE/renewed"
    [ "$answer" = renewed ] || { echo "Error renewing token: $answer" >&2; exit 2; } ;;
  unwrap)
    if grep -qsx "$VAULT_TOKEN" "$FAKE/used"; then echo "wrapping token is not valid" >&2; exit 2; fi
    echo "$VAULT_TOKEN" >> "$FAKE/used"
    printf %s "secret-id in $VAULT_TOKEN" ;;
  agent) env > "$FAKE/environment"; umask > "$FAKE/umask" ;;
esac
`;

// A function, since busybox would not look for a program.
const NO_WAITING = 'sleep() { echo "sleep $*" >> "$FAKE/calls"; }\n';

/** How one start of the agent's container ended. */
export interface Start {
  readonly status: number | null;
  readonly stderr: string;
  /** The calls of the server's command line, in their order. */
  readonly calls: readonly string[];
}

/** The container's command in a real shell, with folders of its own in the place of the volumes. */
export class AgentShell {
  private readonly root = fs.mkdtempSync(path.join(os.tmpdir(), 'agent-'));

  /**
   * @param container as it was synthesized
   * @param identity where it mounts the volume of its identity
   */
  public constructor(
    private readonly container: Readonly<Record<string, unknown>>,
    private readonly identity: string,
    private readonly shell: readonly string[],
    binary: string,
  ) {
    for (const folder of ['bin', 'tmp', 'secrets', 'identity']) fs.mkdirSync(path.join(this.root, folder));
    this.write('status', '0');
    this.program(binary, PROGRAM);
    if (shell[0] !== 'busybox') return;
    for (const applet of ['cat', 'cp', 'mv', 'sed', 'sha256sum'])
      this.program(applet, `#!/bin/sh\nexec busybox ${applet} "$@"\n`);
  }

  /** A file below the test's folder: `tmp/…`, `secrets/…`, `identity/…`, or one of the answers. */
  public write(file: string, text: string): void {
    fs.writeFileSync(path.join(this.root, file), text);
  }

  public read(file: string): string {
    return fs.readFileSync(path.join(this.root, file), 'utf8');
  }

  public has(file: string): boolean {
    return fs.existsSync(path.join(this.root, file));
  }

  /** Permissions in octal. */
  public modeOf(file: string): string {
    return (fs.statSync(path.join(this.root, file)).mode & 0o777).toString(8);
  }

  /** The variables of the agent's process. */
  public get environment(): readonly string[] {
    return this.read('environment').split('\n');
  }

  /** A container that starts again has an empty memory, but for the volumes that others mount too. */
  public start(wrappingToken: string): Start {
    fs.rmSync(path.join(this.root, 'tmp'), { recursive: true });
    fs.mkdirSync(path.join(this.root, 'tmp'));
    fs.rmSync(path.join(this.root, 'calls'), { force: true });
    const { entrypoint, command, env } = this.container as Record<string, readonly string[]>;
    const variables = Object.fromEntries(
      (env ?? []).map((pair) => [
        pair.split('=', 1)[0] as string,
        this.moved(pair.slice(pair.indexOf('=') + 1)),
      ]),
    );
    const [, ...options] = entrypoint ?? [];
    const [program = '', ...rest] = [
      ...this.shell,
      ...options,
      ...(command ?? []).map((one) => NO_WAITING + this.moved(one)),
    ];
    const { status, stderr } = spawnSync(program, rest, {
      encoding: 'utf8',
      timeout: 30_000,
      env: {
        ...variables,
        WRAPPED_SECRET_ID: wrappingToken,
        FAKE: this.root,
        PATH: `${path.join(this.root, 'bin')}:${process.env.PATH}`,
      },
    });
    const calls = this.has('calls') ? this.read('calls').trim().split('\n') : [];
    return { status, stderr, calls: calls.map((call) => call.replaceAll(this.root, '')) };
  }

  public remove(): void {
    fs.rmSync(this.root, { recursive: true });
  }

  private program(name: string, text: string): void {
    fs.writeFileSync(path.join(this.root, 'bin', name), text, { mode: 0o755 });
  }

  /** The text as Terraform hands it on, with the folders of the test. */
  private moved(text: string): string {
    const folders: Readonly<Record<string, string>> = {
      [AGENT_DIRECTORY]: 'tmp',
      [SECRETS_DIRECTORY]: 'secrets',
      [this.identity]: 'identity',
    };
    return text
      .replaceAll('$${', '${')
      .replace(new RegExp(`(${Object.keys(folders).join('|')})(?=/)`, 'g'), (one) =>
        path.join(this.root, folders[one] as string),
      );
  }
}

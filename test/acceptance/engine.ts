import { attempt, type CommandResult, eventually, run } from './command';

/** As much of `docker inspect` as the tests look at. */
export interface Inspected {
  readonly Id: string;
  readonly Name: string;
  readonly State: {
    readonly Status: string;
    readonly Health?: { readonly Status: string };
  };
  readonly Config: {
    readonly Image: string;
    readonly Env: readonly string[] | null;
    readonly Labels: Readonly<Record<string, string>>;
  };
  readonly HostConfig: {
    readonly RestartPolicy: { readonly Name: string };
    readonly Memory: number;
    readonly LogConfig: { readonly Type: string; readonly Config: Readonly<Record<string, string>> };
    readonly SecurityOpt: readonly string[];
    readonly CapDrop: readonly string[];
    readonly CapAdd: readonly string[] | null;
    readonly Privileged: boolean;
    readonly PortBindings: Readonly<
      Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[]>
    > | null;
  };
  readonly Mounts: readonly { readonly Name?: string }[];
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, unknown>> };
}

/** Containers by name. */
export async function inspect(names: readonly string[]): Promise<ReadonlyMap<string, Inspected>> {
  const text = await run('docker', ['inspect', '--type', 'container', ...names]);
  const found = JSON.parse(text) as readonly Inspected[];
  return new Map(found.map((one) => [one.Name.slice(1), one]));
}

/** The variables of a container that its image does not bring. */
export async function addedVariables(container: Inspected): Promise<Record<string, string>> {
  const image = await run('docker', [
    'image',
    'inspect',
    '--format',
    '{{json .Config.Env}}',
    container.Config.Image,
  ]);
  const brought = (JSON.parse(image) as readonly string[] | null) ?? [];
  return variablesOf((container.Config.Env ?? []).filter((one) => !brought.includes(one)));
}

export function variablesOf(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]),
  );
}

export interface ExecOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
}

/** Runs a program inside a container. Values of variables are not on the command line. */
export function execute(
  container: string,
  argv: readonly string[],
  options: ExecOptions = {},
): Promise<CommandResult> {
  const names = Object.keys(options.env ?? {}).flatMap((name) => ['--env', name]);
  return attempt('docker', ['exec', '--interactive', ...names, container, ...argv], options);
}

/** As {@link execute}, for a program that must succeed. */
export async function executed(
  container: string,
  argv: readonly string[],
  options: ExecOptions = {},
): Promise<string> {
  const { code, stdout, output } = await execute(container, argv, options);
  if (code !== 0) throw new Error(`${argv.join(' ')} in ${container} ended with ${code}:\n${output}`);
  return stdout.toString('utf8');
}

/** Restarts containers and waits for them. */
export async function restart(names: readonly string[]): Promise<void> {
  await run('docker', ['restart', ...names]);
  await settled(names);
}

/** Waits until containers are up, and healthy where they can tell. */
export async function settled(names: readonly string[]): Promise<void> {
  await eventually(`${names.join(', ')} healthy`, async () =>
    [...(await inspect(names)).values()].every(
      ({ State }) => State.Status === 'running' && (State.Health?.Status ?? 'healthy') === 'healthy',
    ),
  );
}

export type EngineObject = 'container' | 'volume' | 'network';

/** Those of the given names that exist. */
export async function existing(kind: EngineObject, names: readonly string[]): Promise<string[]> {
  const listing =
    kind === 'container' ? ['ps', '--all', '--format', '{{.Names}}'] : [kind, 'ls', '--format', '{{.Name}}'];
  const all = (await run('docker', listing)).split('\n');
  return names.filter((name) => all.includes(name));
}

/** Removes those of the given names that exist. */
export async function remove(kind: EngineObject, names: readonly string[]): Promise<void> {
  const found = await existing(kind, names);
  if (found.length === 0) return;
  const removal =
    kind === 'container'
      ? ['rm', '--force', '--volumes']
      : [kind, 'rm', ...(kind === 'volume' ? ['--force'] : [])];
  await run('docker', [...removal, ...found]);
}

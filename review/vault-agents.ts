import { type Container, containersOf, textOf } from './container';
import { remembered } from './remembered';
import type { ReviewedEnvironment } from './reviewed-environment';
import {
  isSettings,
  isTrue,
  labelled,
  ServerConfiguration,
  type Settings,
  settingText,
} from './server-configuration';
import { writersOf } from './shared-volumes';
import { commandsIn, IMAGE, imageOf } from './vault-servers';

/** A container that an agent or a proxy of Vault runs in. */
export interface VaultAgent {
  readonly container: Container;
  /** @default nobody knows it before an apply */
  readonly configuration?: AgentConfiguration;
}

export interface AgentConfiguration {
  /** Of the server. @default taken from its variables */
  readonly address?: string;
  /** Of the authority's certificate. @default taken from its variables */
  readonly authority?: string;
  readonly skipsVerification: boolean;
  /** What it writes: tokens, and rendered templates. */
  readonly sinks: readonly string[];
  readonly rendered: readonly string[];
  /** What its templates read, as they write it. */
  readonly secrets: readonly string[];
}

const RUN = /(?:^|[;&|\n]\s*|\bexec\s+|\bsu-exec\s+\S+\s+)(?:\S*\/)?(?:vault|bao)\s+(?:agent|proxy)\b/;

/** By their containers. */
export const agentsOf = remembered(
  (environment: ReviewedEnvironment): ReadonlyMap<Container, VaultAgent> =>
    new Map(
      containersOf(environment)
        .filter(runsAgent)
        .map((container) => {
          const configuration = configurationOf(container, environment);
          return [container, { container, ...(configuration && { configuration }) }];
        }),
    ),
);

function runsAgent(container: Container): boolean {
  const commands = [...commandsIn(container, 'agent'), ...commandsIn(container, 'proxy')];
  if (commands.some((text) => RUN.test(text))) return true;
  const [first = ''] = container.texts('command');
  return (
    /^(agent|proxy)$/.test(first) &&
    container.value('entrypoint') === undefined &&
    IMAGE.test(imageOf(container) ?? '')
  );
}

/** Told by what is in it, since it may be anywhere: in a variable, a file, or a volume that another container fills. */
function configurationOf(
  container: Container,
  environment: ReviewedEnvironment,
): AgentConfiguration | undefined {
  const prepared = container.mounts.flatMap(({ volume }) => filesIn(environment, volume));
  const texts = [...container.environment.values(), ...uploaded(container), ...prepared];
  const configurations = [...new Set(texts.filter(isConfiguration))];
  const [only, another] = configurations.flatMap((text) => readConfiguration(environment, text) ?? []);
  return another ? undefined : only;
}

/** Agents of many services have the same text, which is read once. */
function readConfiguration(environment: ReviewedEnvironment, text: string): AgentConfiguration | undefined {
  const known = readOf(environment);
  if (!known.has(text)) {
    const configuration = ServerConfiguration.of([text]);
    known.set(text, configuration && agentConfiguration(configuration));
  }
  return known.get(text);
}

const readOf = remembered((_: ReviewedEnvironment): Map<string, AgentConfiguration | undefined> => new Map());

function isConfiguration(text: string): boolean {
  return /\bauto_auth\b/.test(text);
}

/** Configurations that containers put into a volume, each at most once for all that mount it. */
function filesIn(environment: ReviewedEnvironment, volume: string | undefined): readonly string[] {
  if (volume === undefined) return [];
  const known = preparedOf(environment);
  const found =
    known.get(volume) ??
    writersOf(environment, volume)
      .flatMap(({ container }) => uploaded(container))
      .filter(isConfiguration);
  known.set(volume, found);
  return found;
}

const preparedOf = remembered((_: ReviewedEnvironment): Map<string, readonly string[]> => new Map());

function uploaded(container: Container): readonly string[] {
  return container.blocks('upload').flatMap(({ content }) => textOf(content) ?? []);
}

function agentConfiguration(configuration: ServerConfiguration): AgentConfiguration {
  const vault = configuration.sections('vault');
  const text = (name: string) => vault.flatMap((one) => settingText(one, name) ?? []).at(-1);
  const [address, authority] = [text('address'), text('ca_cert')];
  const templates = configuration.sections('template');
  const executed = configuration.sections('env_template').flatMap((one) => [one, ...children(one)]);
  const contents = [...templates, ...executed].flatMap((one) => settingText(one, 'contents') ?? []);
  return {
    ...(address !== undefined && { address }),
    ...(authority !== undefined && { authority }),
    skipsVerification: isTrue(text('tls_skip_verify')),
    sinks: configuration
      .sections('auto_auth')
      .flatMap((one) => one.sink ?? [])
      .filter(isSettings)
      .flatMap(sinkFiles),
    rendered: templates.flatMap((one) => settingText(one, 'destination') ?? []),
    secrets: contents.flatMap((one) =>
      [...one.matchAll(/\bsecret\s+["`]([^"`]+)["`]/g)].map(([, path]) => path as string),
    ),
  };
}

/** A sink is written with its type as a label, or inside. */
function sinkFiles(sink: Settings): readonly string[] {
  const bodies = sink.config ? [sink] : labelled(sink).map(({ settings }) => settings);
  return bodies
    .flatMap(({ config = [] }) => config.filter(isSettings))
    .flatMap((one) => settingText(one, 'path') ?? []);
}

function children(settings: Settings): readonly Settings[] {
  return labelled(settings).map((one) => one.settings);
}

/** The one agent that writes into a volume of a container; nothing where there is none, or several. */
export function agentBeside(environment: ReviewedEnvironment, container: Container): VaultAgent | undefined {
  const writing = writingAgents(environment);
  const beside = container.mounts.flatMap(({ volume }) => {
    const agents = writing.get(volume ?? '');
    return agents ? [agents] : [];
  });
  // Where several agents write into one volume, it is not that of one container.
  const [only, another] = new Set(
    beside.flatMap((agents) => (agents.length > 2 ? agents.slice(0, 2) : agents)),
  );
  return another || only?.container === container ? undefined : only;
}

/** By the volumes into which they write. */
const writingAgents = remembered(
  (environment: ReviewedEnvironment): ReadonlyMap<string, readonly VaultAgent[]> => {
    const found = new Map<string, VaultAgent[]>();
    for (const agent of agentsOf(environment).values()) {
      for (const { volume, isReadOnly } of agent.container.mounts) {
        if (volume === undefined || isReadOnly) continue;
        const same = found.get(volume);
        if (same) same.push(agent);
        else found.set(volume, [agent]);
      }
    }
    return found;
  },
);

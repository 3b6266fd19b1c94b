import * as fs from 'node:fs';
import type { NamedContainer } from './container-names';
import type { Captured, Machine } from './machine';

/** Where Terraform's Docker provider looks when no variable says otherwise. */
const DEFAULT_ENGINE =
  process.platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';

/** A port of the host that a running container holds. */
export interface HeldPort {
  readonly ip: string;
  readonly port: number;
  readonly containerName: string;
  readonly platform: string;
  readonly environment: string;
}

/** A network of the engine. */
export interface ExistingNetwork {
  readonly networkName: string;
  readonly platform: string;
  readonly environment: string;
  /** In CIDR notation. */
  readonly subnets: readonly string[];
}

/** The Docker engine, as the `docker` command finds it: by `DOCKER_HOST` or its context. */
export class Docker {
  public constructor(private readonly machine: Machine) {}

  /** Whether the engine's ports are ports of this machine. */
  public async isLocal(): Promise<boolean> {
    const host = this.machine.variables.DOCKER_HOST || (await this.context())?.host;
    return !/^(tcp|ssh|https?):/.test(host ?? '');
  }

  /** Why the engine cannot be used, if it cannot. */
  public async problem(): Promise<string | undefined> {
    const answer = await this.docker('version', '--format', '{{.Server.Version}}');
    if (answer.status === 0) return this.otherEngine();
    return `'docker' must reach a running engine, got ${answer.failure}; install Docker and start it, or set DOCKER_HOST`;
  }

  /** What the running containers publish. */
  public async heldPorts(): Promise<readonly HeldPort[]> {
    const format = '{{.Names}}\t{{.Label "platform"}}\t{{.Label "environment"}}\t{{.Ports}}';
    const { stdout } = await this.docker('ps', '--no-trunc', '--format', format);
    return stdout.split('\n').flatMap((line) => {
      const [containerName = '', platform = '', environment = '', ports = ''] = line.split('\t');
      return publishedIn(ports).map((published) => ({ ...published, containerName, platform, environment }));
    });
  }

  /** All containers, running or not. */
  public async containers(): Promise<readonly NamedContainer[]> {
    const format = '{{.Names}}\t{{.Label "platform"}}\t{{.Label "environment"}}';
    const { stdout } = await this.docker('ps', '--all', '--no-trunc', '--format', format);
    return lines(stdout).map((line) => {
      const [containerName = '', platform = '', environment = ''] = line.split('\t');
      return { containerName, platform, environment };
    });
  }

  public async networks(): Promise<readonly ExistingNetwork[]> {
    const ids = lines((await this.docker('network', 'ls', '--quiet')).stdout);
    if (ids.length === 0) return [];
    const format =
      '{{.Name}}\t{{index .Labels "platform"}}\t{{index .Labels "environment"}}\t{{range .IPAM.Config}}{{.Subnet}} {{end}}';
    // One that was removed meanwhile is missing in the answer, and nothing else.
    const { stdout } = await this.docker('network', 'inspect', '--format', format, ...ids);
    return lines(stdout).map((line) => {
      const [networkName = '', platform = '', environment = '', subnets = ''] = line.split('\t');
      return { networkName, platform, environment, subnets: words(subnets) };
    });
  }

  /**
   * Why Terraform would use another engine, if it would: it knows the two variables, prefers them the other way
   * round, and does not know which context was chosen with `docker context use`.
   */
  private async otherEngine(): Promise<string | undefined> {
    const { DOCKER_HOST: host, DOCKER_CONTEXT: name } = this.machine.variables;
    if (name === 'default' || (name && host)) {
      const rule = host ? 'must not be set beside DOCKER_HOST' : 'must be a context that Terraform knows';
      return `'DOCKER_CONTEXT' ${rule}, got '${name}'; run unset DOCKER_CONTEXT`;
    }
    const context = name || host ? undefined : await this.context();
    if (!context || isSameEngine(context.host, DEFAULT_ENGINE)) return undefined;
    return `'DOCKER_HOST' must be set where docker uses another engine than Terraform, got nothing and the context '${context.name}'; run export DOCKER_HOST=${context.host}`;
  }

  /** The context that the `docker` command uses; an old one has none. */
  private async context(): Promise<{ readonly name: string; readonly host: string } | undefined> {
    const format = '{{.Name}}\t{{.Endpoints.docker.Host}}';
    const { status, stdout } = await this.docker('context', 'inspect', '--format', format);
    const [name = '', host = ''] = stdout.trim().split('\t');
    return status === 0 && host !== '' ? { name, host } : undefined;
  }

  private docker(...args: readonly string[]): Promise<Captured> {
    return this.machine.capture('docker', args);
  }
}

/** Whether two endpoints are one. Docker Desktop makes the default socket a link to its own. */
export function isSameEngine(one: string, other: string): boolean {
  const real = (endpoint: string) => {
    try {
      return fs.realpathSync(endpoint.replace(/^unix:\/\//, ''));
    } catch {
      return endpoint;
    }
  };
  return one === other || real(one) === real(other);
}

/** Reads `127.0.0.1:8200->8200/tcp, [::]:8000-8002->8000-8002/tcp, 5432/tcp`. */
function publishedIn(ports: string): { readonly ip: string; readonly port: number }[] {
  return ports.split(', ').flatMap((published) => {
    const match = /^\[?(.*?)\]?:(\d+)(?:-(\d+))?->.*\/tcp$/.exec(published);
    if (!match) return [];
    const [, ip = '', first, last = first] = match;
    const count = Number(last) - Number(first) + 1;
    return Array.from({ length: count }, (_, i) => ({ ip, port: Number(first) + i }));
  });
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

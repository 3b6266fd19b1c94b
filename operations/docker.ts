import type { Captured, Machine } from './machine';

/** A port of the host that a running container holds. */
export interface HeldPort {
  readonly ip: string;
  readonly port: number;
  readonly containerName: string;
  readonly platform: string;
  readonly environment: string;
}

/** The Docker engine, as the `docker` command finds it: by `DOCKER_HOST` or its context. */
export class Docker {
  public constructor(private readonly machine: Machine) {}

  /** Whether the engine's ports are ports of this machine. */
  public get isLocal(): boolean {
    return !/^(tcp|ssh|https?):/.test(this.machine.variables.DOCKER_HOST ?? '');
  }

  /** Why the engine cannot be used, if it cannot. */
  public async problem(): Promise<string | undefined> {
    const answer = await this.docker('version', '--format', '{{.Server.Version}}');
    if (answer.status === 0) return undefined;
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

  private docker(...args: readonly string[]): Promise<Captured> {
    return this.machine.capture('docker', args);
  }
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

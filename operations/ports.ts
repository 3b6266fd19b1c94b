import * as net from 'node:net';
import type { HeldPort } from './docker';
import type { PublishedPort } from './stack-file';

/** Tries whether a port can be held: the error code when it cannot. */
export type PortProbe = (ip: string, port: number) => Promise<string | undefined>;

/** Holds a port of this machine for a moment. */
export const bindPort: PortProbe = (ip, port) =>
  new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    server.listen({ host: ip, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });

/**
 * The ports that somebody else holds. Those of this very environment are not in the way: Terraform replaces
 * or keeps its containers.
 *
 * @param probe left out where the engine runs on another machine
 */
export async function portProblems(
  environment: string,
  wanted: readonly PublishedPort[],
  held: readonly HeldPort[],
  probe?: PortProbe,
): Promise<string[]> {
  const problems = await Promise.all(
    wanted.map(async (port) => {
      const holders = held.filter((other) => other.port === port.port && overlap(other.ip, port.ip));
      const stranger = holders.find((holder) => !isSameEnvironment(holder, port));
      if (stranger) return taken(environment, port, `which container '${stranger.containerName}' publishes`);
      if (holders.length > 0) return undefined;
      switch (await probe?.(port.ip, port.port)) {
        case 'EADDRINUSE':
          return taken(environment, port, 'which a program outside Docker holds');
        case 'EADDRNOTAVAIL':
          return `'address' of a port must be one of this host, got '${port.ip}' for ${port.containerName}; correct it in the declaration`;
        default:
          // Free, or a port that only the engine may open.
          return undefined;
      }
    }),
  );
  return problems.filter((problem) => problem !== undefined);
}

function taken(environment: string, { ip, port, containerName }: PublishedPort, holder: string): string {
  return `'port' of ${containerName} must be free, got '${ip}:${port}', ${holder}; stop it, or choose another port in context.${environment}.hostPorts of cdktf.json`;
}

function isSameEnvironment(one: HeldPort, other: PublishedPort): boolean {
  return one.platform === other.platform && one.environment === other.environment;
}

function overlap(one: string, other: string): boolean {
  const all = ['0.0.0.0', '::'];
  return one === other || all.includes(one) || all.includes(other);
}

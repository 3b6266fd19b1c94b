import * as net from 'node:net';
import type { Construct } from 'constructs';
import type { Environment } from './environment';
import { Host } from './host';
import { ValidationError } from './validation-error';

/** A published port: the same number on both sides, or one for each. */
export type Port =
  | number
  | {
      readonly host: number;
      readonly container: number;
      /**
       * The address of the host on which it is published.
       * @default '127.0.0.1'
       */
      readonly address?: string;
      /**
       * Says that whoever reaches that address may connect. Outside development no other address than loopback is
       * taken without it.
       * @default false
       */
      readonly public?: boolean;
    };

/** A port as the Docker provider takes it. */
export interface PublishedPort {
  readonly internal: number;
  readonly external: number;
  readonly ip: string;
}

/** Claims a port on the host, and refuses numbers and addresses that cannot be, or that nobody asked for. */
export function publish(scope: Construct, environment: Environment, port: Port): PublishedPort {
  const {
    host: external,
    container: internal,
    address: ip = '127.0.0.1',
    public: isPublic = false,
  } = typeof port === 'number' ? { host: port, container: port } : port;
  for (const number of [external, internal]) {
    if (!Number.isInteger(number) || number < 1 || number > 65535) {
      throw new ValidationError(
        scope,
        `'ports' must be whole numbers from 1 to 65535, got '${number}'; write it as { host: 8003, container: 8000 }`,
      );
    }
  }
  if (net.isIP(ip) === 0) {
    throw new ValidationError(
      scope,
      `'address' of 'ports' must be an IP address of the host, got '${ip}'; write it as '127.0.0.1'`,
    );
  }
  if (!environment.isDevelopment && !isPublic && !isLoopback(ip)) {
    throw new ValidationError(
      scope,
      `'address' of 'ports' must be loopback outside development, unless it is said to be public, got '${ip}'; leave it out, or add public: true`,
    );
  }
  Host.of(scope, environment.host).claim(scope, 'host port', external, 'give one of them another host port');
  return { internal, external, ip };
}

const LOOPBACK = new net.BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

function isLoopback(ip: string): boolean {
  return LOOPBACK.check(ip, net.isIPv6(ip) ? 'ipv6' : 'ipv4');
}

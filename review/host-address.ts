import { MARK } from '../policies/terraform-value';

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|\[?::1\]?|localhost)(?::\d+)?$/;

/** @param address `host` or `host:port` */
export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address);
}

/**
 * Whether what is sent to a URL can be read on the way. Nobody is on the way within one machine, and nobody knows of a
 * host that only Terraform knows.
 */
export function isPlainHttp(url: string): boolean {
  const [, host] = /^http:\/\/([^/?#]*)/i.exec(url) ?? [];
  return host !== undefined && !isLoopback(host) && host.search(MARK) < 0;
}

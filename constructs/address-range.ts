import * as net from 'node:net';

/** IPv4 addresses from a first to a last, as numbers. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
  /** The length of the prefix. */
  readonly bits: number;
}

/** The addresses of a network in CIDR notation. Nothing where it is none, or not written by its first address. */
export function addressRange(subnet: string): AddressRange | undefined {
  const [, address = '', prefix = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(subnet) ?? [];
  const bits = Number(prefix);
  if (!net.isIPv4(address) || bits > 32) return undefined;
  const first = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - bits);
  return first % size === 0 ? { first, last: first + size - 1, bits } : undefined;
}

/** Whether two ranges have an address in common. */
export function overlapping(one: AddressRange, other: AddressRange): boolean {
  return one.first <= other.last && other.first <= one.last;
}

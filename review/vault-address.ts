import { MARK } from '../policies/terraform-value';

/** Where a client looks for Vault. */
export interface VaultAddress {
  readonly scheme: 'http' | 'https';
  /** In lower case, an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
  /** What follows the port, such as `/v1`. */
  readonly path: string;
}

const ADDRESS = /^(https?):\/\/(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?(\/[^\s?#]*)?$/i;

/** @returns nothing for what is none, or not known before an apply */
export function vaultAddress(text: string): VaultAddress | undefined {
  const [, scheme = '', host = '', port, path = ''] = ADDRESS.exec(text) ?? [];
  if (host === '' || Number(port ?? 1) > 65535) return undefined;
  const isTls = scheme.toLowerCase() === 'https';
  return {
    scheme: isTls ? 'https' : 'http',
    host: host.replace(/^\[|\]$/g, '').toLowerCase(),
    port: port === undefined ? (isTls ? 443 : 80) : Number(port),
    path,
  };
}

/** Whether part of a text is known at an apply only. */
export function isOpen(text: string): boolean {
  return text.search(MARK) >= 0;
}

/** Whether it is a name as Docker gives them to containers, and no domain or IP address. */
export function isContainerName({ host }: VaultAddress): boolean {
  return !host.includes('.') && !host.includes(':') && host !== 'localhost';
}

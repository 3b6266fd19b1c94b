import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { namesASecret } from '../../policies/secret-text';
import type { PlatformFacts } from './platform-facts';

/** Literals in the written stacks at a place that holds a secret. Empty when all is well. */
export function literalSecrets({ stacks, platform }: PlatformFacts): string[] {
  const found: string[] = [];
  const rootToken = platform.vault.developmentRootToken;
  walk(stacks, (where, value) => {
    const name = where.at(-1) as string;
    if (where.includes('//') || value === rootToken) return;
    if (namesASecret(name) && !value.includes('${') && !where.includes('variable'))
      found.push(`${where.join('.')} = ${value}`);
    for (const [, key, literal] of value.matchAll(/"([\w.-]+)" = "((?:[^"\\]|\\.)*)"/g)) {
      if (namesASecret(key as string)) found.push(`${where.join('.')}: ${key} = ${literal}`);
    }
    const variable = /^([A-Z][A-Z0-9_]*)=(.*)$/s.exec(value);
    if (variable && namesASecret(variable[1] as string) && !(variable[2] as string).startsWith('${')) {
      found.push(`${where.join('.')} = ${value}`);
    }
  });
  return found;
}

/** Where the development root token stands in the written stacks. */
export function placesOfRootToken({ stacks, platform }: PlatformFacts): string[] {
  const places: string[] = [];
  walk(stacks, (where, value) => {
    if (/-dev-root-token/.test(value) || value === platform.vault.developmentRootToken)
      places.push(where.filter((one) => !/^\d+$/.test(one)).join('.'));
  });
  return places.map((place) => place.replace(/server_container_[0-9A-F]{8}/, 'server_container'));
}

/** Credentials that were once printed in documents: length and the beginning of their SHA-256. */
const BURNT = [
  { length: 20, sha256: '9991ade0b547d18a' },
  { length: 46, sha256: '8afa829c6f68fe0d' },
  { length: 47, sha256: 'ee7ee7c4ec1a10c0' },
];

/** Whether a text holds one of the burnt credentials, at any place. */
export function holdsBurntCredential(text: string, burnt = BURNT): boolean {
  return burnt.some(({ length, sha256 }) => {
    for (let i = 0; i + length <= text.length; i += 1) {
      const part = text.slice(i, i + length);
      if (!/\s/.test(part) && crypto.createHash('sha256').update(part).digest('hex').startsWith(sha256))
        return true;
    }
    return false;
  });
}

/** The source of all declarations. */
export function declarationSources(): string {
  const folder = path.join(__dirname, '../../platforms');
  return fs
    .readdirSync(folder)
    .map((file) => fs.readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
}

function walk(
  value: unknown,
  visit: (where: readonly string[], value: string) => void,
  where: readonly string[] = [],
): void {
  if (typeof value === 'string') visit(where, value);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) walk(one, visit, [...where, name]);
  }
}

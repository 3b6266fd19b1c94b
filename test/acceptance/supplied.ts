import { randomBytes, randomInt } from 'node:crypto';
import type { ExpectedPlatform } from './expectation';

/** What a test supplies in place of a person. */
export interface SuppliedValues {
  /** As a shell sets them. */
  readonly variables: Readonly<Record<string, string>>;
  /** The same values as Vault holds them, by secret. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Makes up a value for everything that only people know. */
export function supply(platform: ExpectedPlatform): SuppliedValues {
  const variables: Record<string, string> = {};
  const secrets: Record<string, Record<string, string>> = {};
  for (const [secret, expected] of Object.entries(platform.secrets)) {
    if ('map' in expected) {
      // With everything that a shell, a template or a JSON parser could trip over.
      const data = { API_KEY: randomText(), QUOTED: `it's "${randomText()}" of $HOME` };
      variables[expected.map] = JSON.stringify(data);
      secrets[secret] = data;
    } else if ('keys' in expected) {
      for (const [key, source] of Object.entries(expected.keys)) {
        if (typeof source === 'string' || 'generated' in source) continue;
        const value = source.kind === 'number' ? `-${randomInt(1e11, 1e12)}` : randomText();
        variables[source.variable] = value;
        secrets[secret] = { ...secrets[secret], [key]: value };
      }
    }
  }
  return { variables, secrets };
}

function randomText(): string {
  return randomBytes(18).toString('hex');
}

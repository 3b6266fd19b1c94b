import * as fs from 'node:fs';
import * as path from 'node:path';
import { AccessList } from '../../policies/access-list';
import type { Dialect } from '../../policies/dialect';
import type { Policy } from '../../policies/policy';
import { PolicyTextError, parsePolicy } from '../../policies/policy-text';
import { capabilitiesAnswer } from './decision-cases';

/** A policy's text with what a real server made of it: written by `test/acceptance/policy-texts.test.ts`, never by hand. */
export interface RecordedText {
  readonly text: string;
  /** By path, the answer of `sys/capabilities` to a token with this policy; none where the server refused the text. */
  readonly capabilities?: Readonly<Record<string, string>>;
}

/** Paths that the policies name, and such as are near. */
export const PROBES = [
  'a',
  'a/',
  'b',
  'c',
  'a/b',
  'a/b/',
  'a/b/c',
  'a/b/cd',
  'x/b',
  'é',
  'a b',
  '#a',
  '//a',
  '{a}',
  'path',
];

const FILE = path.join(__dirname, 'recorded-policy-texts.jsonl');

export function readTexts(): readonly RecordedText[] {
  const lines = fs.readFileSync(FILE, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

export function writeTexts(texts: readonly RecordedText[]): void {
  fs.writeFileSync(FILE, texts.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

/** - `strict`: refused, though the server takes it; the only difference that may be */
export type Agreement = 'refused by both' | 'read alike' | 'strict';

/** @throws where a text is read that the server refuses, or read with another meaning */
export function agreement({ text, capabilities }: RecordedText, dialect: Dialect): Agreement {
  const policy = read(text, dialect);
  if (!policy) return capabilities ? 'strict' : 'refused by both';
  if (!capabilities) throw new Error(`the server refuses what is read here: ${JSON.stringify(text)}`);
  const list = AccessList.of([policy], dialect);
  for (const [at, expected] of Object.entries(capabilities)) {
    const answer = capabilitiesAnswer(list, at);
    if (answer !== expected) {
      throw new Error(`at '${at}' the server says ${expected}, not ${answer}: ${JSON.stringify(text)}`);
    }
  }
  return 'read alike';
}

function read(text: string, dialect: Dialect): Policy | undefined {
  try {
    return parsePolicy('some', text, { dialect });
  } catch (error) {
    if (error instanceof PolicyTextError) return undefined;
    throw error;
  }
}

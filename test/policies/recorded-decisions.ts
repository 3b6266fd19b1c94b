import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Request } from '../../policies/access-list';
import type { DialectName } from '../../policies/dialect';

/** What a real server answered, for those who have none: written by `test/acceptance/decisions.test.ts`, never by hand. */
export interface Recording {
  /** Version of the server. */
  readonly server: string;
  readonly cases: readonly RecordedCase[];
}

export interface RecordedCase {
  /** HCL by name; the token has these policies and no others. */
  readonly policies: Readonly<Record<string, string>>;
  /** Paths by the answer of `sys/capabilities`, sorted and joined by commas. */
  readonly capabilities: Readonly<Record<string, readonly string[]>>;
  /** Let through, whatever the engine said then. */
  readonly allowed: readonly Request[];
  /** Answered with 403. */
  readonly refused: readonly Request[];
}

/** Dialects of which a server was asked. */
export const RECORDED: readonly DialectName[] = ['openbao-2.5', 'openbao'];

export function readRecording(dialect: DialectName): Recording {
  const [server, ...cases] = fs
    .readFileSync(fileOf(dialect), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { ...server, cases };
}

/** One case a line, so that a difference can be read. */
export function writeRecording(dialect: DialectName, { server, cases }: Recording): void {
  const lines = [{ server }, ...cases].map((one) => `${JSON.stringify(one)}\n`);
  fs.writeFileSync(fileOf(dialect), lines.join(''));
}

export function decisionsOf({ cases }: Recording): number {
  return cases.reduce(
    (sum, { capabilities, allowed, refused }) =>
      sum + Object.values(capabilities).flat().length + allowed.length + refused.length,
    0,
  );
}

function fileOf(dialect: DialectName): string {
  return path.join(__dirname, 'recorded-decisions', `${dialect}.jsonl`);
}

import { clippedQuotes } from './clipped';

/** Where something is written: in a file, or in a policy that has no file. */
export interface Place {
  /** A file's name, or words that stand for it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** In characters, from 1. */
  readonly column: number;
}

/** A policy that cannot be read: one line with the place, then the quoted thing, the rule, what stands there, the remedy. */
export class PolicyTextError extends Error {
  public readonly file: string;
  public readonly line: number;
  public readonly column: number;

  public constructor({ file, line, column }: Place, problem: string) {
    super(`${file}:${line}:${column}: ${clippedQuotes(problem)}`);
    this.name = 'PolicyTextError';
    this.file = file;
    this.line = line;
    this.column = column;
  }
}

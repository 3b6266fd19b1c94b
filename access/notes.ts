import { oneLine } from '../policies/one-line';

/** What cannot be told before an apply: a sentence each, each once, in the order in which it was found. */
export class Notes {
  private readonly sentences = new Set<string>();

  public add(sentence: string): void {
    // Names in it are of strangers.
    this.sentences.add(oneLine(sentence));
  }

  public get all(): readonly string[] {
    return [...this.sentences];
  }
}

/** An expression for a sentence: in one line, and not longer than a line. */
export function shownExpression(written: string): string {
  const line = oneLine(written);
  return line.length <= 80 ? line : `${line.slice(0, 77)}...`;
}

/** Some names of many. */
export function shownNames(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length <= 3 ? shown : `${shown} and ${names.length - 3} more`;
}

import { oneLine } from '../policies/one-line';
import type { Grantees, IdentityKind, Note } from './environment-access';

/** What cannot be told before an apply, each once, in the order in which it was found. */
export class Notes {
  private readonly byKey = new Map<string, Note>();

  public add(sentence: string, mayGrantTo: Grantees): void {
    // Names in it are of strangers.
    const note = { sentence: oneLine(sentence), mayGrantTo };
    // What is said in the same words of several concerns all of them.
    const key = JSON.stringify(note);
    if (!this.byKey.has(key)) this.byKey.set(key, note);
  }

  public get all(): readonly Note[] {
    return [...this.byKey.values()];
  }
}

/** What they say, each sentence once. */
export function sentencesOf(notes: readonly Note[]): readonly string[] {
  return [...new Set(notes.map(({ sentence }) => sentence))];
}

/** To whom that goes which is written of a login: what a group has goes to its members, and they may be anybody. */
export function granteesOf(kind: IdentityKind, address: string): Grantees {
  return kind === 'group' ? 'everybody' : { address };
}

/** To whom that goes which a login has that is left out: no identity here, unless it is a group, whose members are here. */
export function granteesOfLeftOut(kind: IdentityKind): Grantees {
  return kind === 'group' ? 'everybody' : 'others';
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

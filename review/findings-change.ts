import type { FindingsChange } from './change-review';
import { type Finding, seenOnAnyLine } from './rule';

/** What a change does to the findings of one environment. */
export function findingsChange(before: readonly Finding[], after: readonly Finding[]): FindingsChange {
  const [was, is] = [byIdentity(before), byIdentity(after)];
  const all = [...is].map(([identity, one]) => {
    const known = was.get(identity);
    return { one, accepted: isAccepted(one), known: known && isAccepted(known) === isAccepted(one) };
  });
  const those = (accepted: boolean, known: boolean) =>
    all.filter((one) => one.accepted === accepted && (one.known ?? false) === known).map(({ one }) => one);
  return {
    added: those(false, false),
    newlyAccepted: those(true, false),
    kept: those(false, true),
    stillAccepted: those(true, true),
    gone: [...was].filter(([identity]) => !is.has(identity)).map(([, one]) => one),
  };
}

function isAccepted({ acknowledgement }: Finding): boolean {
  return acknowledgement !== undefined;
}

/**
 * Another thing that is seen in the same place is another finding: who accepted one has not accepted the other. Those that
 * differ in their lines alone are told apart by their order.
 */
function byIdentity(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const found = new Map<string, Finding>();
  for (const one of findings) {
    const { id, level, stack, address } = one;
    const key = (nth: number) => JSON.stringify([id, level, stack, address, seenOnAnyLine(one), nth]);
    let nth = 0;
    while (found.has(key(nth))) nth += 1;
    found.set(key(nth), one);
  }
  return found;
}

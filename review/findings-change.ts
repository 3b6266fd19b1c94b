import type { FindingsChange } from './change-review';
import type { Finding } from './rule';

/** What a change does to the findings of one environment. */
export function findingsChange(before: readonly Finding[], after: readonly Finding[]): FindingsChange {
  const was = new Map(before.map((one) => [keyOf(one), one]));
  const is = new Set(after.map(keyOf));
  const isKnown = (one: Finding, isAccepted: boolean) => {
    const known = was.get(keyOf(one));
    return known !== undefined && (known.acknowledgement !== undefined) === isAccepted;
  };
  const [accepted, open] = [
    after.filter(({ acknowledgement }) => acknowledgement !== undefined),
    after.filter(({ acknowledgement }) => acknowledgement === undefined),
  ];
  return {
    added: open.filter((one) => !isKnown(one, false)),
    newlyAccepted: accepted.filter((one) => !isKnown(one, true)),
    kept: open.filter((one) => isKnown(one, false)),
    stillAccepted: accepted.filter((one) => isKnown(one, true)),
    gone: before.filter((one) => !is.has(keyOf(one))),
  };
}

/** Another thing that is seen in the same place is another finding: who accepted one has not accepted the other. */
function keyOf({ id, level, stack, address, seen }: Finding): string {
  return JSON.stringify([id, level, stack, address, seen]);
}

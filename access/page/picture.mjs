// @ts-check

import { identitiesIn, narrowed } from './selection.mjs';

/** @import { Row, SelectedRow } from './selection.mjs' */

/** What can be looked at on one screen or two. */
const DRAWN_IDENTITIES = 40;
const DRAWN_ROWS = 40;

/**
 * What there is room for. Ends are numbered by their places in these lists, `more` is what an end is joined with and
 * what is left out.
 *
 * @typedef {{ identity: number, more: number }} LeftEnd
 * @typedef {{ row: Row, more: number }} RightEnd
 * @typedef {{ from: number, to: number, also: boolean }} Line
 * @typedef {{ left: LeftEnd[], right: RightEnd[], lines: Line[], leftOut: { identities: number, rows: number } }} Picture
 */

/**
 * Who reaches what, of the rows given.
 *
 * @param {SelectedRow[]} rows
 * @param {number} capability what a line means; who may do more has `also`
 * @returns {Picture}
 */
export function pictureOf(rows, capability) {
  const reached = rows
    .map(({ row, grants }) => ({ row, grants: narrowed(grants, capability, undefined) }))
    .filter(({ grants }) => grants.length > 0);
  const all = identitiesIn(reached);
  const identities = identitiesIn(reached.slice(0, DRAWN_ROWS)).slice(0, DRAWN_IDENTITIES);
  const places = new Map(identities.map((identity, i) => [identity, i]));
  const drawn = reached
    .filter(({ grants }) => holdersOf(grants).some((i) => places.has(i)))
    .slice(0, DRAWN_ROWS);
  const lines = drawn.flatMap(({ grants }, to) =>
    grants.flatMap(([set, , holders]) =>
      holders.flatMap((identity) => {
        const from = places.get(identity);
        return from === undefined ? [] : [{ from, to, also: set !== capability }];
      }),
    ),
  );
  const totals = new Map();
  for (const { grants } of reached) {
    for (const identity of holdersOf(grants)) totals.set(identity, (totals.get(identity) ?? 0) + 1);
  }
  return {
    left: identities.map((identity, i) => ({
      identity,
      more: totals.get(identity) - lines.filter(({ from }) => from === i).length,
    })),
    right: drawn.map(({ row, grants }, i) => ({
      row,
      more: holdersOf(grants).length - lines.filter(({ to }) => to === i).length,
    })),
    lines,
    leftOut: { identities: all.length - identities.length, rows: reached.length - drawn.length },
  };
}

/** @param {SelectedRow['grants']} grants */
function holdersOf(grants) {
  return grants.flatMap(([, , identities]) => identities);
}

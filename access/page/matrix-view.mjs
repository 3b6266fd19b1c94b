// @ts-check

import { element, identityTitle, pathNote } from './elements.mjs';
import { grantClass, grantLetters, grantWords } from './grants.mjs';

/** @import { Environment, Grant, Row, SelectedRow } from './selection.mjs' */

/** Of the parts of the table, in their order. */
const TITLES = /** @type {const} */ ([
  ['secret', 'Declared secrets'],
  ['kv', 'Other paths of KV engines'],
  ['other', 'Other paths'],
]);

/**
 * Paths in rows, identities in columns. Identities with nothing on the paths shown have no column.
 *
 * @param {Environment} environment
 * @param {SelectedRow[]} rows
 * @param {number[]} columns
 * @param {string[]} capabilities
 * @returns {HTMLElement}
 */
export function matrixView(environment, rows, columns, capabilities) {
  const place = new Map(columns.map((identity, i) => [identity, i]));
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, 'Path'),
    ...columns.map((i) => {
      const identity = environment.identities[i];
      const policies = identity?.policies.join(', ') || 'none';
      return element(
        'th',
        { scope: 'col', title: `${identityTitle(identity)}: policies ${policies}` },
        element('span', {}, identityTitle(identity)),
      );
    }),
  );
  const bodies = TITLES.flatMap(([kind, title]) => {
    const ofKind = rows.filter(({ row }) => row.kind === kind);
    if (ofKind.length === 0) return [];
    const heading = element(
      'th',
      { scope: 'rowgroup', colspan: columns.length + 1 },
      element('span', {}, title),
    );
    const lines = ofKind.map(({ row, grants }) => lineOf(row, grants, place, capabilities));
    return [element('tbody', {}, element('tr', { class: 'group' }, heading), ...lines)];
  });
  // It scrolls both ways, so it must be reachable by keyboard.
  return element(
    'div',
    { class: 'scroll', role: 'region', 'aria-labelledby': 'results-title', tabindex: 0 },
    element(
      'table',
      {},
      element('caption', { class: 'visually-hidden' }, `What each identity of ${environment.name} may do`),
      element('thead', {}, head),
      ...bodies,
    ),
  );
}

/**
 * @param {Row} row
 * @param {Grant[]} grants
 * @param {Map<number, number>} place of each identity that has a column
 * @param {string[]} capabilities
 */
function lineOf(row, grants, place, capabilities) {
  const cells = [...place].map(() => element('td', {}));
  for (const [set, conditions, identities] of grants) {
    for (const identity of identities) {
      const cell = cells[place.get(identity) ?? -1];
      if (cell) fillCell(cell, set, conditions, capabilities);
    }
  }
  return element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row' },
      row.name,
      ...pathNote(row),
      ...(grants.length === 0 ? [element('small', {}, 'nobody')] : []),
    ),
    ...cells,
  );
}

/**
 * @param {HTMLElement} cell
 * @param {number} set
 * @param {string} conditions
 * @param {string[]} capabilities
 */
function fillCell(cell, set, conditions, capabilities) {
  const words = grantWords(set, capabilities);
  cell.className = grantClass(set, capabilities);
  cell.title = [cell.title, conditions ? `${words} (${conditions})` : words].filter(Boolean).join('; ');
  cell.append(
    element(
      'span',
      { class: 'part' },
      element('span', { 'aria-hidden': 'true' }, grantLetters(set, capabilities)),
      element('span', { class: 'visually-hidden' }, words),
      ...(conditions ? [element('small', {}, conditions)] : []),
    ),
  );
}

// @ts-check

import { element, identityTitle, pathNote } from './elements.mjs';
import { grantClass, grantLetters, grantWords } from './grants.mjs';

/** @import { Environment, SelectedRow } from './selection.mjs' */

/** More columns than these are on another page. */
export const COLUMNS = 40;

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
  const body = rows.map(({ row, grants }) => {
    const cells = columns.map(() => element('td', {}));
    for (const [set, conditions, identities] of grants) {
      for (const identity of identities) {
        const cell = cells[place.get(identity) ?? -1];
        if (cell) fillCell(cell, set, conditions, capabilities);
      }
    }
    return element('tr', {}, element('th', { scope: 'row' }, row.name, ...pathNote(row)), ...cells);
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
      element('tbody', {}, ...body),
    ),
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

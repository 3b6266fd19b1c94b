// @ts-check

import { element, identityTitle, pathNote } from './elements.mjs';
import { grantClass, grantWords } from './grants.mjs';

/** @import { Environment, SelectedRow } from './selection.mjs' */

/** More names than these are told by the matrix or by a filter. */
const NAMES = 30;

/**
 * For narrow windows: a card for each path, with who has what.
 *
 * @param {Environment} environment
 * @param {SelectedRow[]} rows
 * @param {string[]} capabilities
 * @returns {HTMLElement}
 */
export function listView(environment, rows, capabilities) {
  return element(
    'ul',
    { class: 'cards' },
    ...rows.map(({ row, grants }) =>
      element(
        'li',
        { class: 'card' },
        element('h3', {}, row.name),
        ...pathNote(row),
        grants.length === 0
          ? element('p', {}, 'nobody')
          : element(
              'dl',
              {},
              ...grants.map(([set, conditions, identities]) =>
                element(
                  'div',
                  {},
                  element(
                    'dt',
                    { class: grantClass(set, capabilities) },
                    grantWords(set, capabilities),
                    conditions ? ` (${conditions})` : '',
                  ),
                  ' ',
                  element('dd', {}, namesOf(environment, identities)),
                ),
              ),
            ),
      ),
    ),
  );
}

/**
 * @param {Environment} environment
 * @param {number[]} identities
 */
function namesOf(environment, identities) {
  const names = identities.slice(0, NAMES).map((i) => identityTitle(environment.identities[i]));
  const more = identities.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more.toLocaleString('en')} more` : names.join(', ');
}

// @ts-check

import { capabilityNames } from './selection.mjs';

/** @import { Environment, SelectedRow } from './selection.mjs' */

/** What stands for a capability in a cell. Those that are rare are words. */
const LETTERS = /** @type {Record<string, string>} */ ({
  create: 'C',
  read: 'R',
  update: 'U',
  patch: 'P',
  delete: 'D',
  list: 'L',
  scan: 'S',
});

const WRITING = ['create', 'update', 'patch', 'delete'];

/**
 * In words, for tables that are listened to and for cards.
 *
 * @param {number} capabilities
 * @param {string[]} all
 */
export function grantWords(capabilities, all) {
  return capabilityNames(capabilities, all).join(', ') || 'denied';
}

/**
 * In letters, for a narrow column.
 *
 * @param {number} capabilities
 * @param {string[]} all
 */
export function grantLetters(capabilities, all) {
  const names = capabilityNames(capabilities, all);
  const letters = names.map((name) => LETTERS[name] ?? '').join('');
  const words = names.filter((name) => !(name in LETTERS));
  return [letters, ...words].filter(Boolean).join(' ') || 'deny';
}

/**
 * The colour, which never says more than the letters do.
 *
 * @param {number} capabilities
 * @param {string[]} all
 */
export function grantClass(capabilities, all) {
  const names = capabilityNames(capabilities, all);
  if (names.length === 0) return 'denied';
  return names.some((name) => WRITING.includes(name)) ? 'writes' : 'reads';
}

/**
 * Which letter means what, of those in use, and what it means that somebody is a policy.
 *
 * @param {Environment} environment
 * @param {SelectedRow[]} rows
 * @param {string[]} all
 * @param {boolean} withLetters
 */
export function legend(environment, rows, all, withLetters) {
  let used = 0;
  for (const { grants } of rows) for (const [capabilities] of grants) used |= capabilities;
  const letters = capabilityNames(used, all)
    .filter((name) => withLetters && name in LETTERS)
    .map((name) => `${LETTERS[name]} ${name}`);
  const isPolicy = environment.identities.some(({ kind }) => kind === 'policy');
  return [...letters, ...(isPolicy ? ['(policy): any token that gets it'] : [])].join(' · ');
}

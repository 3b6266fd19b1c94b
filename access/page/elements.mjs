// @ts-check

/** @import { Identity, Row } from './selection.mjs' */

/**
 * An element with text or other elements in it. All that comes from policies goes through here: it is set as text and
 * never read as HTML.
 *
 * @param {string} name
 * @param {Record<string, string | number | boolean>} attributes those that are false are left out
 * @param {...(Node | string)} content
 * @returns {HTMLElement}
 */
export function element(name, attributes, ...content) {
  return filled(document.createElement(name), attributes, content);
}

/**
 * @param {string} name
 * @param {Record<string, string | number | boolean>} attributes
 * @param {...(Node | string)} content
 * @returns {SVGElement}
 */
export function svgElement(name, attributes, ...content) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, content);
}

/**
 * @template {Element} T
 * @param {T} made
 * @param {Record<string, string | number | boolean>} attributes
 * @param {(Node | string)[]} content
 * @returns {T}
 */
function filled(made, attributes, content) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...content);
  return made;
}

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`'${id}' must be in the page`);
  return found;
}

/**
 * Such as `3 paths`.
 *
 * @param {number} amount
 * @param {string} one
 * @param {string} many
 */
export function counted(amount, one, many) {
  return `${amount.toLocaleString('en')} ${amount === 1 ? one : many}`;
}

/**
 * What an identity is called; what is no role says what it is.
 *
 * @param {Identity | undefined} identity
 */
export function identityTitle(identity) {
  if (!identity) return '';
  return identity.kind === 'role' ? identity.name : `${identity.name} (${identity.kind})`;
}

/**
 * Where it was decided, where that is not what the row is called.
 *
 * @param {Row} row
 */
export function pathNote({ name, apiPath, kind }) {
  if (name === apiPath) return [];
  return [element('small', {}, kind === 'secret' ? apiPath : `such as ${apiPath}`)];
}

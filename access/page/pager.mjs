// @ts-check

import { element } from './elements.mjs';

/**
 * Which part of many is shown, with buttons to the others; nothing where all of it is.
 *
 * @param {HTMLElement} nav
 * @param {{ shown: unknown[], from: number, page: number, pages: number, of: number }} part
 * @param {string} noun such as `paths`
 * @param {(page: number) => void} turn draws another page
 */
export function showPager(nav, part, noun, turn) {
  if (part.pages < 2) {
    nav.replaceChildren();
    return;
  }
  const first = (part.from + 1).toLocaleString('en');
  const last = (part.from + part.shown.length).toLocaleString('en');
  nav.replaceChildren(
    button(`Previous ${noun}`, part.page === 0, () => turn(part.page - 1)),
    element('span', {}, `${first}–${last} of ${part.of.toLocaleString('en')} ${noun}`),
    button(`Next ${noun}`, part.page === part.pages - 1, () => turn(part.page + 1)),
  );

  /**
   * @param {string} title
   * @param {boolean} disabled
   * @param {() => void} act
   */
  function button(title, disabled, act) {
    const made = element('button', { type: 'button', disabled }, title);
    made.addEventListener('click', () => {
      act();
      // The buttons were drawn anew: who pressed one goes on from the same place.
      const buttons = [...nav.querySelectorAll('button')].filter((one) => !one.disabled);
      (buttons.find((one) => one.textContent === title) ?? buttons[0])?.focus();
    });
    return made;
  }
}

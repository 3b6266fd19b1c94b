// @ts-check

import { byId, counted, element } from './elements.mjs';
import { legend } from './grants.mjs';
import { listView } from './list-view.mjs';
import { COLUMNS, matrixView } from './matrix-view.mjs';
import { pictureOf, pictureView } from './picture-view.mjs';
import { identitiesIn, pageOf, selectRows } from './selection.mjs';

/** @import { Data, Environment, Selection } from './selection.mjs' */

/** More paths than these are on another page. */
const ROWS = 100;

const data = /** @type {Data} */ (JSON.parse(byId('data', HTMLScriptElement).textContent ?? ''));
const controls = {
  search: byId('search', HTMLInputElement),
  platform: byId('platform', HTMLSelectElement),
  environment: byId('environment', HTMLSelectElement),
  identity: byId('identity', HTMLInputElement),
  capability: byId('capability', HTMLSelectElement),
  kind: byId('kind', HTMLSelectElement),
};
const narrow = window.matchMedia('(max-width: 40rem)');
const pages = { row: 0, column: 0 };

start();

function start() {
  setOptions(controls.platform, unique(data.environments.map(({ platform }) => platform)));
  setOptions(controls.capability, data.capabilities, 'any');
  byId('summary', HTMLElement).textContent = summary();
  const wanted = new URLSearchParams(location.hash.slice(1));
  const production = data.environments.find(({ stage }) => stage.startsWith('prod'));
  setValue(controls.platform, wanted.get('platform') ?? production?.platform);
  setStages(wanted.get('environment') ?? undefined);
  for (const key of /** @type {const} */ (['search', 'identity', 'capability', 'kind'])) {
    setValue(controls[key], wanted.get(key) ?? undefined);
  }
  controls.platform.addEventListener('input', () => setStages());
  for (const control of Object.values(controls)) control.addEventListener('input', show);
  byId('reset', HTMLButtonElement).addEventListener('click', reset);
  narrow.addEventListener('change', draw);
  window.addEventListener('resize', drawPicture);
  setIdentities();
  draw();
}

function summary() {
  const secrets = data.environments.flatMap(({ rows }) => rows.filter(({ kind }) => kind === 'secret'));
  return `${counted(data.environments.length, 'environment', 'environments')}, ${counted(secrets.length, 'secret', 'secrets')}, as they are declared`;
}

/** Keeps the environment where the platform has one of that name. */
function setStages(/** @type {string | undefined} */ wanted = controls.environment.value) {
  const stages = data.environments.filter(({ platform }) => platform === controls.platform.value);
  setOptions(
    controls.environment,
    stages.map(({ stage }) => stage),
  );
  setValue(controls.environment, wanted || stages.find(({ stage }) => stage.startsWith('prod'))?.stage);
}

/** @returns {Environment | undefined} */
function environment() {
  const { platform, environment: stage } = controls;
  return data.environments.find((one) => one.platform === platform.value && one.stage === stage.value);
}

/** @returns {Selection} */
function selection() {
  const current = environment();
  if (!current) return { rows: [], identities: [], ofRows: 0, ofIdentities: 0 };
  const { search, identity, capability, kind } = controls;
  return selectRows(current, {
    search: search.value,
    identity: identity.value,
    capability: capabilityBit(capability.value),
    kind: kind.value,
  });
}

function capabilityBit(/** @type {string} */ name) {
  return name === '' ? 0 : 1 << data.capabilities.indexOf(name);
}

/** After another filter the first page is shown, and the address keeps what was asked for. */
function show() {
  pages.row = 0;
  pages.column = 0;
  const asked = Object.entries(controls).map(([key, { value }]) => [key, value]);
  history.replaceState(null, '', `#${new URLSearchParams(asked.filter(([, value]) => value !== ''))}`);
  setIdentities();
  draw();
}

function reset() {
  controls.search.value = '';
  controls.identity.value = '';
  controls.capability.value = '';
  controls.kind.value = 'named';
  show();
  controls.search.focus();
}

function draw() {
  drawPaths();
  drawPicture();
}

function drawPaths() {
  const current = environment();
  if (!current) return;
  const selected = selection();
  const rows = pageOf(selected.rows, pages.row, ROWS);
  const columns = pageOf(identitiesIn(rows.shown), pages.column, COLUMNS);
  byId('results-title', HTMLElement).textContent = `Paths of ${current.name} (${current.server})`;
  byId('count', HTMLElement).textContent =
    `${selected.rows.length.toLocaleString('en')} of ${counted(selected.ofRows, 'path', 'paths')}, reached by ${selected.identities.length.toLocaleString('en')} of ${counted(selected.ofIdentities, 'identity', 'identities')}`;
  byId('legend', HTMLElement).textContent = narrow.matches ? '' : legend(rows.shown, data.capabilities);
  showPages('row', rows, selected.rows.length, 'paths');
  const isMatrix = !narrow.matches;
  showPages(
    'column',
    isMatrix ? columns : pageOf([], 0, 1),
    identitiesIn(rows.shown).length,
    'identities of these paths',
  );
  showWarnings(current.unknown);
  const view =
    rows.shown.length === 0
      ? element('p', {}, 'No path is left. Take away a filter.')
      : isMatrix
        ? matrixView(current, rows.shown, columns.shown, data.capabilities)
        : listView(current, rows.shown, data.capabilities);
  byId('paths', HTMLElement).replaceChildren(view);
}

function showWarnings(/** @type {string[]} */ unknown) {
  const warnings = byId('warnings', HTMLElement);
  warnings.hidden = unknown.length === 0;
  warnings.querySelector('ul')?.replaceChildren(...unknown.map((line) => element('li', {}, line)));
}

/**
 * @param {'row' | 'column'} which
 * @param {{ shown: unknown[], from: number, page: number, pages: number }} part
 * @param {number} total
 * @param {string} noun
 */
function showPages(which, part, total, noun) {
  const nav = byId(`${which}-pages`, HTMLElement);
  if (part.pages < 2) {
    nav.replaceChildren();
    return;
  }
  const turn = (/** @type {string} */ title, /** @type {number} */ page, /** @type {boolean} */ isLast) => {
    const button = /** @type {HTMLButtonElement} */ (
      element('button', { type: 'button', disabled: isLast }, title)
    );
    button.addEventListener('click', () => {
      pages[which] = page;
      if (which === 'row') pages.column = 0;
      drawPaths();
      // The button was drawn anew; who pressed it goes on from the same place.
      const [again] = [...nav.querySelectorAll('button')].filter((one) => one.textContent === title);
      const enabled = /** @type {HTMLButtonElement | null} */ (nav.querySelector('button:enabled'));
      (again?.disabled ? enabled : again)?.focus();
    });
    return button;
  };
  nav.replaceChildren(
    turn(`Previous ${noun}`, part.page - 1, part.page === 0),
    element(
      'span',
      {},
      `${(part.from + 1).toLocaleString('en')}–${(part.from + part.shown.length).toLocaleString('en')} of ${total.toLocaleString('en')} ${noun}`,
    ),
    turn(`Next ${noun}`, part.page + 1, part.page === part.pages - 1),
  );
}

function drawPicture() {
  const current = environment();
  if (!current) return;
  const { rows } = selection();
  const secrets = rows.filter(({ row }) => row.kind === 'secret');
  const verb = controls.capability.value || 'read';
  const picture = pictureOf(secrets.length > 0 ? secrets : rows, capabilityBit(verb));
  const { identities, leftOut } = picture;
  byId('picture-title', HTMLElement).textContent = `Who may ${verb} what`;
  byId('picture-count', HTMLElement).textContent =
    identities.length === 0
      ? `Nobody may ${verb} any of these paths.`
      : [
          secrets.length > 0 ? 'Of the declared secrets above.' : 'Of the paths above.',
          picture.lines.some(({ also }) => also) ? `Dashed: may do more than ${verb}.` : '',
          leftOut.identities + leftOut.rows > 0
            ? `Left out: ${counted(leftOut.identities, 'identity', 'identities')} and ${counted(leftOut.rows, 'path', 'paths')}; a filter makes room.`
            : '',
        ]
          .filter(Boolean)
          .join(' ');
  const drawing = byId('drawing', HTMLElement);
  drawing.replaceChildren(
    ...(identities.length > 0
      ? [pictureView(current, picture, verb, Math.max(280, drawing.clientWidth))]
      : []),
  );
}

function setIdentities() {
  const names = environment()?.identities.map(({ name }) => name) ?? [];
  byId('identities', HTMLElement).replaceChildren(...names.map((value) => element('option', { value })));
}

/**
 * @param {HTMLSelectElement} select
 * @param {string[]} values
 * @param {string} [any] what stands for all of them
 */
function setOptions(select, values, any) {
  select.replaceChildren(
    ...(any === undefined ? [] : [element('option', { value: '' }, any)]),
    ...values.map((value) => element('option', { value }, value === '' ? 'the only one' : value)),
  );
}

/**
 * Leaves a list as it is where it has no such value.
 *
 * @param {HTMLInputElement | HTMLSelectElement} control
 * @param {string | undefined} value
 */
function setValue(control, value) {
  if (value === undefined) return;
  if (control instanceof HTMLSelectElement && ![...control.options].some((one) => one.value === value))
    return;
  control.value = value;
}

/** @param {string[]} values */
function unique(values) {
  return [...new Set(values)];
}

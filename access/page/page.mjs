// @ts-check

import { capabilityBit, chosenEnvironment, chosenRows, controls, data, startControls } from './controls.mjs';
import { byId, counted, element } from './elements.mjs';
import { legend } from './grants.mjs';
import { listView } from './list-view.mjs';
import { matrixView } from './matrix-view.mjs';
import { showPager } from './pager.mjs';
import { pictureOf } from './picture.mjs';
import { pictureView } from './picture-view.mjs';
import { identitiesIn, pageOf } from './selection.mjs';

/** @import { Environment, Selection } from './selection.mjs' */

/** More are on other pages. */
const ROWS = 80;
const COLUMNS = 40;

const narrow = window.matchMedia('(max-width: 40rem)');
const pages = { row: 0, column: 0 };

start();

function start() {
  const secrets = data.environments.flatMap(({ rows }) => rows.filter(({ kind }) => kind === 'secret'));
  byId('summary', HTMLElement).textContent =
    `${counted(data.environments.length, 'environment', 'environments')}, ${counted(secrets.length, 'secret', 'secrets')}, as they are declared`;
  startControls(drawFirst);
  narrow.addEventListener('change', draw);
  window.addEventListener('resize', () => withSelection(drawPicture));
  draw();
}

/** With other filters there are other pages. */
function drawFirst() {
  pages.row = 0;
  pages.column = 0;
  draw();
}

function draw() {
  withSelection((environment, selection) => {
    drawPaths(environment, selection);
    drawPicture(environment, selection);
  });
}

/** @param {(environment: Environment, selection: Selection) => void} act */
function withSelection(act) {
  const environment = chosenEnvironment();
  if (environment) act(environment, chosenRows(environment));
}

/**
 * @param {Environment} environment
 * @param {Selection} selection
 */
function drawPaths(environment, selection) {
  const { rows, identities, ofRows, ofIdentities } = selection;
  const isMatrix = !narrow.matches;
  const lines = pageOf(rows, pages.row, ROWS);
  const columns = pageOf(isMatrix ? identitiesIn(lines.shown) : [], pages.column, COLUMNS);
  byId('results-title', HTMLElement).textContent = `Paths of ${environment.name} (${environment.server})`;
  byId('count', HTMLElement).textContent =
    `${rows.length.toLocaleString('en')} of ${counted(ofRows, 'path', 'paths')}, reached by ${identities.length.toLocaleString('en')} of ${counted(ofIdentities, 'identity', 'identities')}`;
  byId('legend', HTMLElement).textContent = legend(environment, lines.shown, data.capabilities, isMatrix);
  showPager(byId('row-pages', HTMLElement), lines, 'paths', (page) => {
    pages.row = page;
    pages.column = 0;
    drawPaths(environment, selection);
  });
  showPager(byId('column-pages', HTMLElement), columns, 'identities', (page) => {
    pages.column = page;
    drawPaths(environment, selection);
  });
  const view = isMatrix
    ? matrixView(environment, lines.shown, columns.shown, data.capabilities)
    : listView(environment, lines.shown, data.capabilities);
  byId('paths', HTMLElement).replaceChildren(
    rows.length === 0 ? element('p', {}, 'No path is left; take a filter away.') : view,
  );
  const warnings = byId('warnings', HTMLElement);
  warnings.hidden = environment.unknown.length === 0;
  warnings
    .querySelector('ul')
    ?.replaceChildren(...environment.unknown.map((line) => element('li', {}, line)));
}

/**
 * Of the declared secrets, where any are left: these are what most ask about.
 *
 * @param {Environment} environment
 * @param {Selection} selection
 */
function drawPicture(environment, { rows }) {
  const secrets = rows.filter(({ row }) => row.kind === 'secret');
  const verb = controls.capability.value || 'read';
  const picture = pictureOf(secrets.length > 0 ? secrets : rows, capabilityBit(verb));
  const { leftOut, lines } = picture;
  const isLeftOut = leftOut.identities + leftOut.rows > 0;
  const sentences =
    lines.length === 0
      ? [`Nobody may ${verb} any of these paths.`]
      : [
          secrets.length > 0 ? 'Of the declared secrets above.' : 'Of the paths above.',
          lines.some(({ also }) => also) ? `Dashed: may do more than ${verb}.` : '',
          isLeftOut
            ? `Left out: ${counted(leftOut.identities, 'identity', 'identities')} and ${counted(leftOut.rows, 'path', 'paths')}; a number in brackets says how many at the other end. A filter makes room.`
            : '',
        ];
  byId('picture-title', HTMLElement).textContent = `Who may ${verb} what`;
  byId('picture-count', HTMLElement).textContent = sentences.filter(Boolean).join(' ');
  const drawing = byId('drawing', HTMLElement);
  const width = Math.max(280, drawing.clientWidth);
  drawing.replaceChildren(...(lines.length > 0 ? [pictureView(environment, picture, verb, width)] : []));
}

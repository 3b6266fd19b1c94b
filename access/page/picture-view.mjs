// @ts-check

import { identityTitle, svgElement } from './elements.mjs';
import { identitiesIn, narrowed } from './selection.mjs';

/** @import { Environment, SelectedRow } from './selection.mjs' */

/** What can be looked at on one screen or two. */
const DRAWN_IDENTITIES = 40;
const DRAWN_PATHS = 40;
const LINE_HEIGHT = 26;
const MARGIN = 14;

/**
 * Who reaches what, of the rows given: identities on the left, paths on the right.
 *
 * @typedef {{ identities: number[], rows: SelectedRow[], lines: { from: number, to: number, also: boolean }[], leftOut: { identities: number, rows: number } }} Picture
 * @param {SelectedRow[]} rows
 * @param {number} capability what a line means; lines of those who may do more are dashed
 * @returns {Picture}
 */
export function pictureOf(rows, capability) {
  const reached = rows
    .map(({ row, grants }) => ({ row, grants: narrowed(grants, capability, undefined) }))
    .filter(({ grants }) => grants.length > 0);
  const drawn = reached.slice(0, DRAWN_PATHS);
  const all = identitiesIn(reached);
  const identities = identitiesIn(drawn).slice(0, DRAWN_IDENTITIES);
  const place = new Map(identities.map((identity, i) => [identity, i]));
  const lines = drawn.flatMap(({ grants }, to) =>
    grants.flatMap(([set, , holders]) =>
      holders.flatMap((identity) => {
        const from = place.get(identity);
        return from === undefined ? [] : [{ from, to, also: set !== capability }];
      }),
    ),
  );
  const withLine = new Set(lines.map(({ to }) => to));
  return {
    identities,
    rows: drawn,
    lines,
    leftOut: { identities: all.length - identities.length, rows: reached.length - withLine.size },
  };
}

/**
 * @param {Environment} environment
 * @param {Picture} picture
 * @param {string} verb such as `read`
 * @param {number} width in pixels
 * @returns {SVGElement}
 */
export function pictureView(environment, picture, verb, width) {
  const { identities, rows, lines } = picture;
  const height = Math.max(identities.length, rows.length) * LINE_HEIGHT + MARGIN;
  const left = Math.min(240, width * 0.36);
  const right = width - Math.min(420, width * 0.46);
  const yOf = (/** @type {number} */ i, /** @type {number} */ count) =>
    MARGIN / 2 + ((i + 0.5) * (height - MARGIN)) / count;
  const curves = lines.map(({ from, to, also }) => {
    const [y1, y2, middle] = [yOf(from, identities.length), yOf(to, rows.length), (left + right) / 2];
    return svgElement('path', {
      class: also ? 'line also' : 'line',
      d: `M${left} ${y1}C${middle} ${y1} ${middle} ${y2} ${right} ${y2}`,
    });
  });
  const names = identities.map((i) => identityTitle(environment.identities[i]));
  const paths = rows.map(({ row }) => row.name);
  const drawing = svgElement('svg', {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'group',
    'aria-label': `Who may ${verb} what`,
  });
  const nodes = [
    ...names.map((name, i) =>
      nodeView(
        name,
        `${name} may ${verb} ${listOf(lines.filter(({ from }) => from === i).map(({ to }) => paths[to]))}`,
        {
          x: 2,
          dot: left,
          y: yOf(i, identities.length),
          width: left - 8,
          anchor: 'start',
        },
      ),
    ),
    ...paths.map((path, i) =>
      nodeView(
        path,
        `${path}: ${listOf(lines.filter(({ to }) => to === i).map(({ from }) => names[from]))} may ${verb}`,
        {
          x: right + 8,
          dot: right,
          y: yOf(i, rows.length),
          width: width - right - 10,
          anchor: 'end',
        },
      ),
    ),
  ];
  drawing.append(svgElement('g', { 'aria-hidden': 'true' }, ...curves), ...nodes);
  highlight(drawing, nodes, curves, picture);
  return drawing;
}

/** @param {(string | undefined)[]} names */
function listOf(names) {
  return names.length === 0 ? 'nobody' : names.join(', ');
}

/**
 * @param {string} title
 * @param {string} label
 * @param {{ x: number, y: number, dot: number, width: number, anchor: 'start' | 'end' }} place
 */
function nodeView(title, label, { x, y, dot, width, anchor }) {
  return svgElement(
    'g',
    { class: 'node', tabindex: 0, role: 'img', 'aria-label': label },
    svgElement('title', {}, label),
    svgElement('rect', {
      class: 'hit',
      x: x - 1,
      y: y - LINE_HEIGHT / 2 + 1,
      width: width + 1,
      height: LINE_HEIGHT - 2,
      rx: 4,
    }),
    svgElement('circle', { class: 'dot', cx: dot, cy: y, r: 3.5 }),
    svgElement(
      'text',
      {
        x: anchor === 'start' ? dot - 10 : x + 2,
        y: y + 5,
        'text-anchor': anchor === 'start' ? 'end' : 'start',
      },
      shortened(title, Math.floor(width / 7.6), anchor),
    ),
  );
}

/**
 * Of a path the end tells more, of a name the beginning.
 *
 * @param {string} text
 * @param {number} length
 * @param {'start' | 'end'} keeps
 */
function shortened(text, length, keeps) {
  const characters = [...text];
  if (characters.length <= length) return text;
  const kept = Math.max(1, length - 1);
  return keeps === 'end' ? `…${characters.slice(-kept).join('')}` : `${characters.slice(0, kept).join('')}…`;
}

/**
 * Whoever is pointed at or focused stands out, with all that it is joined with.
 *
 * @param {SVGElement} drawing
 * @param {SVGElement[]} nodes identities, then paths
 * @param {SVGElement[]} curves
 * @param {Picture} picture
 */
function highlight(drawing, nodes, curves, { identities, lines }) {
  const choose = (/** @type {number | undefined} */ chosen) => {
    drawing.classList.toggle('choosing', chosen !== undefined);
    const on = new Set([chosen]);
    for (const [i, { from, to }] of lines.entries()) {
      const ends = [from, identities.length + to];
      const isOn = chosen !== undefined && ends.includes(chosen);
      curves[i]?.classList.toggle('on', isOn);
      if (isOn) for (const end of ends) on.add(end);
    }
    for (const [i, node] of nodes.entries()) node.classList.toggle('on', on.has(i));
  };
  for (const [i, node] of nodes.entries()) {
    for (const event of ['focus', 'mouseenter']) node.addEventListener(event, () => choose(i));
    for (const event of ['blur', 'mouseleave']) node.addEventListener(event, () => choose(undefined));
  }
}

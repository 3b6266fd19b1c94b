// @ts-check

import { identityTitle, svgElement } from './elements.mjs';

/**
 * @import { Picture } from './picture.mjs'
 * @import { Environment } from './selection.mjs'
 */

const LINE_HEIGHT = 26;
const MARGIN = 14;
/** Between a name and its dot. */
const GAP = 10;

/**
 * Identities on the left, paths on the right, and a line for each that reaches one.
 *
 * @param {Environment} environment
 * @param {Picture} picture
 * @param {string} verb such as `read`
 * @param {number} width in pixels
 * @returns {SVGElement}
 */
export function pictureView(environment, picture, verb, width) {
  const { left, right, lines } = picture;
  const height = Math.max(left.length, right.length) * LINE_HEIGHT + MARGIN;
  const x1 = Math.min(320, width * 0.36);
  const x2 = width - Math.min(420, width * 0.46);
  const yOf = (/** @type {number} */ i, /** @type {number} */ count) =>
    MARGIN / 2 + ((i + 0.5) * (height - MARGIN)) / count;
  const curves = lines.map(({ from, to, also }) => {
    const [y1, y2, middle] = [yOf(from, left.length), yOf(to, right.length), (x1 + x2) / 2];
    return svgElement('path', {
      class: also ? 'line also' : 'line',
      d: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`,
    });
  });
  const names = left.map(({ identity }) => identityTitle(environment.identities[identity]));
  const paths = right.map(({ row }) => row.name);
  const nodes = [
    ...left.map(({ more }, i) => {
      const reached = lines.filter(({ from }) => from === i).map(({ to }) => paths[to]);
      return nodeView({
        title: names[i] ?? '',
        more,
        label: `${names[i]} may ${verb} ${listOf(reached, more)}`,
        isLeft: true,
        x: x1,
        y: yOf(i, left.length),
        room: x1 - GAP - 4,
      });
    }),
    ...right.map(({ more }, i) => {
      const holders = lines.filter(({ to }) => to === i).map(({ from }) => names[from]);
      return nodeView({
        title: paths[i] ?? '',
        more,
        label: `${paths[i]}: ${listOf(holders, more)} may ${verb}`,
        isLeft: false,
        x: x2,
        y: yOf(i, right.length),
        room: width - x2 - GAP - 4,
      });
    }),
  ];
  const drawing = svgElement('svg', {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'group',
    'aria-label': `Who may ${verb} what`,
  });
  drawing.append(svgElement('g', { 'aria-hidden': 'true' }, ...curves), ...nodes);
  highlight(drawing, nodes, curves, picture);
  return drawing;
}

/**
 * @param {(string | undefined)[]} names
 * @param {number} more
 */
function listOf(names, more) {
  return [names.join(', '), ...(more > 0 ? [`${more.toLocaleString('en')} more`] : [])].join(' and ');
}

/**
 * @param {{ title: string, more: number, label: string, isLeft: boolean, x: number, y: number, room: number }} node
 * `x` of its dot
 */
function nodeView({ title, more, label, isLeft, x, y, room }) {
  const note = more > 0 ? ` (+${more.toLocaleString('en')})` : '';
  return svgElement(
    'g',
    { class: 'node', tabindex: 0, role: 'img', 'aria-label': label },
    svgElement('title', {}, label),
    svgElement('rect', {
      class: 'hit',
      x: isLeft ? 2 : x + GAP / 2,
      y: y - LINE_HEIGHT / 2 + 2,
      width: room + GAP / 2,
      height: LINE_HEIGHT - 4,
      rx: 4,
    }),
    svgElement('circle', { class: 'dot', cx: x, cy: y, r: 3.5 }),
    svgElement(
      'text',
      { x: isLeft ? x - GAP : x + GAP, y: y + 5, 'text-anchor': isLeft ? 'end' : 'start' },
      `${shortened(title, room - textWidth(note))}${note}`,
    ),
  );
}

const ruler = document.createElement('canvas').getContext('2d');

/** In pixels, as wide as it is where it stands out. */
function textWidth(/** @type {string} */ text) {
  if (!ruler) return text.length * 9;
  ruler.font = `700 14px ${getComputedStyle(document.body).fontFamily}`;
  return ruler.measureText(text).width;
}

/**
 * Leaves out the middle: names are alike at their beginnings, paths at both ends.
 *
 * @param {string} text
 * @param {number} room in pixels
 */
function shortened(text, room) {
  if (textWidth(text) <= room) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept > 1; kept -= 1) {
    const beginning = characters.slice(0, Math.floor(kept / 2)).join('');
    const shorter = `${beginning}…${characters.slice(-Math.ceil(kept / 2)).join('')}`;
    if (textWidth(shorter) <= room) return shorter;
  }
  return '…';
}

/**
 * Whoever is pointed at or focused stands out, with all that it is joined with.
 *
 * @param {SVGElement} drawing
 * @param {SVGElement[]} nodes identities, then paths
 * @param {SVGElement[]} curves
 * @param {Picture} picture
 */
function highlight(drawing, nodes, curves, { left, lines }) {
  const choose = (/** @type {number | undefined} */ chosen) => {
    drawing.classList.toggle('choosing', chosen !== undefined);
    const on = new Set([chosen]);
    for (const [i, { from, to }] of lines.entries()) {
      const ends = [from, left.length + to];
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

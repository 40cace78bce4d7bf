/* The two looks of choices: rows of names, and tiles of pictures. */

import { h, icon, set } from '../common/dom.js';
import { say } from '../common/texts.js';
import { shownName } from '../model/names.js';

/** @typedef {import('../model/choices.js').Choices} Choices */
/** @typedef {import('./long_list.js').Look} Look */

const ROW = 28;
const TILE = { least: 88, gap: { across: 8, down: 12 }, name: 22 };

/** How tiles lie in a width. @param {number} width */
export function tiled(width) {
  const { least, gap, name } = TILE;
  const columns = Math.max(1, Math.floor((width + gap.across) / (least + gap.across)));
  const side = (width - (columns - 1) * gap.across) / columns;
  return { columns, height: Math.max(1, side + name + gap.down) };
}

export const rowShape = () => ({ columns: 1, height: ROW });

/** @param {string} name @param {string[]} [words] of a search */
export function nameOf(name, words = []) {
  const { head, tail } = shownName(name, words);
  return h(
    'span',
    { class: 'name', title: name },
    h('span', { class: 'head' }, head.map(piece)),
    h('span', {}, tail.map(piece)),
  );
}

/** @param {import('../model/names.js').Piece} piece */
const piece = ({ text, hit, quiet }) =>
  hit || quiet ? h(hit ? 'mark' : 'span', quiet ? { class: 'quiet' } : {}, text) : text;

const box = () => h('span', { class: 'ps-box' }, icon('check', 12));

/** @param {Choices} model @param {string} name */
const now = (model, name) =>
  name === model.current && h('span', { class: 'now' }, say('choicesNow'));

/** @param {Choices} model @param {(index: number) => string} id @returns {Look} */
export const rowsOf = (model, id) => ({
  shape: rowShape,
  spare: 4,
  make: (name) => {
    const parts = [box(), nameOf(name, model.words), now(model, name)];
    return h('div', { class: 'ps-tick', role: 'option' }, parts);
  },
  update: (option, name, index) => update(model, option, name, index, id(index)),
});

/** @param {Choices} model @param {(index: number) => string} id
 * @param {(name: string) => string} thumb the address of a picture @returns {Look} */
export const tilesOf = (model, id, thumb) => ({
  shape: tiled,
  spare: 1,
  make: (name) =>
    h(
      'div',
      { class: 'ps-tile', role: 'option' },
      h('div', { class: 'thumb' }, box(), now(model, name)),
      h('small', {}, nameOf(name, model.words)),
    ),
  update: (option, name, index) => update(model, option, name, index, id(index)),
  seen: (option, name) => {
    const place = option.firstElementChild;
    if (!place?.querySelector('img')) place?.prepend(picture(thumb(name)));
  },
});

/** @param {string} source */
export const picture = (source) =>
  h('img', { alt: '', decoding: 'async', draggable: 'false', src: source, onerror: hide });

/** A picture that cannot be shown leaves its place empty. @param {Event} event */
function hide({ target }) {
  if (target instanceof HTMLElement) target.hidden = true;
}

/** @param {Choices} model @param {HTMLElement} option @param {string} name @param {number} index
 * @param {string} id */
function update(model, option, name, index, id) {
  option.id = id;
  option.dataset.index = String(index);
  option.classList.toggle('is-focus', index === model.at);
  set(option, 'aria-selected', String(model.ticks.has(name)));
  set(option, 'aria-setsize', model.shown.length);
  set(option, 'aria-posinset', index + 1);
}

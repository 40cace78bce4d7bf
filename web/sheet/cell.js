/* One cell of the grid, or of the filmstrip: made once, then patched where it changes. */

import { h, icon, set, star, write } from '../common/dom.js';
import { captionOf } from './caption.js';
import { offerMaking } from './cell_buttons.js';
import { DONE, FAILED, GONE, MISSING, WAITING } from '../model/sweep.js';
import { spoken } from './spoken.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */
/** @typedef {import('../model/sweep.js').Frame} Frame */
/** @typedef {import('../model/sweep.js').FileRef} FileRef */
/** @typedef {{url: (file: FileRef) => string, gone: (file: FileRef) => Promise<boolean>,
 *   show?: (image: HTMLImageElement, source: string) => void}} Files
 *   `gone`: whether the server says that there is no such file; `show`: gives an image its stored
 *   picture in its turn, where there are turns */
/** @typedef {{small: boolean, caption: boolean, inner: boolean, role: string, slot?: string}} Look
 *   `inner`: the headers say all axes but the innermost */

const seen = new WeakMap();

/** @param {string} role */
export const makeCell = (role) =>
  h(
    'div',
    { class: 'ps-cell', role, tabindex: -1 },
    h('div', { class: 'ps-pic' }),
    h('div', { class: 'ps-meta' }, h('span', { class: 'ps-num' })),
  );

/** Says which frame a cell is of. @param {HTMLElement} cell @param {number} index */
export function nameCell(cell, index) {
  set(cell, 'data-index', index);
  write(/** @type {Element} */ (cell.querySelector('.ps-num')), String(index + 1));
}

/** A cell that will be of another frame shows no picture until then.
 * @param {HTMLElement} cell @returns {HTMLImageElement | null} what it had */
export function clearCell(cell) {
  const image = cell.querySelector('img');
  image?.removeAttribute('src');
  seen.delete(cell);
  return image;
}

/** @param {HTMLElement} cell @param {SheetModel} model @param {Files} files @param {Look} look */
export function patchCell(cell, model, files, look) {
  const index = Number(cell.dataset.index);
  const frame = model.frames[index];
  if (!frame) return;
  const running = frame.status === WAITING && Boolean(model.run?.numbers.has(index + 1));
  const status = running ? 'running' : frame.status;
  const place = model.marks.place(frame.id);
  const rejected = model.marks.isRejected(frame.id);
  set(
    cell,
    'class',
    [
      'ps-cell',
      status !== DONE && status,
      place && 'picked',
      rejected && 'rejected',
      index === model.focus && 'is-focus',
    ]
      .filter(Boolean)
      .join(' '),
  );
  set(cell, 'aria-selected', String(place > 0));
  set(cell, 'aria-label', spoken(model, index, running));
  set(cell, 'tabindex', index === model.focus ? 0 : -1);
  if (running && model.run)
    cell.style.setProperty('--done', `${(100 * model.run.step) / Math.max(1, model.run.steps)}%`);
  picture(cell, model, files, index, status);
  if (look.role === 'gridcell') offerMaking(cell, index, status === MISSING, look.small);
  tags(cell, place, rejected, look.slot);
  meta(cell, model, frame, running, look);
}

/**
 * @param {HTMLElement} cell
 * @param {SheetModel} model
 * @param {Files} files
 * @param {number} index
 * @param {string} status
 */
function picture(cell, model, files, index, status) {
  const { thumb } = model.frames[index];
  const isComing = status === 'running' || status === WAITING;
  const preview = isComing ? (model.run?.previews.get(index + 1) ?? '') : '';
  const source = status === DONE ? files.url(thumb) : preview;
  const sign = `${status} ${source}`;
  if (seen.get(cell) === sign) return;
  seen.set(cell, sign);
  const box = /** @type {HTMLElement} */ (cell.firstElementChild);
  const old = box.querySelector('img');
  for (const each of box.querySelectorAll('.blank, .ps-open')) each.remove();
  if (status === FAILED) box.append(blank('warn', say('failedCell')));
  if (status === GONE) box.append(blank('lost', say('goneCell')));
  if (!source) return old?.remove();
  const image = /** @type {HTMLImageElement} */ (
    old ?? h('img', { alt: '', draggable: 'false', decoding: 'async' })
  );
  image.onerror =
    status === DONE ? () => files.gone(thumb).then((gone) => gone && model.vanished(index)) : null;
  if (status === DONE && files.show) files.show(image, source);
  else set(image, 'src', source);
  if (!old) box.prepend(image);
}

/** What stands where a picture would. @param {string} sign @param {string} text */
const blank = (sign, text) => h('div', { class: 'blank' }, icon(sign), h('span', {}, text));

/**
 * @param {HTMLElement} cell
 * @param {number} place
 * @param {boolean} rejected
 * @param {string} [slot]
 */
function tags(cell, place, rejected, slot = '') {
  const box = /** @type {HTMLElement} */ (cell.firstElementChild);
  const sign = `${place} ${rejected} ${slot}`;
  if (box.dataset.tags === sign) return;
  box.dataset.tags = sign;
  for (const each of box.querySelectorAll('.ps-tag')) each.remove();
  if (place) box.append(h('span', { class: 'ps-tag' }, icon('check', 10), String(place)));
  else if (rejected) box.append(h('span', { class: 'ps-tag' }, icon('lost', 10)));
  if (slot)
    box.append(h('span', { class: 'ps-tag slot' }, slot === '+' ? icon('survey', 12) : slot));
}

/**
 * @param {HTMLElement} cell
 * @param {SheetModel} model
 * @param {Frame} frame
 * @param {boolean} running
 * @param {Look} look
 */
function meta(cell, model, frame, running, look) {
  const line = /** @type {HTMLElement} */ (cell.children[1]);
  const stars = model.marks.stars(frame.id);
  const end =
    running && model.run
      ? `${model.run.step}/${model.run.steps}`
      : stars
        ? `★${stars}${look.small}`
        : '';
  if (line.dataset.end !== end) {
    line.dataset.end = end;
    line.querySelector('.end')?.remove();
    if (running && end) line.append(h('span', { class: 'end' }, end));
    else if (end) line.append(starLine(stars, look.small));
  }
  const text = look.caption ? captionOf(model, Number(cell.dataset.index), look) : '';
  const below = cell.children[2];
  if (!text) below?.remove();
  else if (below) write(below, text);
  else cell.append(h('div', { class: 'ps-cap' }, text));
  if (cell.children[2]) set(cell.children[2], 'title', text);
}

/** @param {number} count @param {boolean} small */
export const starLine = (count, small) =>
  h(
    'span',
    { class: 'ps-stars end' },
    small ? [star(), h('em', {}, String(count))] : Array.from({ length: count }, () => star()),
  );

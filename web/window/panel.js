/* Parts of the panel beside the stage. */

import { button, h, icon, star } from '../common/dom.js';
import { wordsApart } from '../model/frame_facts.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/frame_facts.js').Fact} Fact */
/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */

/** @param {string} title @param {(() => void) | null} copy @param {...any} body */
export const section = (title, copy, ...body) =>
  h(
    'section',
    {},
    h(
      'h3',
      {},
      title,
      copy
        ? button('text', { onclick: copy, 'aria-label': `${say('copy')}: ${title}` }, say('copy'))
        : null,
    ),
    ...body,
  );

/** @param {Fact[]} pairs */
export const facts = (pairs) =>
  h(
    'dl',
    {},
    pairs.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
  );

/** @param {number} count @param {(stars: number) => void} rate */
export const rating = (count, rate) =>
  h(
    'div',
    { class: 'ps-rate', role: 'radiogroup', 'aria-label': say('stars') },
    [1, 2, 3, 4, 5].map((n) =>
      h(
        'button',
        {
          type: 'button',
          role: 'radio',
          'aria-checked': String(n === count),
          'aria-label': say('sayStars', { n }),
          title: `${say('sayStars', { n })} (${n})`,
          class: n <= count ? 'on' : '',
          onclick: () => rate(n === count ? 0 : n),
        },
        star(16, n <= count),
      ),
    ),
  );

/** @param {'A' | 'B'} letter */
export const slot = (letter) => h('span', { class: `ps-slot ${letter.toLowerCase()}` }, letter);

/** What the marks of a frame are, in words. @param {SheetModel} model @param {number} index */
export function markNote(model, index) {
  const { id } = model.frames[index];
  const place = model.marks.place(id);
  const stars = model.marks.stars(id);
  const notes = [
    place
      ? say('pickN', { n: place }).toLowerCase()
      : model.marks.isRejected(id) && say('sayRejected'),
    stars && say('sayStars', { n: stars }),
  ].filter(Boolean);
  return notes.join(' · ') || say('noMark');
}

/** @param {string[]} heads @param {[string, string[]][]} rows */
export function diffTable(heads, rows) {
  const cells = (/** @type {string[]} */ values) =>
    values.length === 2
      ? wordsApart(values[0], values[1])
      : values.map((text) => [{ text, differs: false }]);
  const many = heads.length > 2 ? '48px' : '64px';
  return h(
    'table',
    { class: 'ps-diff' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { style: { width: many } }),
        heads.map((head) => h('th', { scope: 'col' }, head)),
      ),
    ),
    h(
      'tbody',
      {},
      rows.map(([name, values]) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, name),
          cells(values).map((parts) =>
            h(
              'td',
              {},
              parts.map(({ text, differs }) =>
                differs && parts.length > 1 ? h('mark', {}, text) : text,
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

/**
 * Pick and reject, as the top bar has them.
 * @param {SheetModel} model
 * @param {number} index
 * @param {(name: string) => void} act
 */
export function flagButtons(model, index, act) {
  const { id } = model.frames[index];
  const place = model.marks.place(id);
  const rejected = model.marks.isRejected(id);
  return [
    button(
      '',
      {
        'aria-pressed': String(place > 0),
        title: `${say('pick')} (P)`,
        onclick: () => act('pick'),
      },
      icon('check', 14),
      place ? say('pickN', { n: place }) : say('pick'),
    ),
    button(
      '',
      {
        'aria-pressed': String(rejected),
        title: `${say('reject')} (X)`,
        onclick: () => act('reject'),
      },
      icon('lost', 14),
      rejected ? say('rejectedNow') : say('reject'),
    ),
  ];
}

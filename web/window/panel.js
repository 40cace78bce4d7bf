/* Parts of the panel beside the stage. */

import { button, h, icon, star } from '../common/dom.js';
import { keyOf } from '../model/keys.js';
import { wordsApart } from '../model/word_diff.js';
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

/**
 * Only what differs between frames.
 * @param {string[]} heads of the frames
 * @param {{rows: [string, string[]][], same: Fact[]}} found
 */
export const differing = (heads, { rows, same }) => [
  section(
    say('differs'),
    null,
    rows.length ? diffTable(heads, rows) : h('p', {}, say('nothingDiffers')),
  ),
  h('p', { class: 'quiet' }, say('same', { n: same.length })),
];

/** @param {string[]} heads @param {[string, string[]][]} rows */
function diffTable(heads, rows) {
  const width = heads.length > 2 ? '48px' : '64px';
  const names = heads.map((head) => h('th', { scope: 'col' }, head));
  return h(
    'table',
    { class: 'ps-diff' },
    h('thead', {}, h('tr', {}, h('th', { style: { width } }), names)),
    h('tbody', {}, rows.map(diffRow)),
  );
}

/** Of two values, the words that differ are marked. @param {[string, string[]]} row */
function diffRow([name, values]) {
  const cells =
    values.length === 2
      ? wordsApart(values[0], values[1])
      : values.map((text) => [{ text, differs: false }]);
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, name),
    cells.map((words) =>
      h(
        'td',
        {},
        words.map(({ text, differs }) =>
          differs && words.length > 1 ? h('mark', {}, text) : text,
        ),
      ),
    ),
  );
}

const FLAGS = { pick: 'pick', picked: 'pickN', reject: 'reject', rejected: 'rejectedNow' };

/**
 * Pick and reject.
 * @param {SheetModel} model
 * @param {number} index
 * @param {(name: string) => void} act
 * @param {typeof FLAGS} [texts]
 */
export function flagButtons(model, index, act, texts = FLAGS) {
  const { id } = model.frames[index];
  const n = model.marks.place(id);
  const rejected = model.marks.isRejected(id);
  const flag = (
    /** @type {'pick' | 'reject'} */ name,
    /** @type {boolean} */ on,
    /** @type {string} */ sign,
    /** @type {string} */ text,
  ) =>
    button(
      '',
      {
        'aria-pressed': String(on),
        title: `${say(texts[name])} (${keyOf(name)})`,
        onclick: () => act(name),
      },
      icon(sign, 14),
      text,
    );
  return [
    flag('pick', n > 0, 'check', say(n ? texts.picked : texts.pick, { n })),
    flag('reject', rejected, 'lost', say(rejected ? texts.rejected : texts.reject)),
  ];
}

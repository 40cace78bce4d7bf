/* Two frames: one over the other with a slider, side by side, or in turns. A stays, B is the frame
   in focus. */

import { opponent } from '../model/commands.js';
import { button, h, icon, segments } from '../common/dom.js';
import { differences } from '../model/frame_facts.js';
import { diffTable, facts, markNote, section, slot } from './panel.js';
import { Photo } from './zoom_pane.js';
import { stored } from '../model/sweep.js';
import { say } from '../common/texts.js';

/** @typedef {import('./full_window.js').Full} Full */
/** @typedef {import('./full_window.js').Mode} Mode */

const FLICKER = 600; // at most two changes a second

/**
 * @param {Full} full
 * @param {string} kind slider, sides or flicker
 * @param {(name: string) => void} change
 * @returns {Mode}
 */
export function compare(full, kind, change) {
  const { model, context } = full;
  const [a, b] = [new Photo(full.lens), new Photo(full.lens)];
  const grip = h(
    'button',
    {
      class: 'grip',
      type: 'button',
      role: 'slider',
      'aria-label': say('sliderName'),
      'aria-valuemin': 0,
      'aria-valuemax': 100,
    },
    icon('wipe'),
  );
  const names = h('div', { class: 'ps-names' });
  const pair = h(
    'div',
    { class: `ps-pair ${kind}` },
    a.element,
    b.element,
    kind === 'slider' ? [h('i', { class: 'cut' }), grip] : null,
  );
  const stage = h('div', { class: 'ps-duel' }, pair, names);
  const first = opponent(model, model.focus);
  if (first >= 0) model.champion = model.frames[first].id;
  let cut = 50;
  let drawn = '';

  const slide = (/** @type {number} */ to) => {
    cut = Math.min(100, Math.max(0, to));
    pair.style.setProperty('--cut', `${cut}%`);
    grip.setAttribute('aria-valuenow', String(Math.round(cut)));
  };
  slide(50);
  grip.addEventListener('pointerdown', (event) => {
    event.stopPropagation();
    const move = (/** @type {PointerEvent} */ to) => {
      const box = pair.getBoundingClientRect();
      slide((100 * (to.clientX - box.left)) / box.width);
    };
    const up = () => {
      document.removeEventListener('pointermove', move, true);
      document.removeEventListener('pointerup', up, true);
    };
    document.addEventListener('pointermove', move, true);
    document.addEventListener('pointerup', up, true);
  });
  grip.addEventListener('keydown', (event) => {
    const by = { ArrowLeft: -2, ArrowRight: 2, PageUp: 10, PageDown: -10 }[event.key];
    if (!by) return;
    slide(cut + by);
    event.preventDefault();
    event.stopPropagation();
  });

  const flip = () => pair.classList.toggle('flipped');
  const still = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches;
  const timer = kind === 'flicker' && !still ? setInterval(flip, FLICKER) : 0;

  const indices = () => [model.champion ? model.indexOf(model.champion) : -1, model.focus];
  const both = () => indices().map((index) => model.frames[index]);
  const draw = () => {
    const [at, to] = indices();
    if (at < 0) return;
    full.film.slots = new Map([
      [to, 'B'],
      [at, 'A'],
    ]);
    const [one, other] = both();
    if (drawn !== `${one.id} ${other.id}`) {
      a.show(context.files.url(stored(one.id, 'png')), one);
      b.show(context.files.url(stored(other.id, 'png')), other);
      drawn = `${one.id} ${other.id}`;
    }
    names.replaceChildren(
      h(
        'span',
        { class: 'ps-name' },
        slot('A'),
        h('b', {}, say('frame', { n: at + 1 })),
        h('span', { class: 'quiet' }, markNote(model, at)),
      ),
      h(
        'span',
        { class: 'ps-name' },
        h('span', { class: 'quiet' }, markNote(model, to)),
        h('b', {}, say('frame', { n: to + 1 })),
        slot('B'),
      ),
    );
  };

  const panel = () => {
    const [at, to] = indices();
    if (at < 0) return [h('p', { class: 'quiet' }, say('noA'))];
    const { rows, same } = differences(both(), model.sweep);
    return [
      section(
        say('differs'),
        null,
        rows.length
          ? diffTable([say('slotA', { n: at + 1 }), say('slotB', { n: to + 1 })], rows)
          : h('p', {}, say('nothingDiffers')),
      ),
      h('p', { class: 'quiet' }, say('same', { n: same.length })),
      section(say('sameInBoth'), null, facts(same)),
      section(say('howToCompare'), null, h('p', { class: 'quiet' }, say('howText'))),
    ];
  };

  const swap = () => {
    const [at, to] = indices();
    if (at < 0) return;
    model.champion = model.frames[to].id;
    if (at === to) full.draw();
    else model.focusOn(at);
  };

  return {
    name: kind,
    stage,
    draw,
    panel,
    photo: () => b,
    title: () => say('compare'),
    middle: () => [
      segments(
        say('compare'),
        ['slider', 'sides', 'flicker', 'survey'].map((name) => ({
          text: say(name),
          on: name === kind,
          do: () => change(name),
        })),
      ),
      button('', { title: `${say('swap')} (S)`, onclick: swap }, say('swap')),
    ],
    foot: () => {
      const { id } = model.frames[model.focus];
      const place = model.marks.place(id);
      return [
        button(
          '',
          {
            title: `${say('pickB')} (P)`,
            'aria-pressed': String(place > 0),
            onclick: () => full.perform({ name: 'pick' }),
          },
          icon('check', 14),
          place ? say('pickedB', { n: place }) : say('pickB'),
        ),
        button(
          '',
          {
            title: `${say('rejectB')} (X)`,
            'aria-pressed': String(model.marks.isRejected(id)),
            onclick: () => full.perform({ name: 'reject' }),
          },
          icon('lost', 14),
          say('rejectB'),
        ),
      ];
    },
    key({ name }) {
      if (name === 'swap') swap();
      else if (name === 'flip') flip();
      else if (name === 'set A') {
        model.champion = model.frames[model.focus].id;
        full.draw();
      } else if (name === 'loupe' || name === 'survey') change(name);
      else return name === 'compare';
      return true;
    },
    dispose() {
      clearInterval(timer);
      full.film.slots = new Map();
      a.dispose();
      b.dispose();
    },
  };
}

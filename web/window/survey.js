/* The survey: two to nine frames side by side, zoom and pan together, until the best is left. */

import { mark, pickMany } from '../model/commands.js';
import { starLine } from '../sheet/cell.js';
import { button, h, icon, iconButton, segments, set } from '../common/dom.js';
import { differences } from '../model/frame_facts.js';
import { diffTable, section } from './panel.js';
import { Photo } from './zoom_pane.js';
import { stored } from '../model/sweep.js';
import { DONE } from '../model/sweep.js';
import { say } from '../common/texts.js';

/** @typedef {import('./full_window.js').Full} Full */
/** @typedef {import('./full_window.js').Mode} Mode */

const MOST = 9;

/**
 * Picks shown, else the row of the frame in focus.
 * @param {import('../model/sheet_model.js').SheetModel} model
 * @returns {number[]}
 */
export function candidates(model) {
  const done = (/** @type {number} */ index) => model.frames[index]?.status === DONE;
  const picked = model.marks.picks
    .map((id) => model.indexOf(id))
    .filter((index) => model.shown.includes(index) && done(index));
  if (picked.length > 1) return picked.slice(0, MOST);
  const start = model.focus - (model.focus % model.inner);
  const row = Array.from(
    { length: Math.min(model.inner, model.frames.length - start) },
    (_, at) => start + at,
  ).filter(done);
  const from = Math.max(0, Math.min(row.indexOf(model.focus) - 4, row.length - MOST));
  return row.slice(from, from + MOST);
}

/** @param {Full} full @param {(name: string) => void} change @returns {Mode} */
export function survey(full, change) {
  const { model, context } = full;
  let left = candidates(model);
  /** @type {Map<number, {element: HTMLElement, photo: Photo, line: HTMLElement}>} */
  const views = new Map();
  const stage = h('div', { class: 'ps-survey', role: 'listbox', 'aria-label': say('inSurvey') });
  if (left.length && !left.includes(model.focus)) model.focusOn(left[0]);

  const makeView = (/** @type {number} */ index) => {
    const photo = new Photo(full.lens, { map: true });
    const line = h('div', { class: 'line' });
    const element = h(
      'div',
      { class: 'view', role: 'option', onclick: () => model.focusOn(index) },
      photo.element,
      line,
    );
    photo.show(context.files.url(stored(model.frames[index].id, 'png')), model.frames[index]);
    const view = { element, photo, line };
    views.set(index, view);
    return view;
  };

  const takeOut = (/** @type {number} */ index) => {
    if (left.length < 2) return;
    const at = left.indexOf(index);
    left = left.filter((each) => each !== index);
    if (model.focus === index) model.focusOn(left[Math.min(at, left.length - 1)]);
    else full.draw();
  };

  const draw = () => {
    full.film.slots = new Map(left.map((index) => [index, '+']));
    const columns = Math.ceil(Math.sqrt(left.length));
    stage.style.setProperty('--across', String(columns));
    for (const [index, view] of views) {
      if (left.includes(index)) continue;
      view.photo.dispose();
      view.element.remove();
      views.delete(index);
    }
    for (const index of left) {
      const view = views.get(index) ?? makeView(index);
      if (view.element.parentElement !== stage) stage.append(view.element);
      drawView(view, index);
    }
  };

  const drawView = (
    /** @type {{element: HTMLElement, line: HTMLElement, photo: Photo}} */ { element, line, photo },
    /** @type {number} */ index,
  ) => {
    const frame = model.frames[index];
    const place = model.marks.place(frame.id);
    set(
      element,
      'class',
      [
        'view',
        place && 'picked',
        model.marks.isRejected(frame.id) && 'rejected',
        index === model.focus && 'is-focus',
      ]
        .filter(Boolean)
        .join(' '),
    );
    set(element, 'aria-selected', String(place > 0));
    set(element, 'aria-label', say('frame', { n: index + 1 }));
    element.querySelector('.ps-tag')?.remove();
    if (place)
      photo.element.append(h('span', { class: 'ps-tag' }, icon('check', 10), String(place)));
    const stars = model.marks.stars(frame.id);
    line.replaceChildren(
      h('b', {}, say('frame', { n: index + 1 })),
      h('span', { class: 'quiet' }, frame.seed === null ? '' : say('seed', { seed: frame.seed })),
      stars ? starLine(stars, false) : '',
      h(
        'span',
        { class: 'end' },
        iconButton('check', say('pickFrame', { n: index + 1 }), 'P', {
          onclick: () => mark(model, { name: 'pick', advance: model.advance }, index),
        }),
        iconButton('close', say('takeOut', { n: index + 1 }), 'Del', {
          onclick: () => takeOut(index),
        }),
      ),
    );
  };

  const panel = () => {
    const { rows, same } = differences(
      left.map((index) => model.frames[index]),
      model.sweep,
    );
    return [
      section(
        say('differs'),
        null,
        rows.length
          ? diffTable(
              left.map((index) => String(index + 1)),
              rows,
            )
          : h('p', {}, say('nothingDiffers')),
      ),
      h('p', { class: 'quiet' }, say('same', { n: same.length })),
      section(
        say('together'),
        null,
        h('p', { class: 'quiet' }, say('togetherText', { n: left.length })),
      ),
    ];
  };

  const steps = /** @type {Record<string, number>} */ ({ left: -1, right: 1 });
  return {
    name: 'survey',
    stage,
    draw,
    panel,
    photo: () => (views.get(model.focus) ?? [...views.values()][0])?.photo,
    title: () => say('surveyOf', { n: left.length }),
    middle: () => [
      segments(
        say('compare'),
        ['slider', 'sides', 'flicker', 'survey'].map((name) => ({
          text: say(name),
          on: name === 'survey',
          do: () => change(name),
        })),
      ),
    ],
    foot: () => [
      button(
        'span',
        { onclick: () => pickMany(model, left) },
        left.length > 1 ? say('pickLeft', { n: left.length }) : say('pickLast'),
      ),
    ],
    key(command) {
      const { name, to = '' } = command;
      if (name === 'take out') takeOut(model.focus);
      else if (name === 'loupe' || name === 'compare') change(name === 'compare' ? 'slider' : name);
      else if (name === 'move') {
        const at = left.indexOf(model.focus);
        const by =
          steps[to] ??
          (to === 'down' ? 1 : to === 'up' ? -1 : 0) * Math.ceil(Math.sqrt(left.length));
        const next = left[at + by];
        if (next !== undefined) model.focusOn(next);
      } else return name === 'survey';
      return true;
    },
    dispose() {
      full.film.slots = new Map();
      for (const { photo } of views.values()) photo.dispose();
    },
  };
}

/* The loupe: one frame large, with all that made it. */

import { step } from '../model/commands.js';
import { button, h, icon, iconButton } from '../common/dom.js';
import { own, shared } from '../model/frame_facts.js';
import { facts, flagButtons, rating, section } from './panel.js';
import { Photo } from './zoom_pane.js';
import { copy, download, openRecipe } from '../host/sharing.js';
import { DONE, FAILED, GONE, stored } from '../model/sweep.js';
import { say } from '../common/texts.js';

/** @typedef {import('./full_window.js').Full} Full */
/** @typedef {import('./full_window.js').Mode} Mode */

/** @param {Full} full @returns {Mode} */
export function loupe(full) {
  const { model, context } = full;
  const photo = new Photo(full.lens);
  const blank = h('p', { class: 'ps-blank quiet' });
  const stage = h(
    'div',
    { class: 'ps-loupe' },
    photo.element,
    blank,
    iconButton('left', say('previous'), '←', {
      look: 'ps-step prev',
      onclick: () => step(model, -1),
    }),
    iconButton('right', say('next'), '→', { look: 'ps-step next', onclick: () => step(model, 1) }),
  );
  let current = '';
  const frameNow = () => model.frames[model.focus];
  const tell = (/** @type {string} */ text) => model.tell(text);
  const copied = (/** @type {string} */ text) => () => copy(text).then(() => tell(say('copied')));

  const draw = () => {
    const frame = frameNow();
    const sign = `${frame.id} ${frame.status}`;
    photo.element.hidden = frame.status !== DONE;
    blank.textContent =
      frame.status === FAILED
        ? say('failed', { n: model.focus + 1, message: frame.error ?? '' })
        : frame.status === GONE
          ? say('goneCell')
          : frame.status === DONE
            ? ''
            : say('sayWaiting');
    if (sign === current) return;
    current = sign;
    if (frame.status === DONE) photo.show(context.files.url(stored(frame.id, 'png')), frame);
  };

  const panel = () => {
    const frame = frameNow();
    const failed =
      frame.status === FAILED
        ? section(say('failedCell'), null, h('p', { class: 'long' }, frame.error ?? ''))
        : null;
    return [
      failed,
      section(say('prompt'), copied(frame.positive), h('p', { class: 'long' }, frame.positive)),
      frame.seed === null
        ? null
        : section(say('seedTitle'), copied(frame.seed), h('p', { class: 'seed' }, frame.seed)),
      section(say('thisFrame'), null, facts(own(frame))),
      section(say('sameInAll'), null, facts(shared(frame, model.sweep))),
      section(say('frameId'), copied(`#${frame.id}`), h('p', {}, `#${frame.id}`)),
    ];
  };

  const foot = () => {
    const frame = frameNow();
    const off = frame.status === DONE ? undefined : 'true';
    const running = model.phase === 'running' ? 'true' : undefined;
    return [
      button(
        'span',
        {
          'aria-disabled': off,
          onclick: () =>
            off ??
            openRecipe(context, frame).then(
              () => full.close(),
              (error) => tell(say('recipeFailed', { message: error.message })),
            ),
        },
        icon('graph'),
        say('openRecipe'),
      ),
      button(
        '',
        {
          'aria-disabled': off,
          onclick: () =>
            off ?? download(context.files.url(stored(frame.id, 'png')), `${frame.id}.png`),
        },
        icon('save'),
        say('download'),
      ),
      button(
        '',
        { 'aria-disabled': running, onclick: () => context.ask('more like this', model.focus) },
        say('moreLikeThis'),
      ),
    ];
  };

  return {
    name: 'loupe',
    stage,
    draw,
    panel,
    foot,
    photo: () => photo,
    title: () => say('frameOf', { n: model.focus + 1, count: model.frames.length }),
    middle: () => [
      ...flagButtons(model, model.focus, (name) => full.perform({ name })),
      rating(model.marks.stars(frameNow().id), (stars) => full.perform({ name: 'stars', stars })),
    ],
    key(command) {
      if (command.name !== 'loupe') return false;
      photo.toggle();
      return true;
    },
    dispose: () => photo.dispose(),
  };
}

/* The notice above the axes, with its line of text and its buttons. */

import { button, h, icon } from '../common/dom.js';

/** @typedef {import('../model/sweep_notice.js').Notice} Notice */

/** @param {HTMLElement} parent @param {Notice | null} notice
 * @param {import('./sweep_face.js').AskFor} askFor */
export function drawNotice(parent, notice, askFor) {
  parent.replaceChildren();
  if (!notice) return;
  const { text, code, buttons } = notice;
  const acts = buttons.map(({ text: label, ask, key }) => {
    const element = button('text', {}, label);
    element.addEventListener('click', () => askFor(ask, key, element));
    return element;
  });
  const stacked = code || acts.length > 1;
  parent.append(
    h(
      'div',
      { class: stacked ? 'ps-notice error stack' : 'ps-notice error', role: 'alert' },
      icon('warn'),
      h('p', {}, text),
      code && codeOf(code),
      stacked ? h('div', { class: 'acts' }, acts) : acts,
    ),
  );
}

/** The line, and carets under the fault. @param {NonNullable<Notice['code']>} code */
const codeOf = ({ text, start, end }) =>
  h(
    'pre',
    { class: 'caret' },
    h('span', {}, `${text}\n`),
    h(
      'span',
      { 'aria-hidden': 'true' },
      h('i', {}, text.slice(0, start)),
      h('em', {}, '^'.repeat(Math.max(1, end - start))),
    ),
  );

/* The line in a Prompt Batch that says how many prompts it makes. */

import { h, write } from './dom.js';
import { addElement } from './element_widget.js';
import { countPrompts } from './prompts_count.js';
import { say } from './texts.js';

const NAMES = ['prompts', 'negative', 'template'];
const OFTEN = 500;

/** @param {any} node */
export function addCount(node) {
  const label = h('p', { class: 'ps-count', role: 'status' });
  addElement(node, 'count', label, { hideOnZoom: true, getMinHeight: () => 20, getMaxHeight: () => 20 });
  const draw = () => {
    const texts = NAMES.map((name) => String(node.widgets?.find((/** @type {any} */ each) => each.name === name)?.value ?? ''));
    const linked = node.inputs?.some((/** @type {any} */ input) => NAMES.includes(input.name) && input.link != null);
    const count = linked ? null : countPrompts(texts[0], texts[1], texts[2]);
    write(label, count === null ? '' : say('promptCount', { n: count }));
  };
  // Typing in a multiline widget reaches no callback on every host.
  const timer = setInterval(() => (label.isConnected ? draw() : undefined), OFTEN);
  const removed = node.onRemoved;
  node.onRemoved = (/** @type {any[]} */ ...values) => {
    clearInterval(timer);
    return removed?.apply(node, values);
  };
}

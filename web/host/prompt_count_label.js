/* The line in a Prompt Batch that says how many prompts it makes. */

import { h, write } from '../common/dom.js';
import { countPrompts } from '../grammar/prompt_count.js';
import { addElement, chain } from './widget_slot.js';
import { say } from '../common/texts.js';

const NAMES = ['prompts', 'negative', 'template'];
const OFTEN = 500;

/** @param {import('./graph.js').Host} host @param {any} node */
export function addCount(host, node) {
  const label = h('p', { class: 'ps-count', role: 'status' });
  addElement(
    host,
    node,
    'prompt_count',
    { hideOnZoom: true, margin: 0, getMinHeight: () => 20, getMaxHeight: () => 20 },
    () => label,
  );
  const draw = () => {
    const texts = NAMES.map((name) =>
      String(node.widgets?.find((/** @type {any} */ each) => each.name === name)?.value ?? ''),
    );
    const linked = node.inputs?.some(
      (/** @type {any} */ input) => NAMES.includes(input.name) && input.link != null,
    );
    const count = linked ? null : countPrompts(texts[0], texts[1], texts[2]);
    write(label, count === null ? '' : say('promptCount', { n: count }));
  };
  // Typing in a multiline widget reaches no callback on every host.
  const timer = setInterval(() => (label.isConnected ? draw() : undefined), OFTEN);
  chain(node, 'onRemoved', () => clearInterval(timer));
}

/* The line in a Prompt Batch that says how many prompts it makes. */

import { h, set, write } from '../common/dom.js';
import { say } from '../common/texts.js';
import { countPrompts, hashPrompt } from '../grammar/prompt_count.js';
import { number } from '../model/axis_shown.js';
import { writtenIn } from './graph.js';
import { addElement, often } from './widget_slot.js';

const TEXTS = ['prompts', 'negative', 'template'];
const NAMES = [...TEXTS, 'variants', 'count', 'seed'];
const LONG = 24; // letters of a prompt that are shown

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
  /** @type {any[]} */
  let shown = [];
  const draw = () => {
    const now = valuesOf(node);
    if (now.every((value, at) => value === shown[at]) && shown.length) return;
    shown = now;
    const text = now.includes(null) ? '' : told(now);
    write(label, text);
    set(label, 'title', text);
  };
  often(node, () => (label.isConnected ? draw() : undefined));
}

/** What the widgets say; null: it comes over a link. @param {any} node */
const valuesOf = (node) =>
  NAMES.map((name) => {
    const value = writtenIn(node, name);
    return value !== null && TEXTS.includes(name) ? String(value ?? '') : value;
  });

/** @param {any[]} values */
function told([prompts, negative, template, variants, count, seed]) {
  const n = countPrompts(prompts, negative, template, { variants, count, seed });
  if (n === null) return '';
  const made = say('promptCount', { n: Number.isNaN(n) ? number(null) : n });
  const line = hashPrompt(prompts);
  const short = line.length > LONG ? `${line.slice(0, LONG)}…` : line;
  return line ? `${made} · ${say('promptHash', { line: short })}` : made;
}

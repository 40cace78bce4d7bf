/* Elements of ours as widgets of nodes. */

import { pathOf } from './graph.js';

const OFTEN = 500; // milliseconds

/** @typedef {{content: HTMLElement, slots: Slot[]}} Place */

/** @type {Map<string, Place>} by widget name and path of the node */
const places = new Map();

/** What the host takes as a widget's element. Nodes 2.0 leaves a removed node's element in the page
 * and gives it to the next node with that id (the host's undo makes one). So the content of a place
 * goes to whichever of its slots is in the page. */
export class Slot extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    settle(this.place);
  }

  disconnectedCallback() {
    settle(this.place);
  }

  /** @param {string} place @param {HTMLElement} content */
  fill(place, content) {
    this.place = place;
    const others = (places.get(place)?.slots ?? []).filter(
      (slot) => slot.isConnected && slot !== this,
    );
    places.set(place, { content, slots: [...others, this] });
    settle(place);
  }
}

/** @param {string | undefined} at */
function settle(at) {
  const place = places.get(at ?? '');
  if (!place) return;
  const { content, slots } = place;
  const newest = slots.slice().reverse();
  const slot = newest.find((each) => each.isConnected) ?? newest[0];
  if (content.parentNode !== slot) slot.replaceChildren(content);
}

/**
 * A widget that is neither saved nor sent.
 * @param {import('./graph.js').Host} host
 * @param {any} node
 * @param {string} name
 * @param {Record<string, any>} options as addDOMWidget takes them
 * @param {() => HTMLElement | undefined} content asked for whenever the node has come to a place in
 *   a graph
 */
export function addElement(host, node, name, options, content) {
  const slot = /** @type {Slot} */ (document.createElement('proofsheet-slot'));
  const all = { ...options, serialize: false, getValue: () => '', setValue: () => {} };
  node.addDOMWidget(name, `PROOFSHEET_${name.toUpperCase()}`, slot, all).serialize = false;
  const fill = () =>
    queueMicrotask(() => {
      const path = pathOf(host, node);
      const made = path && content();
      if (made) slot.fill(`${name}|${path}`, made);
    });
  chain(node, 'onConfigure', fill);
  chain(node, 'onAdded', fill);
  return slot;
}

/** Now and then, while the node is there: typing in a multiline widget reaches no callback on every
 * host. @param {any} node @param {() => void} then */
export function often(node, then) {
  const timer = setInterval(then, OFTEN);
  chain(node, 'onRemoved', () => clearInterval(timer));
}

/**
 * After what the node itself does on an occasion.
 * @param {any} node
 * @param {string} name
 * @param {() => void} then
 */
export function chain(node, name, then) {
  const before = node[name];
  node[name] = (/** @type {any[]} */ ...values) => {
    const result = before?.apply(node, values);
    then();
    return result;
  };
}

/* Elements of ours as widgets of nodes. */

let added = 0;

/** Not saved and not sent. Nodes 2.0 shows a removed node's element for the next node of the same
 * id and widget names (the host's undo makes one), so no name comes twice.
 * @param {any} node @param {string} name @param {HTMLElement} element @param {Record<string, any>} options as addDOMWidget takes them */
export function addElement(node, name, element, options) {
  added += 1;
  const all = { ...options, serialize: false, getValue: () => '', setValue: () => {} };
  node.addDOMWidget(`${name}_${added}`, `PROOFSHEET_${name.toUpperCase()}`, element, all).serialize = false;
}

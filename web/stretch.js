/* Nodes 2.0 of frontend 1.32 leaves a widget at its least height, however tall the node is. */

const LEAST = 240;
const FOOT = 12;
const SLACK = 60; // newer frontends stretch the widget by themselves and have a footer below it

/** Lets an element take the height that its node has to give. @param {any} node @param {HTMLElement} element
 * @returns {() => void} to end it */
export function stretch(node, element) {
  /** @type {Element | null} */
  let box = null;
  const fit = () => {
    const found = /** @type {HTMLElement | null} */ (element.closest('[data-node-id]'));
    if (!found) return;
    if (found !== box) watch.observe((box = found));
    const scale = found.getBoundingClientRect().width / found.offsetWidth || 1;
    const below = (found.getBoundingClientRect().bottom - element.getBoundingClientRect().bottom) / scale;
    const wanted = Number(node.size?.[1]) || 0; // without the title, which the box may have
    const over = found.offsetHeight - wanted - SLACK;
    if (below > SLACK) element.style.minHeight = `${element.offsetHeight + below - FOOT}px`;
    else if (over > 0 && element.style.minHeight) element.style.minHeight = `${Math.max(LEAST, element.offsetHeight - over)}px`;
  };
  const watch = new ResizeObserver(() => requestAnimationFrame(fit));
  watch.observe(element);
  return () => watch.disconnect();
}

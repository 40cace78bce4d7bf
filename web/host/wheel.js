/* The wheel over an element of ours: what it cannot scroll belongs to the canvas. */

const SCROLLED = '.ps-sheet, .ps-axes-box';

/** @param {import('./graph.js').Host} host @param {WheelEvent} event */
export function passWheel({ app }, event) {
  const box = event.target instanceof Element ? event.target.closest(SCROLLED) : null;
  const room =
    box &&
    (event.deltaY < 0
      ? box.scrollTop > 0
      : box.scrollTop + box.clientHeight < box.scrollHeight - 1);
  const wide =
    box &&
    box.scrollWidth > box.clientWidth &&
    (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY));
  if ((room || wide) && !event.ctrlKey) event.stopPropagation();
  else if (!app.extensionManager?.setting?.get('Comfy.VueNodes.Enabled')) {
    event.preventDefault();
    app.canvas?.processMouseWheel?.(event);
  }
}

/* Following a pointer that was pressed, until it is let go or taken away. */

const ENDS = ['pointerup', 'pointercancel', 'lostpointercapture'];
const FIRST = { capture: true }; // before the host

/**
 * The element that listens for the press captures the pointer as soon as it drags something: from
 * then on what lies beneath takes no notice of it, and its click is the element's own.
 * @param {PointerEvent} press
 * @param {{move: (event: PointerEvent) => unknown, end?: () => void}} acts `move` says false as
 *   long as nothing is dragged yet
 */
export function drag(press, { move, end = () => {} }) {
  const element = /** @type {Element} */ (press.currentTarget);
  const page = element.ownerDocument;
  let held = false;
  const moved = (/** @type {Event} */ event) => {
    const to = /** @type {PointerEvent} */ (event);
    if (to.pointerId !== press.pointerId || move(to) === false || held) return;
    held = true;
    element.setPointerCapture(press.pointerId);
  };
  const ended = (/** @type {Event} */ event) => {
    if (/** @type {PointerEvent} */ (event).pointerId !== press.pointerId) return;
    page.removeEventListener('pointermove', moved, FIRST);
    for (const name of ENDS) page.removeEventListener(name, ended, FIRST);
    end();
  };
  page.addEventListener('pointermove', moved, FIRST);
  for (const name of ENDS) page.addEventListener(name, ended, FIRST);
}

/* Which rows and columns of a long sheet are worth having in the page. */

/** The steps from `first` up to `end` that a window shows, with `spare` more at either side.
 * @param {{offset: number, view: number, step: number, count: number, spare: number}} window
 * `offset`: how far the content is scrolled past its first step */
export function visible({ offset, view, step, count, spare }) {
  const first = Math.min(Math.max(0, Math.floor(offset / step) - spare), count);
  const end = Math.min(count, Math.max(first, Math.ceil((offset + view) / step) + spare));
  return { first, end };
}

/** Where to scroll so that start..end is in view; as little as possible, not at all if it is.
 * @param {{start: number, end: number, offset: number, view: number}} span */
export function reveal({ start, end, offset, view }) {
  if (start < offset) return start;
  return end > offset + view ? Math.min(start, end - view) : offset;
}

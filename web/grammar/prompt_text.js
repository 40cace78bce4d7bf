/* A text of one prompt and its lines. */

import { withoutComments } from './comments.js';
import { Cursor, MAX_LONG_TEXT, linesOf } from './cursor.js';

/** @param {string} text @param {string} widget */
export function promptText(text, widget) {
  const cursor = withoutComments(new Cursor(text, widget, MAX_LONG_TEXT));
  return { cursor, lines: [...linesOf(cursor)] };
}

/* Comments in texts of prompts: # and //, to the end of a line, and those of several lines. The
   page's twin of nodes/core/grammar/comments.py. */

import { BLANK, LINE_END, SPACES_IN } from './cursor.js';

/** @typedef {import('./cursor.js').Cursor} Cursor */

const BEGIN = `(?<![^${LINE_END}])[ \\t\\x1c-\\x1f\\xa0\\u3000\\u200b\\u2060\\ufeff]*`;
const AFTER_SPACE = `(?<![^${SPACES_IN}])`;
const OPENS = new RegExp(
  `${BEGIN}(?:(?<line>#)(?=[${SPACES_IN}#]|$)|(?<keptLine>\\\\)(?=\\\\*#))` +
    `|${AFTER_SPACE}(?:(?<rest>//)|(?<block>/\\*)|(?<kept>\\\\)(?=\\\\*(?://|/\\*)))`,
  'g',
);
const TO_KEEP = new RegExp(`${BEGIN}(?=\\\\*#)|${AFTER_SPACE}(?=\\\\*(?://|/\\*))`, 'g');
const LINE = new RegExp(`[^${LINE_END}]*`, 'y');
const SPACES = /[ \t]*/y;

/** The cursor, with blanks where comments stand, and the spaces behind those, in its text.
 * @param {Cursor} cursor */
export function withoutComments(cursor) {
  const { source } = cursor;
  /** @type {string[]} */
  const parts = [];
  let before = 0;
  for (const [start, end] of comments(source)) {
    parts.push(source.slice(before, start), BLANK.repeat(end - start));
    before = end;
  }
  if (parts.length) cursor.source = [...parts, source.slice(before)].join('');
  return cursor;
}

/** The text with a backslash before each sign that a comment begins with. @param {string} text */
export const commentsKept = (text) => text.replace(TO_KEEP, '$&\\');

/** Where each comment stands, and each backslash that keeps the sign of one.
 * @param {string} source @returns {Generator<[number, number]>} */
function* comments(source) {
  if (!/#|\/[/*]/.test(source)) return;
  const opens = new RegExp(OPENS);
  const lastEnd = source.lastIndexOf('*/');
  for (let found = opens.exec(source); found; found = opens.exec(source)) {
    const { line, rest, block, kept, keptLine } = found.groups ?? {};
    const sign = line ?? rest ?? block ?? kept ?? keptLine;
    const after = opens.lastIndex;
    if (block && after > lastEnd) continue;
    let end = after;
    if (block) end = pastAt(SPACES, source, source.indexOf('*/', after) + 2);
    else if (line ?? rest) end = pastAt(LINE, source, after);
    opens.lastIndex = end;
    yield [after - sign.length, end];
  }
}

/** Where a match at a place ends. @param {RegExp} pattern @param {string} source
 * @param {number} place */
function pastAt(pattern, source, place) {
  pattern.lastIndex = place;
  pattern.exec(source);
  return pattern.lastIndex;
}

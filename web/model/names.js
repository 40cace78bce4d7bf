/* How the names of choices are shown: folder and ending quiet, cut in the middle so that numbers
   at the end stay. */

import { hits } from './finder.js';

const ENDING = /\.[a-z]{2,11}\d?(?: \[\w+\])?$/i; // not the 5 of sd1.5, nor v2
const KEPT = 4; // letters before the ending

/** @param {string} name */
export function parts(name) {
  const cut = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1;
  const rest = name.slice(cut);
  const ending = rest.search(ENDING);
  const at = ending > 0 ? cut + ending : name.length;
  return { folder: name.slice(0, cut), stem: name.slice(cut, at), ending: name.slice(at) };
}

/**
 * @typedef {{text: string, hit: boolean, quiet: boolean}} Piece
 * @typedef {{head: Piece[], tail: Piece[]}} Shown where there is too little room, `head` is cut
 */

/** @param {string} name @param {string[]} [words] of a search @returns {Shown} */
export function shownName(name, words = []) {
  const { folder, stem } = parts(name);
  const ending = folder.length + stem.length;
  const letters = hits(name, words);
  const before = hits(name.slice(0, ending), []).length; // letters before the ending
  const least = hits(folder, []).length;
  const cut = Math.max(least, before - KEPT);
  let at = 0;
  const told = letters.map(({ text, hit }) => {
    const start = at;
    at += text.length;
    return { text, hit, quiet: start < folder.length || start >= ending };
  });
  return { head: joined(told.slice(0, cut)), tail: joined(told.slice(cut)) };
}

/** @param {Piece[]} letters */
function joined(letters) {
  /** @type {Piece[]} */
  const pieces = [];
  for (const letter of letters) {
    const last = pieces.at(-1);
    if (last && last.hit === letter.hit && last.quiet === letter.quiet) last.text += letter.text;
    else pieces.push({ ...letter });
  }
  return pieces;
}

/** Names without folder and ending, but for those that would then look like another.
 * @param {string[]} names */
export function shortNames(names) {
  const stems = names.map((name) => parts(name).stem);
  const counts = new Map();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return new Map(names.map((name, at) => [name, counts.get(stems[at]) > 1 ? name : stems[at]]));
}

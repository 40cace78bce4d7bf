/* Finding names by words, in any language: case, accents, full width and the way a system writes
   its folders make no difference. */

const ACCENTS = /[\u0300-\u036f]/g;
const UNITS = /\P{M}\p{M}*|\p{M}+/gu; // letters with their marks

/** @param {string} text as it is compared */
const fold = (text) =>
  text.normalize('NFKD').replace(ACCENTS, '').toUpperCase().replaceAll('\\', '/');

/** The words of a search, as they are compared. @param {string} query */
export const wordsOf = (query) => fold(query).split(/\s+/u).filter(Boolean);

/** @param {string} text @param {string[]} words of `wordsOf` */
export const hasAll = (text, words) => found(fold(text), words);

/** @param {string} folded @param {string[]} words */
const found = (folded, words) => words.every((word) => folded.includes(word));

export class Finder {
  /** @type {string[] | undefined} */
  #folded;

  /** @param {string[]} names */
  constructor(names) {
    this.names = names;
  }

  /** The names with all the words, in order; those that `also` takes alone.
   * @param {string[]} words @param {(name: string) => boolean} [also] */
  find(words, also = () => true) {
    if (!words.length) return this.names.filter(also);
    this.#folded ??= this.names.map(fold);
    const folded = this.#folded;
    return this.names.filter((name, index) => found(folded[index], words) && also(name));
  }
}

/** A text in its letters, each with whether one of the words hits it.
 * @param {string} text @param {string[]} words @returns {{text: string, hit: boolean}[]} */
export function hits(text, words) {
  const letters = text.match(UNITS) ?? [];
  const folded = letters.map(fold);
  const whole = folded.join('');
  const spans = words.flatMap((word) => spansOf(whole, word));
  let end = 0;
  return letters.map((letter, index) => {
    const start = end;
    end += folded[index].length;
    return { text: letter, hit: spans.some(([from, to]) => from < end && start < to) };
  });
}

/** @param {string} whole @param {string} word @returns {[number, number][]} */
function spansOf(whole, word) {
  /** @type {[number, number][]} */
  const spans = [];
  for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + word.length))
    spans.push([at, at + word.length]);
  return spans;
}

/* Braces and wildcards in a text: {a|b}, {2$$a|b|c}, {0.5::a|3::b}, __name__. The page's twin of
   nodes/core/grammar/braces.py. What a list of wildcards has in it, only the server can tell. */

import { BLANK, LETTERS_IN, LINE_END, SPACES_IN, commas, strip } from './cursor.js';

/** @typedef {import('./cursor.js').Cursor} Cursor */
/** @typedef {import('./patterns.js').Choice} Choice */
/** @typedef {import('./patterns.js').Pattern} Pattern */
/** @typedef {[number, number]} Span */
/** @typedef {{start: number, head: RegExpExecArray | null, options: Pattern[],
 *   isWeighed: boolean}} Group what stands between one pair of braces, as it is read */

const MAX_DEPTH = 50;
const MAX_PICKED = 100;
const MAX_PICKS = 1_000_000; // how many are picked, times how many there are
const LONGEST_TAG = 300;

const S = SPACES_IN;
const W = LETTERS_IN;
const NAME =
  `(?![${S}_])(?:(?:[^\\n{}|<>$_]|_(?!_)){1,200}?(?<![${S}])` +
  `|(?:[^${S}{}|<>$_]|_(?!_)|(?<=[${W}])__+(?=[${W}])){1,200}?)`;
// A weight may touch it: {3::__name__|b}, (__name__:1.2).
const WILDCARD =
  `(?<![${W}\\\\])(?:(?<!:)|(?<=::))(?<kept>\\\\*)__(?<name>${NAME})__` +
  `(?![${W}]|:(?![\\-+.0-9]))`;
const SIGN = new RegExp(`(?<slashes>\\\\*)(?<sign>[{}|])|${WILDCARD}`, 'gu');
const MARK = /[{}]|__/g;
const TAG = new RegExp(`<[^${S}<>][^<>${LINE_END}]{0,300}>`, 'yu');
const UNDERSCORES = new RegExp(`(?<![${W}\\\\])__$`, 'u');
const SAMPLER = new RegExp(`[~@!](?=[^${S}|}])`, 'y');
const REPEATED = new RegExp(`(?<![${W}])[0-9]+(?:-[0-9]+)?#$`, 'u');
const HEAD = new RegExp(
  `[${S}]*(?<least>[0-9]{0,4})(?<to>-?)(?<most>[0-9]{0,4})\\$\\$` +
    `(?:(?<joint>[^{}|$]*|[${S}]*\\|[${S}]*)\\$\\$)?`,
  'y',
);
const NO_HEAD = new RegExp(`[${S}0-9@~!.,-]*\\$\\$`, 'y');
const WEIGHT = new RegExp(
  `[${S}]*(\\\\*)([-+]?(?:[0-9]{1,20}(?:[.,][0-9]{0,20})?|\\.[0-9]{1,20}))[${S}]*::[${S}]*`,
  'y',
);
const SMALL = /^(?=.*[1-9])[0-9]{0,6}(?:\.[0-9]{0,6})?$/;

/** The pattern of these stretches of a text, one a line. Braces with neither bar nor head nor
 * weight stay as they are, so that JSON can be a prompt. A name in braces that is in `holes`
 * becomes its text. Throws GrammarError.
 * @param {Cursor} cursor @param {Span[]} lines @param {Record<string, string>} [holes]
 * @returns {Pattern} */
export function readPattern(cursor, lines, holes = {}) {
  const reader = new Reader(cursor, holes);
  for (const [at, line] of lines.entries()) {
    reader.add(at ? '\n' : '');
    reader.read(line);
  }
  return reader.finish();
}

class Reader {
  /** @param {Cursor} cursor @param {Record<string, string>} holes */
  constructor(cursor, holes) {
    this.cursor = cursor;
    this.holes = holes;
    /** @type {Group[]} */
    this.groups = [{ start: 0, head: null, options: [[]], isWeighed: false }];
    this.namedTo = -1; // where the last wildcard ends
    this.text = ''; // up to the end of the stretch that is read
  }

  get isInside() {
    return this.groups.length > 1;
  }

  /** @param {Span} span */
  read([start, end]) {
    this.text = this.cursor.source.slice(0, end);
    let after = start;
    if (this.isInside || at(MARK, this.text, start)) {
      for (let found = at(SIGN, this.text, after); found; found = at(SIGN, this.text, after)) {
        this.add(this.text.slice(after, found.index));
        after = found.groups?.name ? this.named(found) : this.signed(found);
      }
    }
    this.add(this.text.slice(after));
  }

  /** @param {string} text */
  add(text) {
    const read = text.includes(BLANK) ? text.replaceAll(BLANK, '') : text;
    if (read) this.put(read);
  }

  /** @param {string | Choice} piece */
  put(piece) {
    this.groups.at(-1)?.options.at(-1)?.push(piece);
  }

  finish() {
    const { start, options } = this.groups[this.groups.length - 1];
    if (this.isInside)
      throw this.cursor.fail('This { is never closed; write \\{ for a brace itself', start);
    return merged(options[0]);
  }

  /** What __name__ stands for; itself if a backslash keeps it or it stands in <..>.
   * @param {RegExpExecArray} found @returns {number} where it ends */
  named(found) {
    const { kept } = /** @type {Record<string, string>} */ (found.groups);
    const end = found.index + found[0].length;
    const start = found.index + kept.length;
    const written = this.text.slice(start, end);
    this.namedTo = end;
    if (isInTag(this.cursor.source, found)) this.add(found[0]);
    else if (kept.length % 2) this.add(kept.slice(0, kept.length >> 1) + written);
    else {
      this.add(kept.slice(0, kept.length >> 1));
      const repeated = REPEATED.exec(this.text.slice(Math.max(0, start - 12), start));
      if (repeated) {
        const number = repeated[0].slice(0, -1);
        const message = `Write {${number}$$${written}} for ${number} of its lines`;
        throw this.cursor.fail(message, start - repeated[0].length, end);
      }
      this.checkDepth(this.groups.length, start, end);
      this.put({ options: [], isList: true });
    }
    return end;
  }

  /** Goes on behind a brace or a bar, and what belongs to it. @param {RegExpExecArray} found
   * @returns {number} */
  signed(found) {
    const { slashes, sign } = /** @type {Record<string, string>} */ (found.groups);
    const after = found.index + found[0].length;
    const half = slashes.slice(0, slashes.length >> 1);
    if (sign === '|' && !this.isInside) this.add(found[0]);
    else if (slashes.length % 2) this.add(half + sign);
    else {
      this.add(half);
      if (sign === '{') return this.open(after - 1);
      if (sign === '|') return this.option(after);
      this.close(after);
    }
    return after;
  }

  /** @param {number} start @returns {number} */
  open(start) {
    const { cursor, text, groups } = this;
    const after = start + 1;
    const around = groups[groups.length - 1].head;
    const isJoint = around && around.index + around[0].length === start;
    if (text[start - 1] === '$' && !isJoint) {
      const message = 'Variables are not read: write the words themselves, or $\\{..\\} to keep it';
      throw cursor.fail(message, start - 1, after);
    }
    if (start !== this.namedTo && UNDERSCORES.test(text.slice(Math.max(0, start - 3), start))) {
      const message =
        'The name of a list has no braces: {__a__|__b__} is a line of one or the other';
      throw cursor.fail(message, start - 2, after);
    }
    this.checkDepth(groups.length, start, after);
    const head = at(HEAD, text, after);
    const isHead = head && (head.groups?.least || head.groups?.most);
    const wrong = isHead ? null : at(NO_HEAD, text, after);
    if (wrong) {
      const message = 'Expected how many before $$, such as {2$$a|b|c} or {1-2$$a|b|c}';
      throw cursor.fail(message, after, after + wrong[0].length);
    }
    groups.push({ start, head: isHead ? head : null, options: [], isWeighed: false });
    return this.option(isHead ? after + head[0].length : after);
  }

  /** An option, without the weight that is written before it. @param {number} start
   * @returns {number} where it stands */
  option(start) {
    const group = this.groups[this.groups.length - 1];
    group.options.push([]);
    const found = at(WEIGHT, this.text, start);
    if (!found) return start;
    const [all, slashes, written] = found;
    if (slashes) return start + all.indexOf('\\') + 1;
    if (!SMALL.test(written)) {
      const place = start + all.indexOf(written);
      const message = 'A weight is above 0, with up to 6 digits before and after the point';
      throw this.cursor.fail(message, place, place + written.length);
    }
    group.isWeighed ||= group.options.length === 1;
    return start + all.length;
  }

  /** What stands in the braces that end here: a choice, a hole, or text with braces.
   * @param {number} end */
  close(end) {
    if (!this.isInside)
      throw this.cursor.fail('This } closes nothing; write \\} for a brace itself', end - 1, end);
    const group = /** @type {Group} */ (this.groups.pop());
    const { start, head, options, isWeighed } = group;
    const [pieces] = options;
    const sampler = options.length > 1 ? at(SAMPLER, this.cursor.source, start + 1) : null;
    if (sampler) {
      const message = `${sampler[0]} is not read here: leave it out, or write a space before it`;
      throw this.cursor.fail(message, start + 1, start + 2);
    }
    const name = pieces.length === 1 && typeof pieces[0] === 'string' ? strip(pieces[0]) : '';
    if (head) this.put(this.picked(group, head, end));
    else if (options.length > 1 || isWeighed) this.put({ options: options.map(merged) });
    else if (Object.hasOwn(this.holes, name)) this.put(this.holes[name]);
    else for (const piece of ['{', ...pieces, '}']) this.put(piece);
  }

  /** Some of the options, or of those of the only one. @param {Group} group
   * @param {RegExpExecArray} head @param {number} end @returns {Choice} */
  picked(group, head, end) {
    const {
      least: low,
      to,
      most: high,
      joint,
    } = /** @type {Record<string, string>} */ (head.groups);
    /** @type {Choice} */
    const own = { options: group.options.map(merged) };
    const { options, isList } = (own.options.length === 1 && lone(own.options[0])) || own;
    const least = Number(low || 1);
    const most = to ? Number(high || options.length) : least;
    let message = '';
    if (least > options.length && !isList) message = `Only ${options.length} to pick from`;
    else if (!isList && !(most > 0 && most <= MAX_PICKED))
      message = `At least 1 and at most ${MAX_PICKED} are picked at once, not ${most}`;
    else if (least > most && !isList) message = 'The smaller number stands first';
    else if (options.length > room(most))
      message = `To pick ${most} at once, at most ${commas(room(most))} to pick from`;
    if (message) throw this.cursor.fail(message, group.start, end);
    const between = joint === undefined ? ', ' : joint.replaceAll(BLANK, '');
    return {
      options,
      isList,
      picked: { least, most: Math.min(most, options.length), joint: between },
    };
  }

  /** @param {number} depth @param {number} start @param {number} end */
  checkDepth(depth, start, end) {
    if (depth > MAX_DEPTH)
      throw this.cursor.fail(`Braces in braces, more than ${MAX_DEPTH} deep`, start, end);
  }
}

/** So many are there at most if so many are picked. @param {number} most */
const room = (most) => Math.floor(MAX_PICKS / most);

/** The only choice in a pattern of nothing else. @param {Pattern} pattern
 * @returns {Choice | null} */
function lone(pattern) {
  const pieces = pattern.filter((piece) => typeof piece !== 'string' || strip(piece));
  const [piece] = pieces;
  return pieces.length === 1 && typeof piece !== 'string' && !piece.picked ? piece : null;
}

/** The first match from a place on, of a sticky pattern at it. @param {RegExp} pattern
 * @param {string} text @param {number} place */
function at(pattern, text, place) {
  pattern.lastIndex = place;
  return pattern.exec(text);
}

/** Whether what is found stands in <..>. @param {string} source
 * @param {{index: number}} found */
function isInTag(source, { index }) {
  const tag = source.slice(Math.max(0, index - LONGEST_TAG), index).lastIndexOf('<');
  const start = Math.max(0, index - LONGEST_TAG) + tag;
  const closed = tag < 0 ? null : at(TAG, source, start);
  return closed !== null && start + closed[0].length > index;
}

/** The text with every brace and every wildcard in it kept. @param {string} text */
export const bracesKept = (text) =>
  text.replace(SIGN, (all, ...rest) => {
    const { slashes, sign, kept, name } = rest.at(-1);
    if (sign === '|' || (name && isInTag(text, { index: rest.at(-3) }))) return all;
    return `${slashes ?? kept ?? ''}\\${all}`;
  });

/** Texts that follow each other as one. @param {Pattern} pieces @returns {Pattern} */
function merged(pieces) {
  /** @type {Pattern} */
  const found = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    if (typeof piece === 'string' && typeof last === 'string')
      found[found.length - 1] = last + piece;
    else found.push(piece);
  }
  return found;
}

/* What a key means, wherever the sheet or one of its windows has the focus. */

/**
 * @typedef {{name: string, to?: string, stars?: number, by?: number, advance?: boolean}} Command
 */
/**
 * @typedef {{key: string, code: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean,
 *   altKey: boolean}} Pressed
 */

/** @type {Record<string, string>} */
const MOVES = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'row start',
  End: 'row end',
  PageUp: 'page up',
  PageDown: 'page down',
};
/** @type {Record<string, string>} */
const LETTERS = { z: 'loupe', c: 'compare', n: 'survey', a: 'set A', s: 'swap' };
/** @type {Record<string, string>} */
const MARKS = { p: 'pick', x: 'reject', u: 'unflag' };
/** @type {Record<string, string>} */
const OTHERS = {
  Enter: 'continue',
  Escape: 'back',
  Delete: 'take out',
  Backspace: 'take out',
  '?': 'keys',
  '+': 'closer',
  '=': 'closer',
  '-': 'away',
};

/** @param {Pressed} event @returns {Command | null} null: not ours */
export function command(event) {
  const ctrl = event.ctrlKey || event.metaKey;
  if (event.altKey) return ctrl ? null : reorder(event);
  if (event.key === ' ') return space(event, ctrl);
  if (ctrl) return withControl(event);
  if (MOVES[event.key]) return { name: 'move', to: MOVES[event.key] };
  // Layouts differ in what Shift with a digit writes, so the place of the key counts.
  const digit = /^(?:Digit|Numpad)([0-5])$/.exec(event.code);
  if (digit) return { name: 'stars', stars: Number(digit[1]), advance: event.shiftKey };
  const letter = event.key.length === 1 ? event.key.toLowerCase() : '';
  if (MARKS[letter]) return { name: MARKS[letter], advance: event.shiftKey };
  if (OTHERS[event.key]) return { name: OTHERS[event.key] };
  return LETTERS[letter] && !event.shiftKey ? { name: LETTERS[letter] } : null;
}

/** @param {Pressed} event @returns {Command | null} */
function reorder(event) {
  if (event.key === 'ArrowLeft') return { name: 'reorder', by: -1 };
  return event.key === 'ArrowRight' ? { name: 'reorder', by: 1 } : null;
}

/** @param {Pressed} event @param {boolean} ctrl @returns {Command} */
function space(event, ctrl) {
  if (ctrl) return { name: 'only column' };
  return { name: event.shiftKey ? 'only row' : 'flip' };
}

/** @param {Pressed} event @returns {Command | null} */
function withControl(event) {
  const letter = event.key.toLowerCase();
  if (letter === 'z') return { name: event.shiftKey ? 'redo' : 'undo' };
  if (letter === 'y') return { name: 'redo' };
  if (letter === 'a') return { name: 'pick all' };
  if (event.key === 'Home') return { name: 'move', to: 'first' };
  return event.key === 'End' ? { name: 'move', to: 'last' } : null;
}

/** The host must not act on the key, too. It listens before anyone else and acts in the next frame,
 * so that for undo, which would take back a change of the graph, the key has to be gone by then.
 * @param {KeyboardEvent} event @param {Command} found */
export function keep(event, found) {
  event.preventDefault();
  event.stopPropagation();
  if (['undo', 'redo'].includes(found.name))
    Object.defineProperty(event, 'key', { value: 'Unidentified' });
}

/** The table of the keys dialog: groups of [key caps, text key]. A cap with a capital letter or a
 * sign is a key; `+`-less words such as shiftClick are texts. */
export const TABLE = /** @type {[string, [string, string][]][]} */ ([
  [
    'keysMove',
    [
      ['← → ↑ ↓', 'keyNext'],
      ['Home End', 'keyRow'],
      ['PgUp PgDn', 'keyScreen'],
      ['Esc', 'keyBack'],
    ],
  ],
  [
    'keysMark',
    [
      ['P', 'keyPick'],
      ['X', 'keyReject'],
      ['U', 'keyUnflag'],
      ['1 – 5', 'keyStars'],
      ['0', 'keyNoStars'],
      ['Shift P', 'keyShift'],
      ['Ctrl Z', 'keyUndo'],
    ],
  ],
  [
    'keysLook',
    [
      ['Z', 'keyLoupe'],
      ['+ −', 'keyZoom'],
      ['Space', 'keyFlip'],
      ['Shift Space', 'keyOnlyRow'],
      ['Ctrl Space', 'keyOnlyColumn'],
      ['?', 'keyKeys'],
    ],
  ],
  [
    'keysCompare',
    [
      ['A', 'keyA'],
      ['C', 'keyCompare'],
      ['S', 'keySwap'],
      ['N', 'keySurvey'],
      ['@shiftDrag', 'keyAlone'],
    ],
  ],
  [
    'keysPicks',
    [
      ['@shiftClick', 'keyRange'],
      ['@drag', 'keyDrag'],
      ['Ctrl A', 'keyAll'],
      ['Alt ← →', 'keyOrder'],
    ],
  ],
  ['keysRun', [['Enter', 'keyContinue']]],
]);

/* Every command with a key, as the keys dialog shows them: key, text, and what it does. */

import {
  pickMany,
  rate,
  redo,
  reorder,
  setA,
  togglePick,
  toggleReject,
  undo,
  unflag,
} from './marking.js';
import { move, step } from './moving.js';
import { say } from '../common/texts.js';

/** @typedef {import('./sheet_model.js').SheetModel} SheetModel */
/** @typedef {{name: string, to?: string, stars?: number, by?: number, advance?: boolean}} Command
 *   what a key or a button asks for */
/** @typedef {Omit<Command, 'name'>} Details */
/** @typedef {object} Place where a command is given: the sheet, or a window over it
 * @property {SheetModel} model
 * @property {number} index the frame that it is about
 * @property {import('./moving.js').Shape} shape
 * @property {() => unknown} back to where one came from
 * @property {(kind: 'row' | 'column') => unknown} only shows the frame's row or column
 * @property {(factor: number) => unknown} zoom
 * @property {(name: string) => unknown} ask what opens windows, and the host */
/** @template [P=Place]
 * @typedef {object} Entry
 * @property {string} name
 * @property {(place: P, command: Command) => unknown} run false: there is nothing to do here */
/** @typedef {object} Shown how the keys dialog shows an entry; without `help` it does not
 * @property {Record<string, Details>} [keys] `Ctrl+Z` -> details
 * @property {boolean} [marks] with Shift held the focus goes on
 * @property {boolean} [contested] the host has a command of its own with these keys
 * @property {string} [help] name of a text
 * @property {string} [caps] instead of all the keys
 * @property {string} [gesture] name of a text: what is done with the pointer instead of a key */

/** @param {Place} place @param {Command} command */
const askOthers = (place, { name }) => place.ask(name);

/** @param {(model: SheetModel, index: number, stars: number) => boolean} act */
const marking =
  (act) =>
  (
    /** @type {Place} */ { model, index },
    /** @type {Command} */ { stars = 0, advance = false },
  ) => {
    if (act(model, index, stars) && advance !== model.advance) step(model, 1, index);
  };

/** @param {Place} place @param {Command} command */
const go = ({ model, shape }, { to = '' }) => move(model, to, shape);

/** @type {Record<string, ((Entry & Shown) | Shown)[]>} title of the group -> its commands */
export const GROUPS = {
  keysMove: [
    {
      name: 'move',
      keys: { '←': { to: 'left' }, '→': { to: 'right' }, '↑': { to: 'up' }, '↓': { to: 'down' } },
      help: 'keyNext',
      run: go,
    },
    {
      name: 'move',
      keys: { Home: { to: 'row start' }, End: { to: 'row end' } },
      help: 'keyRow',
      run: go,
    },
    {
      name: 'move',
      keys: { PgUp: { to: 'page up' }, PgDn: { to: 'page down' } },
      help: 'keyScreen',
      run: go,
    },
    { name: 'move', keys: { 'Ctrl+Home': { to: 'first' }, 'Ctrl+End': { to: 'last' } }, run: go },
    { name: 'back', keys: { Esc: {} }, help: 'keyBack', run: ({ back }) => back() },
  ],
  keysMark: [
    { name: 'pick', keys: { P: {} }, marks: true, help: 'keyPick', run: marking(togglePick) },
    { name: 'reject', keys: { X: {} }, marks: true, help: 'keyReject', run: marking(toggleReject) },
    { name: 'unflag', keys: { U: {} }, marks: true, help: 'keyUnflag', run: marking(unflag) },
    {
      name: 'stars',
      keys: { 1: { stars: 1 }, 2: { stars: 2 }, 3: { stars: 3 }, 4: { stars: 4 }, 5: { stars: 5 } },
      marks: true,
      help: 'keyStars',
      caps: '1 – 5',
      run: marking(rate),
    },
    {
      name: 'stars',
      keys: { 0: { stars: 0 } },
      marks: true,
      help: 'keyNoStars',
      run: marking(rate),
    },
    { caps: 'Shift P', help: 'keyShift' },
    {
      name: 'undo',
      keys: { 'Ctrl+Z': {} },
      contested: true,
      help: 'keyUndo',
      run: ({ model }) => undo(model),
    },
    {
      name: 'redo',
      keys: { 'Ctrl+Shift+Z': {}, 'Ctrl+Y': {} },
      contested: true,
      run: ({ model }) => redo(model),
    },
  ],
  keysLook: [
    { name: 'loupe', keys: { Z: {} }, help: 'keyLoupe', run: askOthers },
    {
      name: 'closer',
      keys: { '+': {}, '=': {} },
      help: 'keyZoom',
      caps: '+ −',
      run: ({ zoom }) => zoom(1.25),
    },
    { name: 'away', keys: { '-': {} }, run: ({ zoom }) => zoom(0.8) },
    {
      name: 'flip',
      keys: { Space: {} },
      help: 'keyFlip',
      run: ({ model }) => model.tell(say('noA')),
    },
    {
      name: 'only row',
      keys: { 'Shift+Space': {} },
      help: 'keyOnlyRow',
      run: ({ only }) => only('row'),
    },
    {
      name: 'only column',
      keys: { 'Ctrl+Space': {} },
      help: 'keyOnlyColumn',
      run: ({ only }) => only('column'),
    },
    { name: 'counts', keys: { T: {} }, help: 'keyCounts', run: askOthers },
    { name: 'turn', keys: { R: {} }, help: 'keyTurn', run: askOthers },
    { name: 'keys', keys: { '?': {} }, help: 'keyKeys', run: askOthers },
  ],
  keysCompare: [
    { name: 'set A', keys: { A: {} }, help: 'keyA', run: ({ model, index }) => setA(model, index) },
    { name: 'compare', keys: { C: {} }, help: 'keyCompare', run: askOthers },
    { name: 'swap', keys: { S: {} }, help: 'keySwap', run: askOthers },
    { name: 'survey', keys: { N: {} }, help: 'keySurvey', run: askOthers },
    { name: 'take out', keys: { Del: {}, Backspace: {} }, run: askOthers },
    { gesture: 'shiftDrag', help: 'keyAlone' },
  ],
  keysPicks: [
    { gesture: 'shiftClick', help: 'keyRange' },
    { gesture: 'drag', help: 'keyDrag' },
    {
      name: 'pick all',
      keys: { 'Ctrl+A': {} },
      help: 'keyAll',
      run: ({ model }) => pickMany(model, model.shown),
    },
    {
      name: 'reorder',
      keys: { 'Alt+←': { by: -1 }, 'Alt+→': { by: 1 } },
      help: 'keyOrder',
      caps: 'Alt ← →',
      run: ({ model, index }, { by = 0 }) => reorder(model, index, by),
    },
  ],
  keysRun: [
    { name: 'continue', keys: { Enter: {} }, help: 'keyContinue', run: askOthers },
    { name: 'make', keys: { M: {} }, help: 'keyMake', run: askOthers },
    { name: 'make missing', run: askOthers },
    { name: 'new seeds', run: askOthers },
    { name: 'more like this', run: askOthers },
  ],
};

/** @type {(Entry & Shown)[]} */
export const COMMANDS = Object.values(GROUPS)
  .flat()
  .filter((row) => 'run' in row);

/**
 * @template P
 * @param {Command} command
 * @param {P} place
 * @param {Entry<P>[]} table the first of that name counts
 * @returns {boolean} whether anything came of it
 */
export function carryOut(command, place, table) {
  const entry = table.find(({ name }) => name === command.name);
  return entry !== undefined && entry.run(place, command) !== false;
}

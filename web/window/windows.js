/* The windows over the sheet: which command opens which. */

import { opponent } from '../model/commands.js';
import { compare } from './compare.js';
import { button, icon } from '../common/dom.js';
import { Full } from './full_window.js';
import { showKeys } from './keys_view.js';
import { loupe } from './loupe.js';
import { candidates, survey } from './survey.js';
import { DONE } from '../model/sweep.js';
import { say } from '../common/texts.js';

/**
 * @typedef {{model: import('../model/sheet_model.js').SheetModel, files:
 *   import('../sheet/cell.js').Files, face: HTMLElement, ask: (name: string, index: number) =>
 *   boolean, host: import('../host/graph.js').Host}} Context
 */

/**
 * @param {string} name
 * @param {number} index
 * @param {Context} context
 * @returns {boolean} whether it is the name of a window
 */
export function openWindow(name, index, context) {
  const { model, face } = context;
  if (name === 'keys') showKeys(face);
  else if (name === 'flip') model.tell(say('noA'));
  else if (['loupe', 'compare', 'survey'].includes(name)) {
    const refused = refusal(name, index, model);
    if (refused) model.tell(refused);
    else open(name === 'compare' ? 'slider' : name, index, context);
  } else return false;
  return true;
}

/** @param {string} name @param {number} index @param {Context['model']} model */
function refusal(name, index, model) {
  if (name === 'compare' && (model.frames[index]?.status !== DONE || opponent(model, index) < 0))
    return say('noA');
  return name === 'survey' && candidates(model).length < 2 ? say('nothingPicked') : '';
}

/** @param {string} name @param {number} index @param {Context} context */
function open(name, index, context) {
  context.model.focusOn(index);
  const full = new Full(context);
  const show = (/** @type {string} */ kind) => {
    const refused = refusal(
      kind === 'loupe' ? 'loupe' : kind === 'survey' ? 'survey' : 'compare',
      context.model.focus,
      context.model,
    );
    if (refused) return context.model.tell(refused);
    const mode =
      kind === 'loupe'
        ? withCompare(full, show)
        : kind === 'survey'
          ? survey(full, show)
          : compare(full, kind, show);
    full.end.replaceChildren(
      ...(kind === 'loupe'
        ? [
            button(
              '',
              { title: `${say('compare')} (C)`, onclick: () => show('slider') },
              icon('compare'),
              say('compare'),
            ),
          ]
        : []),
    );
    full.show(mode);
  };
  show(name);
}

/**
 * The loupe, from which C and N lead on.
 * @param {Full} full
 * @param {(kind: string) => void} show
 */
function withCompare(full, show) {
  const mode = loupe(full);
  const { key } = mode;
  mode.key = (command) => {
    if (command.name === 'compare' || command.name === 'survey')
      show(command.name === 'compare' ? 'slider' : 'survey');
    else return key(command);
    return true;
  };
  return mode;
}

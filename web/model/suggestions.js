/* What to write in the place of a fault in a line of axes. */

import { parseLines } from '../grammar/addresses.js';
import { GrammarError } from '../grammar/cursor.js';
import { choicesOf } from '../grammar/input_types.js';
import { nearest } from '../grammar/nearest.js';
import { shortestAddress } from './input_addresses.js';
import { NothingNamed } from './named_inputs.js';

/** @typedef {import('./named_inputs.js').NamedInputs} NamedInputs */

/** The address, or the choice, that is nearest to what is at fault; null if none is near.
 * @param {NamedInputs} inputs @param {string} line @param {GrammarError} error
 * @param {string} faulty @returns {string | null} */
export function suggestion(inputs, line, error, faulty) {
  if (error instanceof NothingNamed) return nearestAddress(inputs, faulty);
  return faulty ? nearestChoice(inputs, line, faulty) : null;
}

/** @param {NamedInputs} inputs @param {string} faulty */
function nearestAddress(inputs, faulty) {
  const all = inputs.nodes.flatMap(({ id, names }) => names.map((input) => ({ id, input })));
  const free = all.filter((each) => inputs.takes(each) && !inputs.axisBehind(each));
  if (!faulty.includes('.'))
    return nearest(faulty, new Set(free.map((each) => each.input)))[0] ?? null;
  const same = free.filter(({ input }) => faulty.endsWith(`.${input}`));
  const addresses = (same.length ? same : free).map((each) => shortestAddress(inputs, each));
  if (addresses.length === 1) return addresses[0];
  return nearest(faulty, addresses.filter(Boolean))[0] ?? null;
}

/** @param {NamedInputs} inputs @param {string} line @param {string} faulty */
function nearestChoice(inputs, line, faulty) {
  try {
    const [target] = inputs.targets(parseLines(line)[0]);
    const [choice] = nearest(faulty, choicesOf(inputs.type(target)));
    return choice && !/[,"\\]/.test(choice) ? choice : null;
  } catch (error) {
    if (error instanceof GrammarError) return null;
    throw error;
  }
}

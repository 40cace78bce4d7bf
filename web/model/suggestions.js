/* What to write in the place of a fault in a line of axes. */

import { nearest } from '../grammar/nearest.js';
import { shortestAddress } from './input_addresses.js';

/** @typedef {import('./named_inputs.js').NamedInputs} NamedInputs */

/** The address that is nearest to one that names nothing; null if none is near, or what is written
 * is a value. @param {NamedInputs} inputs @param {string} faulty @param {string} line */
export function suggestion(inputs, faulty, line) {
  const target = line.split('=')[0].trim();
  if (!line.includes('=') || !faulty || !target.endsWith(faulty.trim())) return null;
  const all = inputs.nodes.flatMap(({ id, names }) => names.map((input) => ({ id, input })));
  const free = all.filter((each) => inputs.takes(each) && !inputs.axisBehind(each));
  if (!faulty.includes('.'))
    return nearest(faulty, new Set(free.map((each) => each.input)))[0] ?? null;
  const addresses = free.map((each) => shortestAddress(inputs, each)).filter(Boolean);
  return nearest(faulty, addresses)[0] ?? null;
}

/* Picks looked up in a sweep: the other half of nodes/core/grammar/picks.py. */

import { fault, formatIds, parse } from './picks.js';

/** @typedef {import('./picks.js').Pickable} Pickable */
/** @typedef {import('./picks.js').PickItem} PickItem */

/** The ids that a text names, in its order; throws GrammarError.
 * @param {string} text @param {Pickable[]} frames */
export function resolve(text, frames) {
  const items = parse(text);
  /** @type {Set<string>} */
  const picked = new Set();
  const byNumber = new Map(frames.map((frame) => [frame.number, frame.id]));
  for (const item of items) {
    for (const id of idsOf(item, frames, byNumber)) {
      if (item.removes) picked.delete(id);
      else picked.add(id);
    }
  }
  return [...picked];
}

/**
 * @param {PickItem} item
 * @param {Pickable[]} frames
 * @param {Map<number | null, string>} byNumber
 */
function idsOf(item, frames, byNumber) {
  if (item.kind === 'frames') return numbered(item, frames, byNumber);
  if (item.kind === 'id') return [identified(item, frames)];
  if (item.kind === 'axis') return onAxis(item, frames);
  return item.kind === 'all' ? frames.map((frame) => frame.id) : [];
}

/**
 * @param {PickItem} item
 * @param {Pickable[]} frames
 * @param {Map<number | null, string>} byNumber
 */
function numbered(item, frames, byNumber) {
  const first = item.first ?? 0;
  const last = item.last ?? 0;
  for (const number of [first, last]) {
    const has = frames.length ? `frames 1 to ${frames.length}` : 'no frames';
    if (!byNumber.has(number))
      throw fault(item, `There is no frame ${number}: this sweep has ${has}`);
  }
  const step = last >= first ? 1 : -1;
  return Array.from(
    { length: Math.abs(last - first) + 1 },
    (_, at) => byNumber.get(first + at * step) ?? '',
  );
}

/** @param {PickItem} item @param {Pickable[]} frames */
function identified(item, frames) {
  const id = item.id ?? '';
  if (id.length === 16) return id;
  const found = [
    ...new Set(frames.map((frame) => frame.id).filter((each) => each.startsWith(id))),
  ].sort();
  if (found.length > 1)
    throw fault(item, `${found.length} frames begin with #${id}: ${formatIds(found.slice(0, 3))}`);
  if (!found.length)
    throw fault(
      item,
      `No frame of this sweep begins with #${id}; an earlier one needs all 16 digits`,
    );
  return found[0];
}

/** @param {PickItem} item @param {Pickable[]} frames */
function onAxis(item, frames) {
  const found = frames.filter((frame) => same(answer(item, frame), item.value ?? ''));
  if (!found.length) throw fault(item, nothingThere(item, frames));
  return found.map((frame) => frame.id);
}

/** @param {PickItem} item @param {Pickable[]} frames */
function nothingThere(item, frames) {
  const values = frames
    .map((frame) => frame.labels?.[item.name ?? ''] ?? answer(item, frame))
    .filter((value) => value !== null && value !== undefined);
  const found = [...new Set(values.map(String))];
  if (!found.length) {
    const axes = [...new Set(frames.flatMap((frame) => Object.keys(frame.values)))];
    return `This sweep has no '${item.name}'${axes.length ? `; it has ${axes.join(', ')}` : ''}`;
  }
  const shown = found.slice(0, 4).join(', ') + (found.length > 4 ? ', …' : '');
  return `No frame has ${item.name}=${item.value?.slice(0, 40)}: there are ${shown}`;
}

/** @param {PickItem} item @param {Pickable} frame */
function answer(item, frame) {
  if (item.name === 'seed') return frame.seed === null ? null : BigInt(frame.seed);
  if (item.name === 'prompt' && !item.quoted && /^[0-9]+$/.test(item.value ?? ''))
    return frame.prompt;
  return frame.values[item.name ?? ''];
}

const DIGITS = /^[0-9]+$/;
const DECIMAL = /^[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

/** Whether a value is what is written: 7.0 is 7, and a text is itself. Numbers above 2^53 are texts
 * of digits here. @param {unknown} value @param {string} written */
function same(value, written) {
  if (typeof value === 'boolean') return String(value) === written.toLowerCase();
  const digits = DIGITS.test(written) ? written.replace(/^0+(?=.)/, '') : null;
  if (typeof value === 'string')
    return value === written || (/^[0-9]{16,}$/.test(value) && value === digits);
  if (typeof value !== 'number' && typeof value !== 'bigint') return false;
  if (digits !== null && (typeof value === 'bigint' || Number.isInteger(value)))
    return String(value) === digits;
  return DECIMAL.test(written) && Number(written) === Number(value);
}

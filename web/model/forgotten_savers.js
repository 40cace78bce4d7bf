/* Savers that would run a sweep a second time, unbatched: the page's twin of
   nodes/host/plan/forgotten_savers.py. */

import { SWEEPS, isAxisNode, nodesAbove, origin, titleOf } from './above.js';
import { isLink } from './api_graphs.js';

/** @typedef {import('./api_graphs.js').Api} Api */
/** @typedef {import('./node_defs.js').Defs} Defs */

/** The output nodes beside a sweep that a list of one of its axis nodes reaches.
 * @param {Api} api @param {string} sweepId @param {Set<string>} axes ids of its axis nodes
 * @param {{defs: Defs, isOutput: (class_type: string) => boolean}} host */
export function forgottenSavers(api, sweepId, axes, { defs, isOutput }) {
  const above = new Set(nodesAbove(api, sweepId, defs, SWEEPS));
  return Object.keys(api)
    .filter((id) => !above.has(id) && isOutput(api[id].class_type) && reaches(api, id, axes))
    .map((id) => ({ id, title: titleOf(api, id) }));
}

/** Whether a list of one of these reaches a node through others; one that hangs on the axis node
 * itself only shows its values. @param {Api} api @param {string} start @param {Set<string>} axes */
function reaches(api, start, axes) {
  const seen = new Set();
  const stack = [start];
  for (let here = stack.pop(); here !== undefined; here = stack.pop()) {
    for (const id of Object.values(api[here].inputs).filter(isLink).map(origin)) {
      if (!api[id] || SWEEPS.includes(api[id].class_type)) continue;
      if (isAxisNode(api, id)) {
        if (here !== start && axes.has(id)) return true;
      } else if (!seen.has(id)) {
        seen.add(id);
        stack.push(id);
      }
    }
  }
  return false;
}

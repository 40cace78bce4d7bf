/* Picks in order, rejects, stars and keepers, by frame id, with undo. Plain data: what is drawn
   from it and where it is saved is others' business. */

/** @typedef {{picks: readonly string[], rejects: ReadonlySet<string>,
 *   stars: ReadonlyMap<string, number>, keepers: ReadonlySet<string>}} State */
/** @typedef {{state: State, said: string}} Step `said`: what the change that follows it was */

const DEPTH = 200;

/** @returns {State} */
export const nothing = () => ({
  picks: [],
  rejects: new Set(),
  stars: new Map(),
  keepers: new Set(),
});

export class Marks {
  /** @param {State} [state] */
  constructor(state = nothing()) {
    this.state = state;
    /** @type {Step[]} */
    this.past = [];
    /** @type {Step[]} */
    this.future = [];
  }

  get picks() {
    return this.state.picks;
  }

  /** Place in the order, from 1; 0: not picked. @param {string} id */
  place(id) {
    return this.state.picks.indexOf(id) + 1;
  }

  /** @param {string} id */
  isRejected(id) {
    return this.state.rejects.has(id);
  }

  /** @param {string} id */
  stars(id) {
    return this.state.stars.get(id) ?? 0;
  }

  /** @param {string} id */
  isKeeper(id) {
    return this.state.keepers.has(id);
  }

  /** @param {string} id @param {string} said */
  togglePick(id, said) {
    if (this.place(id)) this.unflag([id], said);
    else this.pick([id], said);
  }

  /**
   * Picks what is not yet picked, at the end.
   * @param {readonly string[]} ids
   * @param {string} said
   */
  pick(ids, said) {
    const more = [...new Set(ids)].filter((id) => !this.place(id));
    const rejects = without(this.state.rejects, more);
    if (more.length) this.change({ picks: [...this.picks, ...more], rejects }, said);
  }

  /** @param {string} id @param {string} said */
  toggleReject(id, said) {
    const rejects = new Set(this.state.rejects);
    if (!rejects.delete(id)) rejects.add(id);
    this.change({ rejects, picks: this.picks.filter((each) => each !== id) }, said);
  }

  /** Neither picked nor rejected. @param {readonly string[]} ids @param {string} said */
  unflag(ids, said) {
    const gone = new Set(ids);
    const picks = this.picks.filter((id) => !gone.has(id));
    const rejects = without(this.state.rejects, ids);
    if (picks.length === this.picks.length && rejects.size === this.state.rejects.size) return;
    this.change({ picks, rejects, keepers: without(this.state.keepers, ids) }, said);
  }

  /** @param {string} id @param {number} count @param {string} said */
  rate(id, count, said) {
    if (this.stars(id) === count) return;
    const stars = new Map(this.state.stars);
    if (count) stars.set(id, count);
    else stars.delete(id);
    this.change({ stars }, said);
  }

  /** To a place in the order, from 1. @param {string} id @param {number} to @param {string} said */
  move(id, to, said) {
    const from = this.place(id);
    const place = Math.min(Math.max(1, to), this.picks.length);
    if (!from || from === place) return;
    const picks = this.picks.filter((each) => each !== id);
    picks.splice(place - 1, 0, id);
    this.change({ picks }, said);
  }

  /** Picks that stay through later sweeps. @param {readonly string[]} ids @param {string} said */
  keep(ids, said) {
    this.change({ keepers: new Set([...this.state.keepers, ...ids]) }, said);
  }

  /**
   * What someone wrote into the picks text.
   * @param {readonly string[]} picks
   * @param {string} said
   */
  write(picks, said) {
    if (picks.join() === this.picks.join()) return;
    this.change({ picks: [...picks], rejects: without(this.state.rejects, picks) }, said);
  }

  /** @param {Partial<State>} changes @param {string} said */
  change(changes, said) {
    this.past.push({ state: this.state, said });
    if (this.past.length > DEPTH) this.past.shift();
    this.future = [];
    this.state = { ...this.state, ...changes };
  }

  /** What was undone, or null. @returns {string | null} */
  undo() {
    return swap(this, this.past, this.future);
  }

  /** @returns {string | null} */
  redo() {
    return swap(this, this.future, this.past);
  }

  /** Takes the latest changes back as if they had never been: the two clicks of a double click.
   * @param {number} count */
  forget(count) {
    const steps = this.past.splice(-count);
    if (steps.length) this.state = steps[0].state;
  }
}

/** @param {Marks} marks @param {Step[]} from @param {Step[]} to */
function swap(marks, from, to) {
  const step = from.pop();
  if (!step) return null;
  to.push({ state: marks.state, said: step.said });
  marks.state = step.state;
  return step.said;
}

/** @param {ReadonlySet<string>} set @param {readonly string[]} ids */
function without(set, ids) {
  const left = new Set(set);
  for (const id of ids) left.delete(id);
  return left;
}

/** As JSON for the workflow; the picks are in the picks text. @param {State} state */
export const saved = (state) => ({
  rejects: [...state.rejects],
  stars: Object.fromEntries(state.stars),
  keepers: [...state.keepers].filter((id) => state.picks.includes(id)),
});

/**
 * @param {unknown} value of any shape: workflows come from anywhere
 * @param {readonly string[]} picks
 * @returns {State}
 */
export function restored(value, picks) {
  const from = /** @type {Record<string, any>} */ (value && typeof value === 'object' ? value : {});
  const ids = (/** @type {unknown} */ list) => (Array.isArray(list) ? list.filter(isId) : []);
  const stars = Object.entries(from.stars && typeof from.stars === 'object' ? from.stars : {});
  return {
    picks: [...picks],
    rejects: without(new Set(ids(from.rejects)), picks),
    stars: new Map(stars.filter(([id, n]) => isId(id) && [1, 2, 3, 4, 5].includes(n))),
    keepers: new Set(ids(from.keepers)),
  };
}

/** @param {unknown} id @returns {id is string} */
const isId = (id) => typeof id === 'string' && /^[0-9a-f]{16}$/.test(id);

/* How a run goes: what is in flight, and how much of the whole is done. */

/** @typedef {{step: number, steps: number, numbers: Set<number>, previews: Map<number, string>,
 *   started: number, share: number, stored: Set<number>}} Run
 *   `stored`: the frames that were there when it began */
/** @typedef {{numbers: number[], step: number, steps: number, share: number,
 *   previews?: {number: number, image: string}[]}} Step what the server tells after a step:
 *   `share` is of all steps of all stages */

/** @param {Iterable<number>} [stored] @returns {Run} */
export const begun = (stored = []) => ({
  step: 0,
  steps: 0,
  numbers: new Set(),
  previews: new Map(),
  started: Date.now(),
  share: 0,
  stored: new Set(stored),
});

/**
 * @param {Run} run
 * @param {Step} news
 * @param {(number: number) => boolean} isDone frames whose news came before their last step's
 * @returns {Run}
 */
export function stepped(run, news, isDone) {
  const numbers = new Set(news.numbers.filter((number) => !isDone(number)));
  // Those that wait for their next stage keep what the last one showed.
  const previews = new Map([...run.previews].filter(([number]) => !isDone(number)));
  for (const { number, image } of news.previews ?? [])
    if (image.startsWith('data:image/')) previews.set(number, image);
  const { step, steps, share } = news;
  return { ...run, step, steps, numbers, previews, share };
}

/* Lists of seeds as people write them, `7, 40-43, 99`: in a Seed Sweep, and in the lines of a
   Sweep's axes (nodes/core/grammar). */

// A target that ends in .seed or .noise_seed, or is one of them. Before the dot: a title in quotes,
// or anything without an equals sign. # with a space or another # behind it is a comment.
const SEED_LINE =
  /^(?!\s*#[\s#])(\s*(?:(?:"(?:[^"\\]|\\.)*"|[^"=\s])[^=]*\.\s*)?(?:noise_)?seed\s*=\s*)(.*)$/;
const HOLE_LINE = /^\s*\{/;

/** How many seeds a list has, at least one. @param {unknown} list */
export function seedsIn(list) {
  let count = 0;
  for (const [, first, last] of String(list).matchAll(/(\d+)(?:\s*-\s*(\d+))?/g))
    count += 1 + Math.abs(Number(BigInt(last ?? first) - BigInt(first)));
  return Math.max(1, count);
}

/**
 * The lines of axes with other seeds in those that give seeds.
 * @param {string} axes
 * @param {(seeds: string) => string} change
 */
export const linesWithSeeds = (axes, change) =>
  axes
    .split('\n')
    .map((line) => line.replace(SEED_LINE, (_, target, seeds) => target + change(String(seeds))))
    .join('\n');

/** The lines of axes but those that fill holes in prompts. @param {string} axes */
export const withoutHoles = (axes) =>
  axes
    .split('\n')
    .filter((line) => !HOLE_LINE.test(line))
    .join('\n');

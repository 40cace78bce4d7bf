/* How many prompts a Prompt Batch makes. The page's twin of `count` in
   nodes/core/grammar/prompts.py, for the number alone: what is at fault, the server says. Both are
   tested with tests/data/counts.json. */

const FIELD = /^(name|negative)\s*[:：]\s*/i;
const BREAK = /\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/;

/**
 * @param {string} prompts
 * @param {string} [negative]
 * @param {string} [template]
 * @returns {number | null} null: not to be told
 */
export function countPrompts(prompts, negative = '', template = '{prompt}') {
  const lines = prompts
    .split(BREAK)
    .map((line) => line.trim())
    .filter((line) => !line.startsWith('#'));
  if (lines.some((line) => /^-{4,}$/.test(line))) return null;
  const around = [forms(negative), forms(template.trim() ? template : '{prompt}')];
  const own = lines.includes('---') ? blocks(lines) : lines.filter(Boolean).map(forms);
  if (!own.length || [...around, ...own].includes(null)) return null;
  const sum = own.reduce((/** @type {number} */ total, count) => total + Number(count), 0);
  return sum * around.reduce((/** @type {number} */ product, count) => product * Number(count), 1);
}

/** @param {string[]} lines */
function blocks(lines) {
  /** @type {string[][]} */
  const runs = [[]];
  for (const line of lines) {
    if (line === '---') runs.push([]);
    else runs[runs.length - 1].push(line);
  }
  return runs.filter((run) => run.some(Boolean)).map(block);
}

/** @param {string[]} lines */
function block(lines) {
  const fields = lines.filter((line) => FIELD.test(line));
  const negative = fields.find((line) => /^negative/i.test(line))?.replace(FIELD, '') ?? '';
  const counts = [forms(lines.filter((line) => !FIELD.test(line)).join('\n')), forms(negative)];
  return counts.includes(null) ? null : Number(counts[0]) * Number(counts[1]);
}

/** Forms of a text with braces; null if they are not in pairs. @param {string} text */
function forms(text) {
  /** @type {number[][]} for each open brace, the forms of each of its options */
  const open = [[1]];
  for (const [, slashes, sign] of text.matchAll(/(\\*)([{}|])/g)) {
    const inside = open[open.length - 1];
    if (slashes.length % 2 || (sign === '|' && open.length === 1)) continue;
    if (sign === '{') open.push([1]);
    else if (sign === '|') inside.push(1);
    else if (open.length === 1) return null;
    else {
      open.pop();
      const parent = open[open.length - 1];
      parent[parent.length - 1] *= inside.reduce((sum, count) => sum + count, 0);
    }
  }
  return open.length === 1 ? open[0][0] : null;
}

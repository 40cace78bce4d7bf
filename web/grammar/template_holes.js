/* The holes of a template: names in braces without a bar (nodes/core/grammar/braces.py). */

/** Whether a name stands in braces in a template. @param {string} template @param {string} name */
export function hasHole(template, name) {
  /** @type {{text: string, isPlain: boolean}[]} what stands in each open brace */
  const open = [];
  let position = 0;
  for (const found of template.matchAll(/(\\*)([{}|])/g)) {
    const [all, slashes, sign] = found;
    const inside = open.at(-1);
    if (inside)
      inside.text += template.slice(position, found.index) + slashes.slice(0, slashes.length >> 1);
    position = found.index + all.length;
    if (slashes.length % 2 || (sign === '|' && !inside)) {
      if (inside) inside.text += sign;
    } else if (sign === '{') {
      if (inside) inside.isPlain = false;
      open.push({ text: '', isPlain: true });
    } else if (sign === '|') {
      if (inside) inside.isPlain = false;
    } else if (open.pop() && inside?.isPlain && inside.text.trim() === name) return true;
  }
  return false;
}

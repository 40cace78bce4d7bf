/* Taking things out of the sheet: to the clipboard, to a file, to a workflow of its own. */

import { parseExactly } from '../model/labels.js';
import { readText } from '../model/png_text.js';
import { nodeAt, widgetOf } from './graph.js';

/** @param {string} text */
export async function copy(text) {
  if (navigator.clipboard && globalThis.isSecureContext) {
    try {
      return await navigator.clipboard.writeText(text);
    } catch {
      /* not allowed: the older way */
    }
  }
  const box = document.createElement('textarea');
  box.value = text;
  // Outside a modal dialog nothing can be selected.
  (document.querySelector('dialog[open]') ?? document.body).append(box);
  box.select();
  document.execCommand('copy');
  box.remove();
}

/** @param {string} url @param {string} name */
export function download(url, name) {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}

/**
 * The frame's recipe as a new workflow, read from its picture. The host's widgets round what they
 * are given; digits that no number holds are put into them afterwards, as text.
 * @param {import('../window/full_window.js').Context} context
 * @param {import('../model/sweep.js').Frame} frame
 */
export async function openRecipe({ files, host }, frame) {
  const answer = await fetch(files.url(frame.image));
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const recipe = parseExactly(readText(await answer.arrayBuffer(), 'prompt'));
  await host.app.loadApiJson(recipe, `${frame.id.slice(0, 8)}`);
  for (const [id, node] of Object.entries(recipe)) {
    for (const [name, value] of Object.entries(node.inputs)) {
      const widget = /^\d{16,}$/.test(String(value)) && widgetOf(host, nodeAt(host, id), name);
      if (widget) widget.value = value;
    }
  }
}

/* Taking things out of the sheet: to the clipboard, to a file, to a workflow of its own. */

import { readText } from '../model/png_text.js';
import { stored } from '../model/sweep.js';

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
 * The frame's recipe as a new workflow, read from its picture.
 * @param {import('../window/full_window.js').Context} context
 * @param {import('../model/sweep.js').Frame} frame
 */
export async function openRecipe({ files, host }, frame) {
  const answer = await fetch(files.url(stored(frame.id, 'png')));
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const recipe = JSON.parse(readText(await answer.arrayBuffer(), 'prompt'));
  await host.app.loadApiJson(recipe, `${frame.id.slice(0, 8)}`);
}

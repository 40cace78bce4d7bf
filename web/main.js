/* The entry: the only file here that imports the host's scripts. It ties node ids to views. */

import { api } from '../../scripts/api.js';
import { app } from '../../scripts/app.js';
import { CONTACT_SHEET, PROMPT_BATCH, SEED_SWEEP, SWEEP_SAMPLER } from './common/node_ids.js';
import { addCount } from './host/prompt_count_label.js';
import { SheetElement } from './sheet/sheet_element.js';
import { RUNS } from './host/runs.js';
import { Sheets } from './host/live_sheets.js';
import { Slot, addElement, chain } from './host/widget_slot.js';
import { speak } from './common/texts.js';
import { WINDOWS } from './window/full_window.js';
import { carryOut } from './model/commands.js';

const SEEDED = [SEED_SWEEP, SWEEP_SAMPLER];
const TAG = 'proofsheet-face';
const ADVANCE = 'Proofsheet.AutoAdvance';
const LEAST = { width: 420, height: 560 };

/** @type {Set<string>} */
const outputs = new Set();
const host = { app, api, isOutput: (/** @type {string} */ type) => outputs.has(type) };
const setting = (/** @type {string} */ id) => app.extensionManager?.setting?.get(id);
const sheets = new Sheets(host, () => Boolean(setting(ADVANCE)));

app.registerExtension({
  name: 'Proofsheet',
  settings: [
    {
      id: 'Proofsheet.MaxCells',
      name: 'Most cells in a sweep',
      category: ['Proofsheet', 'Sweeps', 'MaxCells'],
      type: 'number',
      defaultValue: 4096,
      attrs: { min: 1, step: 1 },
      tooltip: 'A sweep with more cells is refused before anything is sampled.',
    },
    {
      id: 'Proofsheet.StoreGiB',
      name: 'Size of the store in GiB',
      category: ['Proofsheet', 'Store', 'StoreGiB'],
      type: 'number',
      defaultValue: 20,
      attrs: { min: 0, step: 1 },
      tooltip:
        'Above it, frames that nobody picked and nobody used for the longest time are deleted. ' +
        '0: no limit.',
    },
    {
      id: ADVANCE,
      name: 'Go to the next frame after a mark',
      category: ['Proofsheet', 'Contact Sheet', 'AutoAdvance'],
      type: 'boolean',
      defaultValue: false,
      tooltip: 'On: a mark moves the focus on, and Shift holds it still. Off: the other way round.',
      onChange: (/** @type {boolean} */ on) => {
        for (const { model } of sheets.known.values()) model.advance = on;
      },
    },
  ],

  addCustomNodeDefs(/** @type {Record<string, {output_node?: boolean}>} */ defs) {
    for (const [type, def] of Object.entries(defs)) if (def.output_node) outputs.add(type);
  },

  init() {
    for (const [tag, type] of [
      [TAG, SheetElement],
      ['proofsheet-slot', Slot],
    ])
      customElements.define(
        String(tag),
        /** @type {CustomElementConstructor} */ (/** @type {unknown} */ (type)),
      );
  },

  async setup() {
    for (const name of ['common/tokens', 'sheet/sheet', 'window/window']) addStyle(`./${name}.css`);
    await translate();
    sheets.listen();
  },

  nodeCreated(/** @type {any} */ node) {
    if (type(node) === CONTACT_SHEET) addFace(node);
    if (SEEDED.includes(type(node))) fixSeed(node);
    if (type(node) === PROMPT_BATCH) addCount(host, node);
  },

  onNodeOutputsUpdated(/** @type {Record<string, any>} */ restored) {
    sheets.later(() => sheets.restored(restored));
  },
});

/** @param {any} node */
const type = (node) => node.comfyClass ?? node.constructor?.comfyClass ?? node.type;

/** @param {string} path */
function addStyle(path) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = new URL(path, import.meta.url).href;
  document.head.append(link);
}

/** The texts of the user's language, from locales/ by way of the host. */
async function translate() {
  const language = String(setting('Comfy.Locale') ?? 'en');
  try {
    const all = await (await api.fetchApi('/i18n')).json();
    speak((all[language] ?? all[language.split('-')[0]])?.proofsheet);
  } catch (error) {
    console.warn('Proofsheet: no translations', error);
  }
}

/** @param {any} node */
function addFace(node) {
  /** @type {SheetElement | undefined} */
  let face;
  const slot = addElement(
    host,
    node,
    'contact_sheet',
    { hideOnZoom: false, getMinHeight: () => 240 },
    () => {
      const model = sheets.attach(node);
      if (!model) return;
      face?.dispose();
      face = /** @type {SheetElement} */ (document.createElement(TAG)).setup(model, sheets.files);
      face.addEventListener('proofsheet-ask', (event) =>
        answer(node, /** @type {CustomEvent} */ (event), /** @type {SheetElement} */ (face)),
      );
      face.addEventListener('wheel', (event) => passWheel(event));
      return face;
    },
  );
  // The second name is what grows, to Nodes 2.0 of frontend 1.32.
  slot.className = 'ps-holder widget-expands';
  const [width, height] = node.size ?? [0, 0];
  node.setSize?.([Math.max(width, LEAST.width), Math.max(height, LEAST.height)]);
  chain(node, 'onRemoved', () => {
    sheets.detach(node);
    face?.dispose();
  });
}

/** What a sheet cannot do by itself. */
const ASKED = [
  { name: 'leave', run: () => app.canvas?.canvas?.focus() },
  ...Object.entries(RUNS).map(([name, run]) => ({
    name,
    run: (/** @type {{view: any, index: number}} */ { view, index }) => {
      run(host, view, index).catch((error) => view.model.tell(String(error.message ?? error)));
    },
  })),
  ...WINDOWS,
];

/** @param {any} node @param {CustomEvent} event @param {SheetElement} face */
function answer(node, event, face) {
  const view = sheets.views.get(node);
  if (!view) return;
  const { name, index } = event.detail;
  const ask = face.ask.bind(face);
  const place = { view, index, model: view.model, files: sheets.files, face, ask, host };
  if (carryOut({ name }, place, ASKED)) event.preventDefault();
}

/** What the sheet cannot scroll belongs to the canvas. @param {WheelEvent} event */
function passWheel(event) {
  const sheet = event.target instanceof Element ? event.target.closest('.ps-sheet') : null;
  const room =
    sheet &&
    (event.deltaY < 0
      ? sheet.scrollTop > 0
      : sheet.scrollTop + sheet.clientHeight < sheet.scrollHeight - 1);
  const wide =
    sheet &&
    sheet.scrollWidth > sheet.clientWidth &&
    (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY));
  if ((room || wide) && !event.ctrlKey) event.stopPropagation();
  else if (!setting('Comfy.VueNodes.Enabled')) {
    event.preventDefault();
    app.canvas?.processMouseWheel?.(event);
  }
}

/** Hosts before 0.14 cannot say that a new node keeps its seed; saved ones keep their value.
 * @param {any} node */
function fixSeed(node) {
  const control = node.widgets?.find(
    (/** @type {any} */ each) => each.name === 'control_after_generate',
  );
  if (control) control.value = 'fixed';
}

/* The entry: the only file here that imports the host's scripts. It ties node ids to views. */

import { api } from '../../scripts/api.js';
import { app } from '../../scripts/app.js';
import {
  CONTACT_SHEET,
  PROMPT_BATCH,
  SEED_SWEEP,
  SWEEP,
  SWEEP_ROWS,
  SWEEP_SAMPLER,
} from './common/node_ids.js';
import { addCount } from './host/prompt_count_label.js';
import { headOutputs } from './host/row_heads.js';
import { SWEEP_KEYS } from './model/sweep_keys.js';
import { SheetElement } from './sheet/sheet_element.js';
import { RUNS } from './host/runs.js';
import { Sheets } from './host/live_sheets.js';
import { SweepFace } from './face/sweep_face.js';
import { Slot, addElement, chain } from './host/widget_slot.js';
import { menus } from './host/menus.js';
import { ADVANCE, MAX_CELLS, MOST_CELLS, settings } from './host/settings.js';
import { addSweepFace } from './host/sweep_node.js';
import { followMarks, reopenMarks } from './host/marks_follow.js';
import { openChoices } from './choices/choices_dialog.js';
import { passWheel } from './host/wheel.js';
import { fixSeed, moveByCount } from './host/seed_control.js';
import { showKeys } from './window/keys_view.js';
import { sweepThisLines } from './host/sweep_this.js';
import { speak } from './common/texts.js';
import { widgetLines } from './host/widget_lines.js';
import { WINDOWS } from './window/full_window.js';
import { carryOut } from './model/commands.js';

const ROOMS = ['sheet/sheet', 'window/window', 'choices/choices', 'face/sweep'];
const STYLES = ['common/tokens', 'common/menus', ...ROOMS];
const SEEDED = [SEED_SWEEP, SWEEP_SAMPLER];
const TAG = 'proofsheet-face';
const SWEEP_TAG = 'proofsheet-sweep';
const LEAST = { width: 420, height: 560 };

/** @type {Record<string, any>} */
const defs = {};
const host = {
  app,
  api,
  isOutput: (/** @type {string} */ type) => Boolean(defs[type]?.output_node),
  defs: (/** @type {string} */ type) => defs[type],
};
const setting = (/** @type {string} */ id) => app.extensionManager?.setting?.get(id);
const sheets = new Sheets(host, () => Boolean(setting(ADVANCE)));
const desk = {
  host,
  sheets,
  limit: () => Number(setting(MAX_CELLS)) || MOST_CELLS,
  makeFace() {
    const face = /** @type {SweepFace} */ (document.createElement(SWEEP_TAG));
    face.addEventListener('wheel', (event) => passWheel(host, event));
    return face.setup();
  },
  showKeys: (/** @type {HTMLElement} */ face) => showKeys(face, SWEEP_KEYS, 'sweepKeysFoot'),
};

app.registerExtension({
  name: 'Proofsheet',
  settings: settings((advance) => {
    for (const { model } of sheets.known.values()) model.advance = advance;
  }),
  ...menus(host, { whole: sweepThisLines, widgets: widgetLines(openChoices) }),

  addCustomNodeDefs(/** @type {Record<string, any>} */ all) {
    Object.assign(defs, all);
  },

  refreshComboInNodes(/** @type {Record<string, any>} */ all) {
    Object.assign(defs, all);
  },

  init() {
    for (const [tag, type] of [
      [TAG, SheetElement],
      [SWEEP_TAG, SweepFace],
      ['proofsheet-slot', Slot],
    ])
      customElements.define(
        String(tag),
        /** @type {CustomElementConstructor} */ (/** @type {unknown} */ (type)),
      );
  },

  async setup() {
    for (const name of STYLES) addStyle(`./${name}.css`);
    await translate();
    sheets.listen();
    followMarks(host);
  },

  nodeCreated(/** @type {any} */ node) {
    if (type(node) === CONTACT_SHEET) addFace(node);
    if (type(node) === SWEEP) addSweepFace(desk, node);
    if (SEEDED.includes(type(node))) fixSeed(node);
    if (type(node) === SEED_SWEEP) moveByCount(node);
    if (type(node) === SWEEP_ROWS) headOutputs(host, node);
    if (type(node) === PROMPT_BATCH) addCount(host, node);
  },

  afterConfigureGraph() {
    reopenMarks(host);
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
    speak((all[language] ?? all[language.split('-')[0]])?.proofsheet, language);
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
      face.addEventListener('wheel', (event) => passWheel(host, event));
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

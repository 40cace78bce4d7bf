/* What the pack adds to the host's menu of a node, and the commands that do the same: for keys, for
   the buttons over a selected node, and for menus that show no lines of a pack. */

import { openMenu } from '../common/menu.js';
import { say } from '../common/texts.js';
import { tell } from './toast.js';

/** @typedef {import('./graph.js').Host} Host */
/** @typedef {import('../common/menu.js').Item} Line `text` says enough where `more` is not shown */
/** @typedef {(host: Host, node: any) => Line[]} Lines */

const THIS = 'Proofsheet.SweepThis';
const WIDGET = 'Proofsheet.SweepWidget';
const SIGN = 'ps-sign'; // of menus.css

/**
 * A part of the extension.
 * @param {Host} host
 * @param {{whole: Lines, widgets: Lines}} lines of a node as a whole; of its widgets, one a line
 */
export const menus = (host, { whole, widgets }) => ({
  commands: [
    { id: THIS, label: 'Sweep this', icon: SIGN, function: () => sweepThis(host, whole) },
    {
      id: WIDGET,
      label: 'Sweep a widget …',
      icon: `${SIGN} ps-sign-widget`,
      function: () => sweepWidget(host, widgets),
    },
  ],

  getNodeMenuItems: (/** @type {any} */ node) =>
    menuItems(whole(host, node), widgets(host, node), isNodes2(host)),

  getSelectionToolboxCommands: (/** @type {any} */ item) =>
    host.app.canvas.selectedItems.size > 1
      ? [] // asked for each of them
      : [
          ...(whole(host, item).some(isOn) ? [THIS] : []),
          ...(widgets(host, item).some(isOn) ? [WIDGET] : []),
        ],
});

/** @param {Line} line */
const isOn = (line) => !line.off;

/**
 * As the host's hook takes them.
 * @param {Line[]} whole
 * @param {Line[]} widgets
 * @param {boolean} oneLine the host's menu shows one line of text for each
 */
export function menuItems(whole, widgets, oneLine) {
  const items = whole.map((line) => entry(line, line.text));
  if (widgets.length) {
    const options = widgets.map((line) =>
      entry(line, oneLine && line.more ? `${line.text} · ${line.more}` : line.text),
    );
    const sub = { text: say('menuSweep'), more: '', do: () => {} };
    items.push({ ...entry(sub, sub.text), has_submenu: true, submenu: { options } });
  }
  return items.length ? [null, ...items] : [];
}

/** The host writes a line's own text into the page as if it were HTML, or as text: it must read the
 * same both ways. As a string the line is its `data-value`, which menus.css shows below it.
 * @param {Line} line @param {string} text @returns {Record<string, any>} */
const entry = ({ more, off, do: act }, text) => ({
  content: text.replaceAll('<', '‹'),
  className: SIGN,
  disabled: Boolean(off),
  toString: () => (typeof off === 'string' && off) || more || '',
  callback: () => void act(), // its value would keep the menu open
});

/** @param {Host} host */
const isNodes2 = ({ app }) => Boolean(app.extensionManager?.setting?.get('Comfy.VueNodes.Enabled'));

/** @param {Host} host @param {Lines} whole */
async function sweepThis(host, whole) {
  const node = selected(host);
  if (!node) return;
  const line = whole(host, node).find(isOn);
  if (line) await line.do();
  else tell(host, say('nothingToSweep', { title: node.title }), 'warn');
}

/** @param {Host} host @param {Lines} widgets */
function sweepWidget(host, widgets) {
  const node = selected(host);
  if (!node) return;
  const items = widgets(host, node);
  const label = say('sweepWidget');
  if (items.length) openMenu({ at: placeOf(host, node), label, items });
  else tell(host, say('nothingToSweep', { title: node.title }), 'warn');
}

/** The one node that is selected. @param {Host} host */
function selected(host) {
  const nodes = [...(host.app.canvas.selectedItems ?? [])].filter((item) => item.inputs);
  if (nodes.length === 1) return nodes[0];
  tell(host, say('selectOne'), 'warn');
  return null;
}

/** Where a node begins on the screen. @param {Host} host @param {any} node */
function placeOf({ app }, node) {
  const { scale, offset } = app.canvas.ds;
  const { left, top } = app.canvas.canvas.getBoundingClientRect();
  return {
    x: left + (node.pos[0] + offset[0]) * scale,
    y: top + (node.pos[1] + offset[1]) * scale,
  };
}

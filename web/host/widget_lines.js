/* The lines of the menu *Sweep*: one for each widget of a node, or two where it is swept. */

import { figure, say } from '../common/texts.js';
import { counted } from '../model/choice_kinds.js';
import { PROMPT_BATCH, SEED_SWEEP } from '../common/node_ids.js';
import { numberItem } from '../grammar/value_text.js';
import { areTogether, seedsWith, sweepTogether } from './seeds_together.js';
import { changeSweep, endSweep, sweepWidget } from './sweep_widget.js';
import { Sweeps } from './sweeps.js';
import { tell } from './toast.js';
import { titleAt, widgetSweeps } from './widget_sweep.js';

/** @typedef {import('./graph.js').Host} Host */
/** @typedef {import('./menus.js').Line} Line */
/** @typedef {import('./sweep_widget.js').Choose} Choose */
/** @typedef {import('./widget_sweep.js').WidgetSweep} WidgetSweep */

const SHOWN = 40; // characters of a value

/** @param {Choose} choose @returns {(host: Host, node: any) => Line[]} */
export const widgetLines = (choose) => (host, node) => {
  if (!node?.widgets?.length) return [];
  const widgets = widgetSweeps(new Sweeps(host), node);
  const lines = widgets.flatMap((widget) => [
    ...linesOf(widget, choose),
    ...(widget.isSeed && !widget.linkedTo ? togetherLines(widget) : []),
  ]);
  return lines.map((line) => ({ ...line, do: () => told(host, line.do) }));
};

/** @param {Host} host @param {Line['do']} act */
async function told(host, act) {
  try {
    await act();
  } catch (error) {
    tell(host, String(/** @type {any} */ (error)?.message ?? error), 'warn');
  }
}

/** @param {WidgetSweep} widget @param {Choose} choose @returns {Line[]} */
function linesOf(widget, choose) {
  const { label, choices, why, varied } = widget;
  if (varied && varied.by !== 'link') return sweptLines(widget, varied, choose);
  const text = choices || widget.first ? `${label} …` : label;
  if (why) return [{ text: label, off: say('widgetCannot', { why }), do: () => {} }];
  return [{ text, more: promise(widget), do: () => sweepWidget(widget, choose) }];
}

/** What one press makes. @param {WidgetSweep} widget */
function promise(widget) {
  const { host, first, choices, noun, axis, value, spec } = widget;
  if (first) return say('widgetFirst', { title: titleAt(host, first) });
  if (choices) return say('widgetChoices', { choices: counted(noun, choices.length) });
  if (axis.node === SEED_SWEEP)
    return say('widgetSeed', { n: axis.count ?? '?', seed: String(value) });
  if (axis.node === PROMPT_BATCH) return say('widgetText');
  if (spec[0] === 'BOOLEAN') return say('widgetTruth');
  return say('widgetValue', { value: shown(widget) });
}

/** @param {WidgetSweep} widget @param {NonNullable<WidgetSweep['varied']>} varied
 * @param {Choose} choose @returns {Line[]} */
function sweptLines(widget, varied, choose) {
  const { label: name } = widget;
  return [
    {
      text: say('widgetChange', { name }),
      more: `${amount(widget, varied)}, ${where(widget, varied)}`,
      do: () => changeSweep(widget, choose),
    },
    {
      text: say('widgetEnd', { name }),
      icon: 'close',
      more: say('widgetAgain', { value: shown(widget) }),
      do: () => endSweep(widget),
    },
  ];
}

/** `3 of 214 pictures`. @param {WidgetSweep} widget @param {any} varied */
function amount({ choices, noun }, { count }) {
  const n = count === null ? '?' : figure(count);
  return choices
    ? say('widgetAmount', { n, choices: counted(noun, choices.length) })
    : say('widgetValues', { n });
}

/** @param {WidgetSweep} widget @param {any} varied */
const where = ({ host }, varied) =>
  varied.by === 'node' ? titleAt(host, varied.id) : say('widgetLine');

/** The value of the widget, short enough for a menu. @param {WidgetSweep} widget */
function shown({ value, spec }) {
  const text = numberItem(value, String(spec[0])).replace(/\s+/g, ' ').trim();
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
}

/** @param {WidgetSweep} seed @returns {Line[]} */
function togetherLines(seed) {
  const seeds = seedsWith(seed);
  if (seeds.length < 2 || areTogether(seeds) || seed.why) return [];
  const more = say('widgetStages', { n: seeds.length });
  return [{ text: say('widgetSeeds'), more, do: () => sweepTogether(seed) }];
}

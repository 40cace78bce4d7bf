/* The mark of a swept widget is its label, `seed ×4`. What the label was before is kept in the
   node's properties and comes back at the end. Neither is part of what is queued. */

import { widgetAt } from './widget_place.js';

/** @typedef {{input?: string, widget?: string}} Labels of an input and its widget */

const PROPERTY = 'proofsheet';
const MARK = / ×(?:\d+|\?)$/;

/** The labels from before, by the names of inputs. @param {any} node
 * @returns {Record<string, Labels>} */
export const marksOf = (node) => node.properties?.[PROPERTY]?.marks ?? {};

/** What people call an input, without the mark. @param {any} node @param {number} slot */
export function nameOf(node, slot) {
  const input = node.inputs[slot];
  const { input: label, widget } = marksOf(node)[input.name] ?? labelsAt(node, slot);
  return label || widget || input.name;
}

/** @param {any} node @param {number} slot @returns {Labels} */
function labelsAt(node, slot) {
  const [input, widget] = [node.inputs[slot].label, widgetAt(node, slot)?.label];
  return { ...(input !== undefined && { input }), ...(widget !== undefined && { widget }) };
}

/** @param {any} node @param {number} slot @param {number | null} count
 * @returns {boolean} whether anything changed */
export function mark(node, slot, count) {
  const input = node.inputs[slot];
  const marks = marksOf(node);
  const isRenamed = input.label && !MARK.test(input.label); // by the user, since
  if (!marks[input.name] || isRenamed)
    keepMarks(node, { ...marks, [input.name]: labelsAt(node, slot) });
  return setLabels(node, slot, withMark(nameOf(node, slot), count));
}

/** @param {string} name @param {number | null} count */
const withMark = (name, count) => `${name} ×${count ?? '?'}`;

/** @param {any} node @param {string} name of an input */
export function unmark(node, name) {
  const { [name]: labels, ...others } = marksOf(node);
  if (!labels) return;
  const slot = node.inputs?.findIndex((/** @type {any} */ each) => each.name === name) ?? -1;
  if (slot >= 0) setLabels(node, slot, labels.input, labels.widget);
  keepMarks(node, others);
}

/** Labels of widgets are not saved by every frontend. @param {any} node */
export function restoreMarks(node) {
  for (const name of Object.keys(marksOf(node))) {
    const slot = node.inputs?.findIndex((/** @type {any} */ each) => each.name === name) ?? -1;
    if (slot >= 0 && node.inputs[slot].label) setLabels(node, slot, node.inputs[slot].label);
  }
}

/** @param {any} node @param {number} slot @param {string | undefined} label
 * @param {string | undefined} [shown] of the widget @returns {boolean} whether anything changed */
function setLabels(node, slot, label, shown = label) {
  const input = node.inputs[slot];
  const widget = widgetAt(node, slot);
  if (input.label === label && (!widget || widget.label === shown)) return false;
  if (label === undefined) delete input.label;
  else input.label = label;
  if (widget) widget.label = shown;
  node.setDirtyCanvas?.(true, true);
  return true;
}

/** @param {any} node @param {Record<string, Labels>} marks */
function keepMarks(node, marks) {
  const { marks: _, ...others } = node.properties?.[PROPERTY] ?? {};
  const kept = { ...others, ...(Object.keys(marks).length && { marks }) };
  node.properties ??= {};
  if (Object.keys(kept).length) node.properties[PROPERTY] = kept;
  else delete node.properties[PROPERTY];
}

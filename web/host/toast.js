/* Short words to the user that belong to no element of ours. */

const LIFE = 6000; // milliseconds

/** @param {import('./graph.js').Host} host @param {string} text
 * @param {'success' | 'info' | 'warn'} [severity] */
export function tell({ app }, text, severity = 'success') {
  app.extensionManager?.toast?.add({ severity, summary: text, life: LIFE });
}

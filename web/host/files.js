/* The files of the store, over the host's `/view`. */

/** @typedef {import('../model/sweep.js').FileRef} FileRef */

/** @param {import('./graph.js').Host} host */
export function filesOf({ api }) {
  const url = (/** @type {FileRef} */ file) => api.apiURL(`/view?${new URLSearchParams(file)}`);
  const exists = async (/** @type {FileRef} */ file) => {
    try {
      return (await fetch(url(file), { method: 'HEAD', cache: 'no-store' })).status !== 404;
    } catch {
      return true; // no answer says nothing about the file
    }
  };
  return { url, exists, gone: async (/** @type {FileRef} */ file) => !(await exists(file)) };
}

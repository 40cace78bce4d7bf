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

const NOTE = /^(.*).\[(input|output|temp)\]$/s; // as folder_paths reads it

/** The address of a file that an input names: `a/b.png`, `c.png [output]`.
 * @param {import('./graph.js').Host} host @param {string} name @param {string} [folder] of the
 *   host, where the name says none */
export function inputUrl({ api }, name, folder = 'input') {
  const [, path = name, type = folder] = NOTE.exec(name) ?? [];
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  const subfolder = path.slice(0, Math.max(0, cut - 1)).replaceAll('\\', '/');
  return api.apiURL(`/view?${new URLSearchParams({ filename: path.slice(cut), subfolder, type })}`);
}

/* The texts in a PNG file. */

/** @param {ArrayBuffer} buffer @param {string} name of the text @returns {string} */
export function readText(buffer, name) {
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  const word = (/** @type {number} */ at) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 8 || view.getUint32(0) !== 0x89504e47) throw new Error('not a PNG');
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const kind = word(at + 4);
    const data = bytes.subarray(at + 8, at + 8 + view.getUint32(at));
    const end = data.indexOf(0);
    if (
      ['tEXt', 'iTXt'].includes(kind) &&
      new TextDecoder('latin1').decode(data.subarray(0, end)) === name
    )
      return content(kind, data, end);
    if (kind === 'IEND') break;
  }
  throw new Error(`no ${name}`);
}

/** @param {string} kind @param {Uint8Array} data @param {number} end of the name */
function content(kind, data, end) {
  if (kind === 'tEXt') return new TextDecoder('latin1').decode(data.subarray(end + 1));
  if (data[end + 1]) throw new Error('compressed text');
  const language = data.indexOf(0, end + 3);
  return new TextDecoder().decode(data.subarray(data.indexOf(0, language + 1) + 1));
}

/* Zoom and pan. A view says which point of the picture (0..1) is in the middle of the pane and how
   many times larger than "fit" it is shown: so one view serves panes and pictures of any size. */

/** @typedef {{zoom: number, x: number, y: number}} View */
/** @typedef {{width: number, height: number}} Size */

/**
 * Screen pixels for one of the picture, at most; but any picture can be shown four times as large
 * as it fits.
 */
const MOST = 32;
export const FIT = Object.freeze({ zoom: 1, x: 0.5, y: 0.5 });

/**
 * Screen pixels for one of the picture when it fits the pane.
 * @param {Size} pane
 * @param {Size} picture
 */
export const fitScale = (pane, picture) =>
  Math.min(pane.width / picture.width, pane.height / picture.height);

/** The view that shows one pixel of the picture as one of the screen.
 * @param {View} view @param {Size} pane @param {Size} picture @returns {View} */
export function actual(view, pane, picture) {
  return bounded({ ...view, zoom: 1 / fitScale(pane, picture) }, pane, picture);
}

/** Where the picture goes. @param {View} view @param {Size} pane @param {Size} picture */
export function placed(view, pane, picture) {
  const scale = fitScale(pane, picture) * view.zoom;
  const width = picture.width * scale;
  const height = picture.height * scale;
  return {
    left: pane.width / 2 - view.x * width,
    top: pane.height / 2 - view.y * height,
    width,
    height,
    scale,
  };
}

/** Closer or away, with the point under the pointer staying where it is.
 * @param {View} view @param {number} factor @param {{x: number, y: number}} at in the pane
 * @param {Size} pane @param {Size} picture @returns {View} */
export function zoomAt(view, factor, at, pane, picture) {
  const before = placed(view, pane, picture);
  const limit = Math.max(4, MOST / fitScale(pane, picture));
  const least = Math.min(1, 1 / fitScale(pane, picture));
  const zoom = Math.min(limit, Math.max(least, view.zoom * factor));
  const real = zoom / view.zoom;
  const off = { x: at.x - pane.width / 2, y: at.y - pane.height / 2 };
  const x = view.x + (off.x / before.width) * (1 - 1 / real);
  const y = view.y + (off.y / before.height) * (1 - 1 / real);
  return bounded({ zoom, x, y }, pane, picture);
}

/** Moved by pixels of the screen. @param {View} view @param {number} dx @param {number} dy
 * @param {Size} pane @param {Size} picture @returns {View} */
export function panned(view, dx, dy, pane, picture) {
  const { width, height } = placed(view, pane, picture);
  return bounded({ ...view, x: view.x - dx / width, y: view.y - dy / height }, pane, picture);
}

/** A picture smaller than the pane stays in its middle, a larger one leaves no empty edge.
 * @param {View} view @param {Size} pane @param {Size} picture @returns {View} */
export function bounded(view, pane, picture) {
  const { width, height } = placed(view, pane, picture);
  return {
    zoom: view.zoom,
    x: inside(view.x, pane.width / width),
    y: inside(view.y, pane.height / height),
  };
}

/** @param {number} centre @param {number} share of the picture that the pane shows */
function inside(centre, share) {
  if (share >= 1) return 0.5;
  return Math.min(1 - share / 2, Math.max(share / 2, centre));
}

/** The part of the picture in view, 0..1, for the small map.
 * @param {View} view @param {Size} pane @param {Size} picture */
export function shown(view, pane, picture) {
  const { width, height } = placed(view, pane, picture);
  const w = Math.min(1, pane.width / width);
  const h = Math.min(1, pane.height / height);
  return {
    left: Math.max(0, view.x - w / 2),
    top: Math.max(0, view.y - h / 2),
    width: w,
    height: h,
  };
}

/* One picture with zoom and pan. Several share a Lens, so that they move together; with Shift held
   one moves alone. */

import { h, set } from '../common/dom.js';
import { drag } from '../common/drag.js';
import { FIT, actual, bounded, panned, placed, shown, zoomAt } from './zoom.js';

/** @typedef {import('./zoom.js').View} View */

export class Lens extends EventTarget {
  constructor() {
    super();
    /** @type {View} */
    this.view = FIT;
  }

  /** @param {View} view */
  look(view) {
    this.view = view;
    this.dispatchEvent(new Event('look'));
  }

  fit() {
    this.look(FIT);
  }
}

export class ZoomPane {
  /** @param {Lens} lens @param {{map?: boolean}} [options] */
  constructor(lens, { map = false } = {}) {
    this.lens = lens;
    this.picture = { width: 1, height: 1 };
    /** @type {View | null} moved alone */
    this.own = null;
    this.image = /** @type {HTMLImageElement} */ (
      h('img', { alt: '', draggable: 'false', decoding: 'async' })
    );
    this.frame = map ? h('i') : null;
    this.small = /** @type {HTMLImageElement} */ (h('img', { alt: '', draggable: 'false' }));
    this.map = map
      ? h('div', { class: 'map', 'aria-hidden': 'true', hidden: true }, this.small, this.frame)
      : null;
    this.element = h('div', { class: 'photo' }, this.image, this.map);
    this.place = () => this.draw();
    lens.addEventListener('look', this.place);
    this.element.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    this.element.addEventListener('pointerdown', (event) => this.grab(event));
    this.sizes = new ResizeObserver(() => {
      this.draw();
      lens.dispatchEvent(new Event('placed'));
    });
    this.sizes.observe(this.element);
  }

  /** @param {string} source @param {{width: number, height: number}} size 0 while unknown */
  show(source, size) {
    this.picture = { width: size.width || 1, height: size.height || 1 };
    this.own = null;
    if (!size.width) {
      this.image.onload = () => {
        this.picture = { width: this.image.naturalWidth, height: this.image.naturalHeight };
        this.draw();
      };
    }
    set(this.image, 'src', source);
    if (this.map) set(this.small, 'src', source);
    this.draw();
  }

  get view() {
    return this.own ?? this.lens.view;
  }

  get pane() {
    return { width: this.element.clientWidth || 1, height: this.element.clientHeight || 1 };
  }

  draw() {
    const { pane, picture } = this;
    const view = bounded(this.view, pane, picture);
    const { left, top, width, height, scale } = placed(view, pane, picture);
    Object.assign(this.image.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
    this.image.style.imageRendering = scale >= 4 ? 'pixelated' : '';
    this.element.classList.toggle('is-close', view.zoom > 1);
    if (this.map && this.frame) {
      const part = shown(view, pane, picture);
      this.map.hidden = view.zoom <= 1;
      this.map.style.aspectRatio = `${picture.width} / ${picture.height}`;
      for (const [name, value] of Object.entries(part))
        this.frame.style.setProperty(name, `${value * 100}%`);
    }
  }

  /** @param {View} view @param {boolean} alone */
  look(view, alone) {
    if (!alone) return this.lens.look(view);
    this.own = view;
    this.draw();
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    event.stopPropagation();
    const box = this.element.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    const turn = event.deltaY || event.deltaX; // Shift turns a wheel sideways
    const lines = event.deltaMode === 1 ? 16 : 1;
    this.look(
      zoomAt(this.view, Math.exp(-turn * lines * 0.002), at, this.pane, this.picture),
      event.shiftKey,
    );
  }

  /** @param {PointerEvent} event */
  grab(event) {
    if (event.button || !(event.target instanceof Element) || event.target.closest('button'))
      return;
    let { clientX, clientY } = event;
    const move = (/** @type {PointerEvent} */ to) => {
      const [dx, dy] = [to.clientX - clientX, to.clientY - clientY];
      ({ clientX, clientY } = to);
      this.look(panned(this.view, dx, dy, this.pane, this.picture), event.shiftKey);
    };
    drag(event, { move });
  }

  /** @param {number} factor about the middle */
  step(factor) {
    const { width, height } = this.pane;
    this.lens.look(
      zoomAt(this.view, factor, { x: width / 2, y: height / 2 }, this.pane, this.picture),
    );
  }

  get scale() {
    return placed(this.view, this.pane, this.picture).scale;
  }

  get isActual() {
    return Math.abs(this.scale - 1) < 0.005;
  }

  get isFit() {
    return this.view.zoom === 1;
  }

  toggle() {
    this.lens.look(this.isFit ? actual(this.view, this.pane, this.picture) : FIT);
  }

  actual() {
    this.lens.look(actual(this.view, this.pane, this.picture));
  }

  get percent() {
    return Math.round(100 * this.scale);
  }

  dispose() {
    this.lens.removeEventListener('look', this.place);
    this.sizes.disconnect();
  }
}

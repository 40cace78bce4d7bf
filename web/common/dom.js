/* Making elements. Every text enters the page as a text node. */

/** @typedef {Record<string, any>} Props attributes; `on…` are listeners, `style` sets properties */

const ICONS = /** @type {Record<string, string>} */ ({
  loupe: 'M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9zM10.4 10.4L14 14',
  compare: 'M8 1.5v13M2 4h4v8H2zM10 4h4v8h-4z',
  survey: 'M2.5 2.5h4.5v4.5h-4.5zM9 2.5h4.5v4.5h-4.5zM2.5 9h4.5v4.5h-4.5zM9 9h4.5v4.5h-4.5z',
  left: 'M10 3l-5 5l5 5',
  right: 'M6 3l5 5l-5 5',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  wipe: 'M6 4L2.5 8L6 12M10 4l3.5 4L10 12',
  undo: 'M5.5 3L2.5 6l3 3M2.5 6H10a3.5 3.5 0 0 1 0 7H6',
  warn: 'M8 2L14.5 13.5H1.5zM8 6.5v3.2M8 11.4v.6',
  info: 'M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0-12zM8 7.2v4M8 4.8v.6',
  keep: 'M4.5 2.5h7v11L8 10.6L4.5 13.5z',
  check: 'M3 8.5l3.4 3.4L13 4.6',
  lost: 'M4 4l8 8M12 4l-8 8',
  save: 'M8 2v8M4.5 7L8 10.4L11.5 7M2.5 13.5h11',
  plus: 'M8 3v10M3 8h10',
  sweep: 'M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM11.5 9.5v4M9.5 11.5h4',
  counts: 'M3 13V8M8 13V3M13 13V6',
  turn: 'M3 10.5V4h8.5M9.5 2l2 2l-2 2M13 5.5V12H4.5M6.5 14l-2-2l2-2',
  graph: 'M2 3h4.5v3.5H2zM9.5 9.5H14V13H9.5zM6.5 4.8H9a2.5 2.5 0 0 1 2.5 2.5v2.2',
});
const STAR = 'M8 1.2l2.1 4.5l4.9.6l-3.6 3.4l.9 4.9L8 12.2l-4.3 2.4l.9-4.9L1 6.3l4.9-.6z';
const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {string} tag
 * @param {Props} [props]
 * @param {...any} children texts, nodes, lists; empty ones are left out
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  setAll(element, props);
  element.append(
    ...children.flat(9).filter((child) => child !== undefined && child !== null && child !== false),
  );
  return element;
}

/** @param {HTMLElement} element @param {Props} props */
function setAll(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'style')
      for (const [key, each] of Object.entries(value)) element.style.setProperty(key, each);
    else set(element, name, value);
  }
}

/**
 * Touches the page only where something changes.
 * @param {Element} element
 * @param {string} name
 * @param {unknown} value
 */
export function set(element, name, value) {
  if (value === undefined || value === false || value === null) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
    return;
  }
  const text = value === true ? '' : String(value);
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/** The element that an event happened in.
 * @param {EventTarget | null} target @param {string} selector @returns {HTMLElement | null} */
export const closest = (target, selector) =>
  target instanceof Element ? target.closest(selector) : null;

/** @param {Element} element @param {string} text */
export function write(element, text) {
  if (element.textContent === text) return;
  const [only, more] = element.childNodes;
  if (only instanceof Text && !more)
    only.data = text; // nothing comes or goes
  else element.textContent = text;
}

/** @param {string} path @param {Record<string, string | number>} look */
function svg(path, look) {
  const element = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries({
    viewBox: '0 0 16 16',
    'aria-hidden': 'true',
    ...look,
  }))
    element.setAttribute(name, String(value));
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  element.append(line);
  return element;
}

/** @param {string} name @param {number} [size] */
export const icon = (name, size = 16) =>
  svg(ICONS[name], {
    width: size,
    height: size,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'stroke-width': name === 'check' || name === 'lost' ? 2.2 : 1.5,
  });

/** @param {number} [size] @param {boolean} [filled] */
export const star = (size = 9, filled = true) =>
  svg(STAR, {
    width: size,
    height: size,
    fill: filled ? 'currentColor' : 'none',
    stroke: 'currentColor',
    'stroke-width': filled ? 0 : 1.3,
  });

/** @param {string} look classes beside ps-btn @param {Props} props @param {...any} children */
export const button = (look, props, ...children) =>
  h('button', { type: 'button', class: `ps-btn ${look}`.trim(), ...props }, ...children);

/**
 * @param {string} name of the icon
 * @param {string} label
 * @param {string} key
 * @param {Props} [props]
 */
export const iconButton = (name, label, key, props = {}) =>
  button(
    `icon ${props.look ?? ''}`,
    {
      'aria-label': label,
      title: key ? `${label} (${key})` : label,
      ...props,
      look: undefined,
    },
    icon(name),
  );

/** A group of buttons of which one is on; arrows move between them.
 * @param {string} label @param {{text: string, on: boolean, do: () => void}[]} options */
export function segments(label, options) {
  const buttons = options.map(({ text, on, do: act }) =>
    button(
      '',
      {
        role: 'radio',
        'aria-checked': String(on),
        tabindex: on ? 0 : -1,
        onclick: act,
      },
      text,
    ),
  );
  if (!options.some((option) => option.on)) set(buttons[0], 'tabindex', 0);
  const step = (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const at = buttons.indexOf(/** @type {HTMLElement} */ (event.target));
    if (!by || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[(at + by + buttons.length) % buttons.length].focus();
  };
  return h(
    'div',
    { class: 'ps-seg', role: 'radiogroup', 'aria-label': label, onkeydown: step },
    buttons,
  );
}

/** Puts new content in place of the old, keeping the focus on the button that had it.
 * @param {HTMLElement} parent @param {...any} children */
export function refill(parent, ...children) {
  const active = /** @type {HTMLElement | null} */ (
    parent.contains(document.activeElement) ? document.activeElement : null
  );
  const label = active?.getAttribute('aria-label') ?? active?.textContent;
  const place = active ? focusable(parent).indexOf(active) : -1;
  parent.replaceChildren(
    ...children.flat(9).filter((child) => child !== undefined && child !== null && child !== false),
  );
  if (!active) return;
  const now = focusable(parent);
  (
    now.find((each) => (each.getAttribute('aria-label') ?? each.textContent) === label) ??
    now[Math.min(place, now.length - 1)]
  )?.focus();
}

/** @param {HTMLElement} parent */
const focusable = (parent) =>
  /** @type {HTMLElement[]} */ ([...parent.querySelectorAll('button, select, [tabindex]')]);

/* Where new nodes go beside another, and what makes room for them. Boxes in, boxes out: x, y, width
   and height of whole nodes, titles included. */

import { around, bottom, flip, isInside, isNear, overlap, right } from './boxes.js';

/** @typedef {import('./boxes.js').Box} Box */
/** @typedef {Box & {id: string}} Named */
/** @typedef {{source: Box, sizes: {w: number, h: number}[], nodes: Named[], groups: Named[],
 *   leftwards?: boolean}} Plan `nodes` without the source; `leftwards`: the graph runs that way */
/** @typedef {{places: Box[], nodes: Map<string, Box>, groups: Map<string, Box>}} Room
 *   the new nodes' boxes, and those of the nodes and groups that change */
/** What moves as one: a node, or a group with all that is in it.
 * @typedef {{box: Box, at: Box, nodes: Named[], groups: Named[]}} Item */
/** A group that the source is in: it grows.
 * @typedef {{group: Named, box: Box, members: Set<Item>}} Home */

export const GAP = 40;
const CLEAR = 20; // nearer than this, a new node is in the way
const RIM = 10; // between what is in a group and its edge

/**
 * The new nodes stand in a row beside the source. What they would cover moves on, by as much as the
 * row needs, and whatever that would cover moves with it; all else stays where it is.
 * @param {Plan} plan
 * @returns {Room}
 */
export function makeRoom(plan) {
  if (plan.leftwards) return mirroredRoom(makeRoom({ ...mirrored(plan), leftwards: false }));
  const places = row(plan.source, plan.sizes);
  const homes = homesOf(plan);
  const items = itemsOf(plan, homes);
  for (const home of homes)
    home.members = new Set(items.filter((item) => isInside(item.box, home.group)));
  moveOn(places, items, homes);
  moveDown(places, items, homes);
  const gone = items.filter(({ at, box }) => at !== box);
  return {
    places,
    nodes: new Map(gone.flatMap((item) => item.nodes.map((node) => moved(node, item)))),
    groups: new Map([
      ...gone.flatMap((item) => item.groups.map((group) => moved(group, item))),
      ...homes.map(({ group, box }) => /** @type {[string, Box]} */ ([group.id, box])),
    ]),
  };
}

/** @param {Box} source @param {{w: number, h: number}[]} sizes @returns {Box[]} */
function row(source, sizes) {
  let x = source.x + source.w + GAP;
  return sizes.map(({ w, h }) => {
    const box = { x, y: source.y, w, h };
    x += w + GAP;
    return box;
  });
}

/** @param {Plan} plan @returns {Home[]} */
const homesOf = ({ source, groups }) =>
  groups
    .filter((group) => isInside(source, group))
    .map((group) => ({ group, box: group, members: new Set() }));

/** @param {Plan} plan @param {Home[]} homes @returns {Item[]} */
function itemsOf({ nodes, groups }, homes) {
  const others = groups
    .filter((group) => !homes.some((home) => home.group === group))
    .sort((a, b) => b.w * b.h - a.w * a.h); // the outer ones first
  /** @type {Item[]} */
  const items = [];
  for (const group of others) {
    const outer = items.find((item) => isInside(group, item.box));
    if (outer) outer.groups.push(group);
    else items.push({ box: group, at: group, nodes: [], groups: [group] });
  }
  const grouped = [...items];
  for (const node of nodes) {
    const outer = grouped.find((item) => isInside(node, item.box));
    if (outer) outer.nodes.push(node);
    else items.push({ box: node, at: node, nodes: [node], groups: [] });
  }
  return items;
}

/** Along the row. @param {Box[]} places @param {Item[]} items @param {Home[]} homes */
function moveOn(places, items, homes) {
  grow(homes, places);
  const end = Math.max(...places.map(right));
  const covered = items.filter((item) => places.some((place) => isNear(place, item.box, CLEAR)));
  const crossed = homes.map((home) => ({
    home,
    items: enters(home, items).filter(notBelow(home)),
  }));
  const by = Math.max(
    0,
    ...covered.map((item) => end + GAP - item.box.x),
    ...crossed.flatMap((each) => each.items.map((item) => right(each.home.box) + GAP - item.box.x)),
  );
  const first = new Set([...covered, ...crossed.flatMap((each) => each.items)]);
  const further = (/** @type {Home} */ home) => enters(home, items).filter(notBelow(home));
  pushAll(first, items, homes, places, { x: by, y: 0 }, further);
}

/** What groups that grew would take in from below. @param {Box[]} places @param {Item[]} items
 * @param {Home[]} homes */
function moveDown(places, items, homes) {
  const below = (/** @type {Home} */ home) => enters(home, items);
  const crossed = homes.flatMap((home) => below(home).map((item) => ({ home, item })));
  const by = Math.max(0, ...crossed.map(({ home, item }) => bottom(home.box) + GAP - item.at.y));
  const first = new Set(crossed.map(({ item }) => item));
  pushAll(first, items, homes, places, { x: 0, y: by }, below);
}

/**
 * @param {Set<Item>} first
 * @param {Item[]} items
 * @param {Home[]} homes
 * @param {Box[]} places
 * @param {{x: number, y: number}} by
 * @param {(home: Home) => Item[]} further what a group that has grown again would take in
 */
function pushAll(first, items, homes, places, by, further) {
  const pushed = new Set();
  for (let next = [...first]; next.length; ) {
    for (const item of next) {
      pushed.add(item);
      item.at = { ...item.at, x: item.at.x + by.x, y: item.at.y + by.y };
    }
    grow(homes, places);
    const hit = (/** @type {Item} */ item) =>
      next.some((mover) => isAhead(mover, item, by) && isNear(path(mover), item.at, CLEAR));
    next = [...new Set([...items.filter(hit), ...homes.flatMap(further)])].filter(
      (item) => !pushed.has(item),
    );
  }
}

/** Nothing jumps over what is on its way. @param {Item} item */
const path = ({ box, at }) => around([box, at]);

/** @param {Item} mover @param {Item} item @param {{x: number, y: number}} by */
const isAhead = (mover, item, by) => (by.x ? item.box.x >= mover.box.x : item.box.y >= mover.box.y);

/** @param {Home[]} homes @param {Box[]} places */
function grow(homes, places) {
  for (const home of homes) {
    const members = [...home.members].filter((item) => item.at !== item.box);
    const rims = members.map(({ at, box }) => ({
      ...at,
      w: at.w + Math.max(0, Math.min(RIM, right(home.group) - right(box))),
      h: at.h + Math.max(0, Math.min(RIM, bottom(home.group) - bottom(box))),
    }));
    const added = places.map((box) => ({ ...box, w: box.w + RIM, h: box.h + RIM }));
    home.box = around([home.group, ...added, ...rims]);
  }
}

/** Items of elsewhere that a group has come to lie over.
 * @param {Home} home @param {Item[]} items */
const enters = ({ group, box, members }, items) =>
  items.filter((item) => !members.has(item) && overlap(box, item.at) && !overlap(group, item.box));

/** @param {Home} home @returns {(item: Item) => boolean} */
const notBelow =
  ({ group }) =>
  (item) =>
    item.box.y < bottom(group);

/** @param {Named} each @param {Item} item @returns {[string, Box]} */
const moved = (each, { box, at }) => [
  each.id,
  { x: each.x + at.x - box.x, y: each.y + at.y - box.y, w: each.w, h: each.h },
];

/** @param {Plan} plan @returns {Plan} */
const mirrored = ({ source, sizes, nodes, groups }) => ({
  source: flip(source),
  sizes,
  nodes: nodes.map(flip),
  groups: groups.map(flip),
});

/** @param {Room} room @returns {Room} */
function mirroredRoom({ places, nodes, groups }) {
  const all = (/** @type {Map<string, Box>} */ boxes) =>
    new Map([...boxes].map(([id, box]) => [id, flip(box)]));
  return { places: places.map(flip), nodes: all(nodes), groups: all(groups) };
}

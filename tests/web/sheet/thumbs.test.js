import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace, Thumbs } from '../../../web/sheet/thumbs.js';

const FRAME = 1000 / 60;

test('a late picture of the screen leaves no room, and the room grows back slowly', () => {
  for (const each of [FRAME, 1000 / 30, 1000 / 144]) {
    const pace = new Pace();
    const run = (from, to) => {
      for (let at = from; at <= to; at += 1) pace.tick(at * each);
    };
    run(1, 8);
    assert.equal(pace.room, 2);
    run(9, 200);
    assert.equal(pace.room, 12);
    pace.tick(202 * each);
    assert.equal(pace.room, 0);
    run(203, 204);
    assert.equal(pace.room, 0.5);
    pace.stop();
    pace.tick(300 * each);
    assert.equal(pace.room, 0.25);
  }
});

/** The browser's parts that loading needs, moved on by hand. */
function bench() {
  const asked = [];
  const turns = [];
  const state = { moving: false, calm: true, now: 1000 };
  globalThis.Image = class {
    set src(source) {
      asked.push({ source, image: this });
    }
  };
  globalThis.requestAnimationFrame = (act) => turns.push(act);
  globalThis.cancelAnimationFrame = () => {};
  const thumbs = new Thumbs({ moving: () => state.moving, calm: () => state.calm });
  const settle = () =>
    new Promise((done) => {
      setImmediate(done);
    });
  return {
    thumbs,
    state,
    /** Sources on their way, in the order in which they were asked for. */
    get sources() {
      return asked.map(({ source }) => source);
    },
    async turn(after = FRAME) {
      state.now += after;
      for (const act of turns.splice(0)) act(state.now);
      await settle();
    },
    async arrive(source, how = 'onload') {
      const [found] = asked.splice(
        asked.findIndex((each) => each.source === source),
        1,
      );
      found.image[how]();
      await settle();
    },
  };
}

test('all that is in view is asked for at once, in order, and shown when it has come', async () => {
  const { thumbs, turn, arrive } = bench();
  const [first, second] = [{ src: '' }, { src: '' }];
  thumbs.show(first, 'a');
  thumbs.show(second, 'b');
  await turn();
  assert.equal(thumbs.waiting.size, 0);
  await arrive('b');
  await arrive('a');
  await turn();
  assert.deepEqual([first.src, second.src], ['a', 'b']);
  assert.ok(thumbs.isIdle);
});

test('what was loaded before is there at once', async () => {
  const { thumbs, turn, arrive } = bench();
  thumbs.show({ src: '' }, 'a');
  await turn();
  await arrive('a');
  const again = { src: '' };
  thumbs.show(again, 'a');
  assert.equal(again.src, 'a');
});

test('an image that shows another frame by now never gets the first one’s picture', async () => {
  const { thumbs, turn, arrive } = bench();
  const image = { src: '' };
  thumbs.show(image, 'a');
  await turn();
  thumbs.show(image, 'b');
  await turn();
  await arrive('a');
  await turn();
  assert.equal(image.src, '');
  await arrive('b');
  await turn();
  assert.equal(image.src, 'b');
  const other = { src: '' };
  thumbs.show(other, 'c');
  await turn();
  thumbs.forget(other);
  await arrive('c');
  await turn();
  assert.equal(other.src, '');
});

test('while scrolling, none where the screen is late, and the newest first', async () => {
  const bed = bench();
  bed.state.moving = true;
  const images = Array.from('abcdef', (source) => [{ src: '' }, source]);
  for (const [image, source] of images) bed.thumbs.show(image, source);
  await bed.turn();
  assert.deepEqual(bed.sources, ['f']);
  await bed.turn();
  await bed.arrive('f');
  await bed.turn(40);
  assert.deepEqual(bed.sources, []);
  assert.equal(images[5][0].src, 'f');
  await bed.turn();
  assert.deepEqual(bed.sources, ['e']);
  bed.state.moving = false;
  await bed.turn();
  assert.deepEqual(bed.sources, ['e', 'a', 'b', 'c', 'd']);
});

test('the rest of a sheet comes a few at a time, when the page is calm', async () => {
  const bed = bench();
  bed.thumbs.show({ src: '' }, 'seen');
  bed.thumbs.want(['a', 'b', 'c', 'd', 'e']);
  await bed.turn();
  assert.deepEqual(bed.sources, ['seen', 'a', 'b']);
  await bed.arrive('seen');
  assert.deepEqual(bed.sources, ['a', 'b', 'c']);
  bed.state.calm = false;
  await bed.arrive('a');
  assert.deepEqual(bed.sources, ['b', 'c']);
  bed.thumbs.stop();
});

test('a picture that does not come is left to its own image, which says so', async () => {
  const { thumbs, turn, arrive } = bench();
  const image = { src: '' };
  thumbs.show(image, 'a');
  await turn();
  await arrive('a', 'onerror');
  await turn();
  assert.equal(image.src, 'a');
  assert.equal(thumbs.kept.size, 0);
});

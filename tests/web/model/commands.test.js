import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { ENGLISH } from '../../../web/common/texts.js';
import { COMMANDS, GROUPS, carryOut } from '../../../web/model/commands.js';
import { command, keyOf } from '../../../web/model/keys.js';
import { SheetModel } from '../../../web/model/sheet_model.js';
import { manifest } from '../manifest.js';

const read = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** A sheet of six, and what it asked others for. */
function sheet(focus = 2) {
  const model = new SheetModel();
  model.show(manifest(2, 3), 'finished');
  model.focusOn(focus);
  const calls = [];
  const note =
    (name) =>
    (...given) => {
      calls.push([name, ...given]);
    };
  const place = () => ({
    model,
    index: model.focus,
    shape: { columns: 3, page: 1 },
    back: note('back'),
    only: note('only'),
    zoom: note('zoom'),
    ask: (name) => {
      calls.push(['ask', name]);
      return name === 'loupe';
    },
  });
  const give = (name, details = {}) => carryOut({ name, ...details }, place(), COMMANDS);
  return { model, calls, give, ids: model.frames.map((frame) => frame.id) };
}

test('no two commands have one key', () => {
  const keys = COMMANDS.flatMap((entry) => Object.keys(entry.keys ?? {}));
  assert.deepEqual(keys.length, new Set(keys).size);
});

test('entries of one name do one thing', () => {
  const runs = new Map();
  for (const { name, run } of COMMANDS) {
    if (!runs.has(name)) runs.set(name, run);
    assert.equal(String(runs.get(name)), String(run), name);
  }
});

test('every text of the table is there', () => {
  const texts = Object.values(GROUPS)
    .flat()
    .flatMap(({ help, gesture }) => [help, gesture].filter(Boolean));
  for (const text of [...Object.keys(GROUPS), ...texts]) assert.ok(text in ENGLISH, text);
});

test('marks take and take back, and say so', () => {
  const { model, give, ids } = sheet();
  give('pick');
  assert.deepEqual(model.marks.picks, [ids[2]]);
  give('pick');
  give('reject');
  assert.deepEqual([model.marks.picks, model.marks.isRejected(ids[2])], [[], true]);
  give('unflag');
  give('stars', { stars: 4 });
  assert.deepEqual([model.marks.isRejected(ids[2]), model.marks.stars(ids[2])], [false, 4]);
  give('undo');
  assert.equal(model.told, 'Undone: stars of frame 3.');
  give('redo');
  assert.equal(model.told, 'Redone: stars of frame 3.');
  for (let at = 0; at < 6; at += 1) give('undo');
  assert.equal(model.told, 'Nothing to undo.');
});

test('a mark goes on to the next frame with Shift; with the setting, without it', () => {
  const { model, give } = sheet(0);
  give('pick');
  assert.equal(model.focus, 0);
  give('stars', { stars: 2, advance: true });
  assert.equal(model.focus, 1);
  model.advance = true;
  give('reject', { advance: true });
  assert.equal(model.focus, 1);
  give('reject', { advance: false });
  assert.equal(model.focus, 2);
});

test('what is not made cannot be marked, and the focus waits', () => {
  const { model, give } = sheet(1);
  model.vanished(1);
  assert.equal(give('pick', { advance: true }), true);
  assert.deepEqual([model.marks.picks, model.focus], [[], 1]);
});

test('a pick that was lost can be taken back', () => {
  const { model, give } = sheet(1);
  give('pick');
  model.vanished(1);
  give('pick');
  assert.deepEqual(model.marks.picks, []);
});

test('all shown, and their order', () => {
  const { model, give, ids } = sheet(1);
  model.filterBy({ kind: 'row', place: 0 });
  give('pick all');
  assert.deepEqual(model.marks.picks, ids.slice(0, 3));
  give('reorder', { by: -1 });
  assert.deepEqual(model.marks.picks, [ids[1], ids[0], ids[2]]);
  give('set A');
  assert.equal(model.champion, ids[1]);
});

test('the rest is asked of the place, or of others', () => {
  const { calls, give, model } = sheet();
  give('back');
  give('closer');
  give('away');
  give('only row');
  give('only column');
  assert.equal(give('loupe'), true);
  assert.equal(give('swap'), false);
  assert.equal(give('no such'), false);
  const asked = [
    ['back'],
    ['zoom', 1.25],
    ['zoom', 0.8],
    ['only', 'row'],
    ['only', 'column'],
    ['ask', 'loupe'],
    ['ask', 'swap'],
  ];
  assert.deepEqual(calls, asked);
  give('flip');
  assert.equal(model.told, ENGLISH.noA);
});

test('a mode is asked before the table', () => {
  const { model, ids } = sheet();
  const mode = [{ name: 'pick', run: () => {} }];
  const place = { model, index: 0 };
  assert.equal(carryOut({ name: 'pick' }, place, [...mode, ...COMMANDS]), true);
  assert.deepEqual(model.marks.picks, []);
  assert.equal(carryOut({ name: 'pick' }, place, COMMANDS), true);
  assert.deepEqual(model.marks.picks, [ids[0]]);
});

/** What the help page and README say of each key; `1`–`5` are five. */
const SAID = {
  'web/docs/ProofsheetContactSheet.md': [
    ['arrows', 'move', ['←', '→', '↑', '↓']],
    ['`Home` `End` in the row', 'move', ['Home', 'End']],
    ['`Ctrl+Home` `Ctrl+End`', 'move', ['Ctrl+Home', 'Ctrl+End']],
    ['`PgUp` `PgDn`', 'move', ['PgUp', 'PgDn']],
    ['`Esc` one step back', 'back', ['Esc']],
    ['`P` pick', 'pick', ['P']],
    ['`X` reject', 'reject', ['X']],
    ['`U` no flag', 'unflag', ['U']],
    ['`1`–`5` stars', 'stars', ['1', '2', '3', '4', '5']],
    ['`0` none', 'stars', ['0']],
    ['`Ctrl+Z`', 'undo', ['Ctrl+Z']],
    ['`Ctrl+Shift+Z` undo, redo', 'redo', ['Ctrl+Shift+Z']],
    ['`Ctrl+A` all shown', 'pick all', ['Ctrl+A']],
    ['`Alt+←` `Alt+→` earlier, later in the order', 'reorder', ['Alt+←', 'Alt+→']],
    ['`Z` loupe', 'loupe', ['Z']],
    ['`+` ', 'closer', ['+']],
    ['`−` and the wheel zoom', 'away', ['-']],
    ['`Shift+Space` only this row', 'only row', ['Shift+Space']],
    ['`Ctrl+Space` only this column', 'only column', ['Ctrl+Space']],
    ['`T` counts', 'counts', ['T']],
    ['`R` swap rows and columns', 'turn', ['R']],
    ['`?` keys', 'keys', ['?']],
    ['`A` this frame is A', 'set A', ['A']],
    ['`C` compare A with this frame', 'compare', ['C']],
    ['`S` swap', 'swap', ['S']],
    ['`Space` flip A and B', 'flip', ['Space']],
    ['`N` survey', 'survey', ['N']],
    ['`Del` out of the survey', 'take out', ['Del']],
    ['`Enter` Continue', 'continue', ['Enter']],
    ['`M` make this frame', 'make', ['M']],
  ],
  'README.md': [
    ['`P` picks', 'pick', ['P']],
    ['`X` rejects', 'reject', ['X']],
    ['`1` to `5` give stars', 'stars', ['1', '2', '3', '4', '5']],
    ['`Z` looks closely', 'loupe', ['Z']],
    ['`C` compares', 'compare', ['C']],
    ['`N` surveys', 'survey', ['N']],
    ['`Enter` continues', 'continue', ['Enter']],
    ['`?` shows all keys', 'keys', ['?']],
  ],
};

/** The part of a page that lists keys. */
const KEYS = {
  'web/docs/ProofsheetContactSheet.md': /## Keys\n\n([\s\S]+?)\n\n[^|]/,
  'README.md': /On the sheet in the node, ([\s\S]+?)\n\n/,
};

for (const [path, lines] of Object.entries(SAID)) {
  const text = KEYS[path].exec(read(path))[1].replaceAll('\n', ' ');

  test(`${path} says of each key what it does`, () => {
    for (const [line, name, keys] of lines) {
      assert.ok(text.includes(line), line);
      const entries = COMMANDS.filter((entry) => entry.name === name);
      for (const key of keys)
        assert.ok(
          entries.some((entry) => key in entry.keys),
          `${key} ${name}`,
        );
    }
  });

  test(`${path} names no other key`, () => {
    const named = [...text.matchAll(/`([^`]+)`/g)].map(([, key]) => key);
    const known = [
      ...lines
        .map(([line]) => line)
        .join()
        .matchAll(/`([^`]+)`/g),
    ];
    const gestures = ['Shift']; // with a mark, a click or a drag
    assert.deepEqual(
      named.filter((key) => !known.some(([, one]) => one === key) && !gestures.includes(key)),
      [],
    );
  });
}

test('the help page names every command that has a key', () => {
  const [lines] = Object.values(SAID);
  const named = new Set(lines.map(([, name]) => name));
  const keyed = COMMANDS.filter((entry) => entry.keys).map((entry) => entry.name);
  assert.deepEqual(
    [...new Set(keyed)].filter((name) => !named.has(name)),
    [],
  );
});

test('every key of the table is the one that is pressed', () => {
  const pressed = { '←': 'ArrowLeft', '→': 'ArrowRight', '↑': 'ArrowUp', '↓': 'ArrowDown' };
  Object.assign(pressed, { PgUp: 'PageUp', PgDn: 'PageDown', Esc: 'Escape', Del: 'Delete' });
  for (const { name, keys = {}, marks } of COMMANDS) {
    for (const [key, details] of Object.entries(keys)) {
      const held = key === '+' ? [''] : key.split('+');
      const cap = key === '+' ? '+' : held.pop();
      const event = {
        key: cap === 'Space' ? ' ' : (pressed[cap] ?? cap.toLowerCase().replace(/^(\w{2,})$/, cap)),
        code: /^\d$/.test(cap) ? `Digit${cap}` : '',
        shiftKey: held.includes('Shift'),
        ctrlKey: held.includes('Ctrl'),
        metaKey: false,
        altKey: held.includes('Alt'),
      };
      const expected = { name, ...details, ...(marks ? { advance: false } : {}) };
      assert.deepEqual(command(event), expected, key);
    }
  }
});

test('the key in the tip of a button', () => {
  assert.deepEqual(['pick', 'undo', 'keys', 'new seeds', 'x'].map(keyOf), [
    'P',
    'Ctrl+Z',
    '?',
    '',
    '',
  ]);
});

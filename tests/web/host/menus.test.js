import assert from 'node:assert/strict';
import test from 'node:test';
import { menuItems, menus } from '../../../web/host/menus.js';

const line = (text, more, rest = {}) => ({ text, more, do: () => {}, ...rest });

test('a line of the node is an entry, those of its widgets are in a submenu', () => {
  const items = menuItems(
    [line('Sweep this', 'before this node')],
    [line('seed', 'Seed Sweep: 4 seeds'), line('cfg')],
    false,
  );
  assert.deepEqual(
    items.map((item) => item?.content),
    [undefined, 'Sweep this', 'Sweep'],
  );
  assert.equal(String(items[1]), 'before this node');
  assert.equal(items[2].has_submenu, true);
  assert.deepEqual(
    items[2].submenu.options.map((item) => [item.content, String(item)]),
    [
      ['seed', 'Seed Sweep: 4 seeds'],
      ['cfg', ''],
    ],
  );
});

test('a menu of one line each says both in the submenu', () => {
  const items = menuItems([], [line('seed', '4 seeds'), line('cfg')], true);
  assert.deepEqual(
    items[1].submenu.options.map((item) => item.content),
    ['seed · 4 seeds', 'cfg'],
  );
});

test('no line, no separator', () => assert.deepEqual(menuItems([], [], false), []));

test('what cannot be done says why and is off', () => {
  const [, item] = menuItems([line('cfg', 'Sweep Values', { off: 'nothing reads it' })], [], false);
  assert.equal(item.disabled, true);
  assert.equal(String(item), 'nothing reads it');
});

test('a text is no markup', () => {
  const [, item] = menuItems([line('<img src=x onerror=alert(1)>')], [], false);
  assert.ok(!item.content.includes('<'));
});

test('a line closes the menu: it gives nothing back', () => {
  const [, item] = menuItems([line('one', '', { do: () => true })], [], false);
  assert.equal(item.callback(), undefined);
});

/** A page with these nodes selected, and what it told. */
function page(selected) {
  const told = [];
  const app = {
    canvas: { selectedItems: new Set(selected) },
    extensionManager: { toast: { add: ({ summary }) => told.push(summary) } },
  };
  return { host: { app }, told };
}

const node = { title: 'KSampler', inputs: [] };

test('the command does what the first line that is on would do', async () => {
  const { host, told } = page([node, { title: 'a group' }]);
  const done = [];
  const whole = (_, asked) => [
    line('off', '', { off: true }),
    line('on', '', { do: () => done.push(asked) }),
  ];
  const [sweepThis] = menus(host, { whole, widgets: () => [] }).commands;
  await sweepThis.function();
  assert.deepEqual(done, [node]);
  assert.deepEqual(told, []);
});

test('a command without its node says so', async () => {
  for (const [selected, said] of [
    [[], 'Select one node first.'],
    [[node, { ...node }], 'Select one node first.'],
    [[node], 'There is nothing to sweep on KSampler.'],
  ]) {
    const { host, told } = page(selected);
    for (const { function: run } of menus(host, { whole: () => [], widgets: () => [] }).commands)
      await run();
    assert.deepEqual(told, [said, said]);
  }
});

test('a button over the selected node stands where the command would do something', () => {
  const ids = (whole, widgets, selected = [node]) =>
    menus(page(selected).host, {
      whole: () => whole,
      widgets: () => widgets,
    }).getSelectionToolboxCommands(node);
  assert.deepEqual(ids([line('a')], [line('b')]), [
    'Proofsheet.SweepThis',
    'Proofsheet.SweepWidget',
  ]);
  assert.deepEqual(ids([], [line('b', '', { off: 'why' })]), []);
  assert.deepEqual(ids([line('a')], [line('b')], [node, { ...node }]), []);
});

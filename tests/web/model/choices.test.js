import assert from 'node:assert/strict';
import test from 'node:test';
import { Choices } from '../../../web/model/choices.js';

const OPTIONS = ['ink_1', 'ink_2', 'oil_1', 'oil_2', 'oil_3', 'pen'];
const choices = (given = {}) => new Choices({ options: OPTIONS, current: 'oil_1', ...given });

test('the one in the graph is ticked first, and the keys begin there', () => {
  const model = choices();
  assert.deepEqual([model.values, model.at, model.shown], [['oil_1'], 2, OPTIONS]);
  model.toggle(5);
  assert.deepEqual(model.values, ['oil_1', 'pen']);
});

test('what is swept now is ticked in its order, with what is gone', () => {
  const model = choices({ ticked: ['pen', 'old', 'ink_1'] });
  assert.deepEqual([model.values, model.gone], [['pen', 'ink_1'], ['old']]);
  model.takeOut(model.gone);
  assert.deepEqual([...model.ticks], ['pen', 'ink_1']);
});

test('one in the graph that is not offered is gone', () => {
  const model = choices({ current: 'old' });
  assert.deepEqual([model.values, model.gone, model.at], [[], ['old'], 0]);
});

test('numbers are choices as they are written, each once', () =>
  assert.deepEqual(choices({ options: [8, '8', 16], current: 16 }).values, ['16']));

test('a pattern that is swept is told as such, and given back', () => {
  const model = choices({ ticked: ['oil_*'] });
  assert.deepEqual([model.values, model.pattern], [['oil_1', 'oil_2', 'oil_3'], 'oil_*']);
  assert.equal(model.suggestion, '');
  model.leavePattern();
  assert.deepEqual([model.values.length, model.pattern, model.suggestion], [3, '', 'oil_*']);
  assert.deepEqual(choices({ ticked: ['old_*'] }).gone, ['old_*']);
});

test('a pattern beside names is the names it takes in', () => {
  const model = choices({ ticked: ['pen', 'ink_*'] });
  assert.deepEqual([model.values, model.pattern], [['pen', 'ink_1', 'ink_2'], '']);
});

test('search shows fewer and ticks nothing', () => {
  const model = choices();
  model.search('OIL');
  assert.deepEqual([model.shown, model.at], [['oil_1', 'oil_2', 'oil_3'], 0]);
  assert.deepEqual(model.values, ['oil_1']);
});

test('ticking never reorders the list, nor takes from what is shown', () => {
  const model = choices({ ticked: ['pen', 'ink_1'] });
  model.showTicked(true);
  assert.deepEqual(model.shown, ['ink_1', 'pen']);
  model.toggle(0);
  assert.deepEqual([model.shown, model.values], [['ink_1', 'pen'], ['pen']]);
  model.showTicked(true);
  assert.deepEqual(model.shown, ['pen']);
});

test('a range is ticked from where the keys were, and nothing in it unticked', () => {
  const model = choices({ ticked: ['ink_2'] });
  model.go(0);
  model.go(1, true);
  model.go(3, true);
  assert.deepEqual(model.values, ['ink_2', 'ink_1', 'oil_1', 'oil_2']);
  model.go(99);
  assert.equal(model.at, 5);
  model.go(4, true);
  assert.deepEqual(model.values.slice(4), ['oil_3', 'pen']);
});

test('all shown are ticked after what is ticked; all can be unticked', () => {
  const model = choices({ ticked: ['oil_3', 'pen'] });
  model.search('oil');
  assert.deepEqual(model.fresh, ['oil_1', 'oil_2']);
  model.tickShown();
  assert.deepEqual(model.values, ['oil_3', 'pen', 'oil_1', 'oil_2']);
  model.untickAll();
  assert.deepEqual([model.values, model.query], [[], 'oil']);
});

test('the order is moved', () => {
  const model = choices({ ticked: ['pen', 'ink_1', 'oil_3'] });
  model.place('pen', 1);
  assert.deepEqual(model.values, ['ink_1', 'pen', 'oil_3']);
  model.place('oil_3', 0);
  assert.deepEqual(model.values, ['oil_3', 'ink_1', 'pen']);
});

test('a pattern of what the search shows, else of what is ticked', () => {
  const model = choices({ ticked: ['ink_1', 'ink_2'] });
  assert.equal(model.suggestion, 'ink_*');
  model.search('oil');
  assert.equal(model.suggestion, 'oil_*');
  model.search('2');
  assert.equal(model.suggestion, '*_2');
  model.search('pen');
  assert.equal(model.suggestion, 'ink_*');
});

test('a pattern in place of names: gone with the next tick, or back to the names', () => {
  const model = choices({ ticked: ['pen'] });
  model.use('oil_*');
  assert.deepEqual([model.values, model.pattern], [['oil_1', 'oil_2', 'oil_3'], 'oil_*']);
  model.use('ink_*');
  model.leavePattern();
  assert.deepEqual([model.values, model.pattern], [['pen'], '']);
  model.use('oil_*');
  model.toggle(2);
  assert.deepEqual([model.values, model.pattern], [['oil_2', 'oil_3'], '']);
});

test('every change is told once', () => {
  const model = choices();
  let told = 0;
  model.addEventListener('change', () => {
    told += 1;
  });
  for (const act of [
    () => model.toggle(0),
    () => model.search('x'),
    () => model.showAll(),
    () => model.go(1),
    () => model.go(2, true),
    () => model.tickShown(),
    () => model.use('ink_*'),
    () => model.leavePattern(),
    () => model.untickAll(),
  ]) {
    told = 0;
    act();
    assert.equal(told, 1, String(act));
  }
});

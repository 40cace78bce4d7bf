import assert from 'node:assert/strict';
import test from 'node:test';
import { SweepRuns } from '../../../web/host/sweep_runs.js';

function desk(workflows = {}) {
  const api = new EventTarget();
  const sheets = {
    later: async (act) => act(),
    runs: { get: async (prompt) => ({ workflow: workflows[prompt] }) },
  };
  let changes = 0;
  const host = { api, app: { graph: { id: 'open' } } };
  const runs = new SweepRuns(
    { host, sheets },
    (id) => id === '11',
    () => {
      changes += 1;
    },
  );
  const tell = async (type, detail) => {
    api.dispatchEvent(new CustomEvent(type, { detail }));
    await new Promise((then) => setTimeout(then, 5));
  };
  return { runs, tell, changes: () => changes };
}
const slow = () => new Promise((then) => setTimeout(then, 320));

test('a count is said to go on when it is slow, until its own run ends', async () => {
  const { runs, tell } = desk();
  runs.counts('a');
  assert.equal(runs.isCounting, false);
  await slow();
  assert.equal(runs.isCounting, true);
  await tell('execution_success', { prompt_id: 'b' });
  assert.equal(runs.isCounting, true);
  await tell('execution_success', { prompt_id: 'a' });
  assert.equal(runs.isCounting, false);
});

test('a count whose end was told before its number', async () => {
  const { runs, tell } = desk();
  await tell('execution_success', { prompt_id: 'a' });
  runs.counts('a');
  await slow();
  assert.equal(runs.isCounting, false);
});

test('the host refuses this node, of this workflow', async () => {
  const { runs, tell, changes } = desk({ a: 'open', b: 'another' });
  const failed = { node_id: '11', exception_message: 'no VAE\nsecond line' };
  await tell('execution_error', { ...failed, prompt_id: 'b' });
  assert.equal(runs.error, '');
  await tell('execution_error', { ...failed, prompt_id: 'a', node_id: '12' });
  assert.equal(runs.error, '');
  await tell('execution_error', { ...failed, prompt_id: 'a' });
  assert.equal(runs.error, 'no VAE');
  assert.equal(changes(), 3);
  await tell('execution_success', { prompt_id: 'c' });
  assert.equal(runs.error, '');
});

test('of another graph nothing holds, and nothing is heard when the node is gone', async () => {
  const { runs, tell } = desk({ a: 'open' });
  const failed = { node_id: '11', exception_message: 'no VAE', prompt_id: 'a' };
  await tell('execution_error', failed);
  runs.counts('d');
  runs.forget();
  assert.deepEqual([runs.error, runs.count], ['', null]);
  runs.dispose();
  await tell('execution_error', failed);
  assert.equal(runs.error, '');
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { SheetModel } from '../../../web/model/sheet_model.js';
import { faceOf } from '../../../web/model/sweep_face.js';
import { manifest } from '../manifest.js';
import { CFG, PROMPT, SEED, told } from '../told.js';

const known = (more = {}) => ({
  told: told(),
  linked: true,
  sheet: new SheetModel(),
  current: false,
  counting: false,
  error: '',
  make: 'all',
  ...more,
});
const fault = (given, axes) => faceOf(known({ told: told(axes, { fault: given }) }));

/** The sheet of all 24 frames, of which the first `done` are there. */
function sheet(done, phase = 'finished', estimate = null, other = 'missing') {
  const model = new SheetModel();
  const made = manifest(6, 4, other);
  for (const frame of made.frames.slice(0, done)) frame.status = 'done';
  model.show({ ...made, estimate }, phase);
  return model;
}
const counted = (model, more) => faceOf(known({ sheet: model, current: true, ...more }));
const off = (view) => view.actions.map((action) => action.off);

test('as people change it', () => {
  const view = faceOf(known());
  assert.deepEqual(view.status, ['24 frames', 'not counted']);
  assert.deepEqual(view.product.parts, ['3 prompts', '2 cfg', '4 seeds']);
  assert.equal(view.product.parts.join(view.product.joint), '3 prompts × 2 cfg × 4 seeds');
  assert.equal(view.product.sum, '24 frames');
  assert.deepEqual([view.map, view.line, view.note, view.notice], [null, '', '', null]);
  assert.deepEqual(
    view.actions.map(({ text, off: why }) => [text, why]),
    [
      ['Count', ''],
      ['Try 4', ''],
    ],
  );
});

test('the lines of the axes', () => {
  const [prompt, cfg, seed] = faceOf(known()).axes;
  assert.equal(prompt.values, 'lighthouse, castle, windmill');
  assert.equal(prompt.where, 'Prompt Batch → Positive.text');
  assert.deepEqual([prompt.side, seed.side], ['rows', 'columns']);
  assert.deepEqual([cfg.count, cfg.where], ['2', 'by address → KSampler.cfg']);
  assert.equal(seed.values, '1001 – 1004');
  assert.equal(seed.where, 'Seed Sweep → 2 stages');
  assert.equal(seed.whole, 'Seed Sweep → KSampler.seed, Refiner.noise_seed');
  assert.equal(
    seed.spoken,
    'seed, 4 values: 1001 – 1004. Seed Sweep → KSampler.seed, Refiner.noise_seed. columns',
  );
  const many = { ...SEED, count: 100, more: 96 };
  assert.equal(faceOf(known({ told: told([many]) })).axes[0].values, '1001, 1002, 1003, 1004, …');
});

test('what is not known is a question', () => {
  const view = faceOf(known({ told: told([PROMPT, { ...CFG, count: null }], { count: null }) }));
  assert.deepEqual(view.product.parts, ['3 prompts', '? cfg']);
  assert.deepEqual([view.product.sum, view.status[0]], ['? frames', '? frames']);
  assert.equal(view.axes[1].count, '?');
  assert.deepEqual(off(view), ['', 'Too few frames to try some first.']);
});

test('counting', () => {
  const view = faceOf(known({ counting: true, sheet: sheet(12), current: true }));
  assert.deepEqual(view.status, ['Counting …']);
  assert.equal(view.map, null);
  assert.deepEqual(off(view), ['Counting …', 'Counting …']);
});

test('counted', () => {
  const view = counted(sheet(12, 'finished', { missing: 12, seconds: 121, bytes: 18e6 }));
  assert.deepEqual(view.status, ['24 frames', '12 to make']);
  assert.equal(view.line, '12 in the store · 12 to make · about 2 min · 18 MB');
  assert.equal(view.map.columns, 4);
  assert.deepEqual(view.map.squares, [...Array(12).fill('done'), ...Array(12).fill('')]);
});

test('counted, with nothing there, with all there', () => {
  const none = counted(sheet(0, 'finished', { missing: 24, seconds: null, bytes: null }));
  assert.equal(none.line, '24 to make · time not known yet');
  const all = counted(sheet(24));
  assert.deepEqual(all.status, ['24 frames', 'nothing to make']);
  assert.equal(all.line, '24 in the store · nothing to make');
  const other = counted(sheet(12, 'finished', { missing: 24, seconds: 9, bytes: 9 }));
  assert.equal(other.line, '12 in the store · 12 to make', 'an estimate of other frames');
});

test('what only the host can tell, it told', () => {
  const view = counted(sheet(12), { told: told([{ ...PROMPT, count: null }], { count: null }) });
  assert.deepEqual(view.status, ['24 frames', '12 to make']);
  assert.deepEqual([view.product.parts, view.product.sum], [['? prompts'], '24 frames']);
});

test('a stale count is never shown', () => {
  for (const view of [
    faceOf(known({ sheet: sheet(12), current: false })),
    counted(sheet(12), { told: told([PROMPT, SEED]) }),
  ]) {
    assert.equal(view.status[1], 'not counted');
    assert.equal(view.map, null);
    assert.equal(view.line, '');
  }
});

test('running', () => {
  const model = sheet(12, 'running', null, 'waiting');
  const { frames } = manifest(6, 4);
  for (const at of [12, 13, 14]) model.arrived(frames[at]);
  model.run.started = Date.now() - 70_000;
  model.stepped({ numbers: [16, 17, 18, 19], step: 12, steps: 20, share: 0.5 });
  const view = counted(model);
  assert.deepEqual(view.status, ['15 of 24 frames', 'about 70 s left', 'step 12 of 20']);
  assert.equal(view.progress, 50);
  assert.equal(view.line, '12 from the store · 3 of 12 made · batch of 4');
  assert.deepEqual(view.map.squares.slice(11, 20), [
    'done', 'new', 'new', 'new', 'now', 'now', 'now', 'now', '',
  ]); // biome-ignore format: a row
  assert.equal(view.note, 'Stop with ComfyUI’s own ✕.');
  assert.deepEqual(off(view), Array(2).fill('Not while the sweep runs.'));
  model.arrived({ ...frames[15], status: 'failed', error: 'no memory' });
  assert.equal(counted(model).map.squares[15], 'failed');
});

test('a run of another graph is not shown as this one', () => {
  const view = faceOf(known({ sheet: sheet(12, 'running', null, 'waiting') }));
  assert.deepEqual(view.status, ['24 frames', 'not counted']);
  assert.deepEqual([view.progress, view.map], [null, null]);
  assert.deepEqual(off(view), Array(2).fill('Not while the sweep runs.'));
});

test('over 240 cells there is one bar', () => {
  const model = new SheetModel();
  const made = manifest(50, 5, 'missing');
  for (const frame of made.frames.slice(0, 100)) frame.status = 'done';
  model.show(made, 'finished');
  const long = told([
    { ...PROMPT, count: 50 },
    { ...SEED, count: 5 },
  ]);
  const { map } = counted(model, { told: long });
  assert.deepEqual(map, { squares: null, shares: { done: 0.4, new: 0 } });
});

test('after a try', () => {
  const model = sheet(0);
  const { frames } = manifest(6, 4);
  for (const at of [0, 8, 12, 20]) model.arrived(frames[at]);
  const view = counted(model, { make: '1, 9, 13, 21' });
  assert.deepEqual(view.status, ['24 frames', '20 missing']);
  assert.equal(view.line, '4 in the store · 20 to make');
  assert.equal(view.note, 'Tried 4. Set make to all for the rest.');
  assert.deepEqual(view.rest, { text: 'Set make to all', ask: 'all' });
  assert.equal(counted(model, { make: '1-4' }).note, '');
  assert.equal(counted(sheet(0), { make: '1, 9, 13, 21' }).note, '', 'not made yet');
  assert.equal(faceOf(known({ make: '1, 9, 13, 21' })).rest, null, 'not tried yet');
});

test('forgotten savers', () => {
  const nodes = [
    { id: '12', title: 'Save Image' },
    { id: '13', title: 'Preview Image' },
  ];
  const view = fault({ kind: 'savers', nodes });
  assert.deepEqual(view.status, ['24 frames', 'cannot run']);
  assert.equal(
    view.notice.text,
    '2 nodes above the link save or preview what varies: Save Image, Preview Image. They would ' +
      'run every cell a second time.',
  );
  assert.deepEqual(
    view.notice.buttons.map(({ text }) => text),
    ['Mute them', 'Show them'],
  );
  assert.deepEqual(off(view), ['', 'Mend the fault first.']);
});

test('an address that matches nothing', () => {
  const text = 'KSamplr.cfg = 3, 7';
  const message = 'No node above the link is called KSamplr.';
  const given = { kind: 'line', line: 1, text, start: 0, end: 7, at: 0, message };
  const view = faceOf(
    known({
      told: told([PROMPT, SEED], {
        count: null,
        fault: { ...given, suggestion: 'KSampler.cfg' },
      }),
    }),
  );
  assert.deepEqual(view.status, ['Fault in axes, line 1']);
  assert.equal(view.notice.text, message);
  assert.deepEqual(view.notice.code, { text, start: 0, end: 7 });
  assert.deepEqual(
    view.notice.buttons.map((each) => each.text),
    ['Write KSampler.cfg', 'Choose an input …'],
  );
  const [, cfg] = view.axes;
  assert.deepEqual([cfg.name, cfg.bad, cfg.count, cfg.values], ['cfg', true, '–', 'no match']);
  assert.equal(cfg.where, 'by address → KSamplr.cfg');
  assert.deepEqual(view.product.parts, ['3 prompts', '? cfg', '4 seeds']);
  assert.deepEqual([view.axes[0].bad, view.product.sum], [false, '? frames']);
  assert.deepEqual(off(view), Array(2).fill('Mend the fault first.'));
  const alone = fault({ ...given, suggestion: null });
  assert.deepEqual(
    alone.notice.buttons.map((each) => each.text),
    ['Choose an input …'],
  );
});

test('over the limit', () => {
  const long = { ...SEED, count: 8000 };
  const view = fault({ kind: 'limit', count: 48_000, limit: 4096, longest: 'seed' }, [
    PROMPT,
    CFG,
    long,
  ]);
  assert.deepEqual(view.status, ['48,000 frames', 'at most 4,096']);
  assert.match(view.notice.text, /^A sweep has at most 4,096 cells\. Shorten an axis/);
  assert.deepEqual(view.notice.buttons, [
    { text: 'Show the longest axis', ask: 'axis', key: 'seed' },
  ]);
  assert.deepEqual(off(view), ['', 'Mend the fault first.']);
});

test('pair up with unequal lengths', () => {
  const lengths = [PROMPT, SEED].map(({ key, name, count }) => ({ key, name, count }));
  const axes = [PROMPT, SEED];
  const given = told(axes, { combine: 'pair up', count: null, fault: { kind: 'pair', lengths } });
  const view = faceOf(known({ told: given }));
  assert.deepEqual(view.status, ['Cannot pair up']);
  assert.equal(view.product.parts.join(view.product.joint), '3 prompts with 4 seeds');
  assert.equal(view.product.sum, '? frames');
  assert.equal(view.notice.text, 'Pair up needs equal lengths, or 1: prompt has 3, seed has 4.');
  assert.deepEqual(
    view.axes.map(({ bad }) => bad),
    [false, true],
  );
});

test('a value that cannot be', () => {
  const view = fault({ kind: 'value', id: '4', title: 'Prompt Batch', message: 'No such word' });
  assert.deepEqual(view.status, ['Fault in Prompt Batch']);
  assert.equal(view.notice.text, 'Prompt Batch: No such word');
  assert.deepEqual(view.notice.buttons, [{ text: 'Show it', ask: 'node', key: '4' }]);
  assert.equal(view.axes[0].bad, true);
});

test('nothing varies, nothing is linked', () => {
  const view = faceOf(known({ told: told([]) }));
  assert.deepEqual(view.status, ['1 frame', 'nothing varies']);
  assert.match(view.empty, /^No axis above the link\. Link a Seed Sweep/);
  assert.deepEqual([view.product.parts, view.product.sum], [[], '1 frame']);
  const loose = faceOf(known({ told: told([]), linked: false }));
  assert.deepEqual(loose.status, ['Not linked']);
  assert.equal(off(loose)[0], loose.empty);
});

test('without a sheet nothing can be counted', () => {
  const view = faceOf(known({ sheet: null }));
  assert.deepEqual(
    off(view),
    Array(2).fill('No Contact Sheet shows these frames. Link frames to one.'),
  );
});

test('what the host said of the last run stands there until something changes', () => {
  assert.equal(faceOf(known({ error: 'no VAE' })).notice.text, 'The run failed: no VAE');
});

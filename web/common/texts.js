/* Every text of the face, in English; main.js puts the user's language over it (locales/).
   {n} is a value, {n|one|many} a word that follows the number n. */

/** @type {Record<string, string>} */
export const ENGLISH = {
  sheet: 'Contact Sheet', grid: 'Sheet', picks: 'Picks', picksInOrder: 'Picks in order', frames: 'Frames',
  never: 'No frames yet', neverHint: 'Run the workflow. Frames appear here as they are made.',
  count: '{n} {n|frame|frames}', countOf: '{done} of {n} {n|frame|frames}',
  left: 'about {s} s left', leftMinutes: 'about {m} min left', step: 'step {step} of {steps}',
  picked: '{n} picked', rejected: '{n} rejected', failedCount: '{n} failed', picksGone: '{n} {n|pick|picks}, {gone} gone',
  heldState: 'held', stoppedState: 'stopped', fromStore: 'from the store',
  held: 'Held: pick frames, then Continue. Nothing after this sheet has run.',
  stopped: 'Stopped. Run again to make the other {rest}; the {done} are kept.',
  failed: 'Frame {n} failed: {message}. Run again to make only this frame.',
  failedMany: '{n} frames failed. First: {message}',
  runFailed: 'The run failed: {message}',
  earlier: '{n} {n|pick is|picks are} from an earlier sweep. {n|It is|They are} still passed on, from the store.',
  gonePick: '{n} {n|pick is|picks are} gone from the store: {ids}. {n|It|They} cannot be passed on.',
  reading: 'Reading frames from the store …',
  goneFrames: '{n} {n|frame is|frames are} gone from the store. Run again to make {n|it|them}.',
  nothingPasses: 'No frame passes this filter.', showAll: 'Show all',
  nothingPicked: 'Nothing picked. Pick a frame with P or a click.',
  noA: 'No other frame to flip to. Press A on one first.',
  nothingBehind: 'Nothing is connected after this sheet. Connect picked or images, then Continue.',
  continued: 'Running what is behind this sheet, with {n} {n|frame|frames}. Nothing is sampled again.',
  picksFault: 'The picks text has a fault: {message}. Your marks are unchanged.',
  notQueued: 'The run was refused: {message}',
  notWhileRunning: 'Not while the sweep runs.', noSweep: 'No Sweep Sampler feeds this sheet.', noSeedNode: 'The seeds come from a node that is not a Seed Sweep: change them there.',
  rerolled: 'New seeds from {seed}. Picks are kept.', moreSeeds: '{n} more {n|seed|seeds} for frame {number}.',
  copied: 'Copied.', undone: 'Undone: {what}.', redone: 'Redone: {what}.', nothingToUndo: 'Nothing to undo.',
  didPick: 'pick of frame {n}', didPicks: 'pick of {n} {n|frame|frames}', didUnpick: 'unpick of frame {n}', didReject: 'reject of frame {n}',
  didUnflag: 'flags of frame {n}', didStars: 'stars of frame {n}', didMove: 'order of picks', didKeep: 'keepers', didDrop: 'dropped picks', didWrite: 'picks text',
  promptCount: '{n} {n|prompt|prompts}',
  keep: 'Keep', drop: 'Drop', keeper: 'keeper', earlierPick: 'earlier', gone: 'gone',
  newSeeds: 'New seeds', moreLikeThis: 'More like this', continue: 'Continue', continueWith: 'Continue with {n}',
  views: 'Views', show: 'Show', showNow: 'Show: {what}', all: 'All', allOf: 'All {n}', pickedOf: 'Picked {n}', unrejectedOf: 'Not rejected {n}',
  pickedOnly: 'Picked', unrejectedOnly: 'Not rejected', starsUp: '★ {n} and up', row: 'Row {what}', column: 'Column {what}',
  undo: 'Undo', loupe: 'Loupe', compare: 'Compare', survey: 'Survey', keys: 'Keys', close: 'Close', back: 'Back to the sheet',
  look: 'Look closely at frame {n}', frame: 'Frame {n}', frameOf: 'Frame {n} of {count}', seed: 'seed {seed}',
  sayPicked: 'picked, number {n}', sayRejected: 'rejected', sayStars: '{n} {n|star|stars}', sayWaiting: 'waiting', sayFailed: 'failed', sayGone: 'gone',
  sayRunning: 'being made, step {step} of {steps}', sayPick: 'Pick {n}: {what}', failedCell: 'Failed', goneCell: 'Gone', progress: 'Sweep',
  pick: 'Pick', pickN: 'Pick {n}', reject: 'Reject', rejectedNow: 'Rejected', stars: 'Stars', zoom: 'Zoom', fit: 'Fit', actual: '1:1', percent: '{n} %',
  previous: 'Previous frame', next: 'Next frame', about: 'About this frame', prompt: 'Prompt', negative: 'Negative', seedTitle: 'Seed', thisFrame: 'This frame',
  sameInAll: 'Same in every frame', frameId: 'Frame', copy: 'Copy', openRecipe: 'Open recipe as workflow', download: 'Download', size: 'size',
  recipeFailed: 'The recipe could not be read: {message}',
  slider: 'Slider', sides: 'Side by side', flicker: 'Flicker', sliderName: 'Slider between A and B', swap: 'Swap A and B', differs: 'Only what differs',
  same: '{n} {n|value is|values are} the same.', sameInBoth: 'Same in both', nothingDiffers: 'Nothing differs.',
  slotA: 'A, frame {n}', slotB: 'B, frame {n}', noMark: 'no mark', pickB: 'Pick B', pickedB: 'B is pick {n}', rejectB: 'Reject B',
  howToCompare: 'How to compare', howText: 'A stays, B changes. Step B with ← and →. Press S when B is better. Space flips between the two.',
  surveyOf: 'Survey, {n} frames', inSurvey: 'Frames in the survey', together: 'Moving together',
  togetherText: 'Zoom and pan move all {n}. Hold Shift to move one alone. Take frames out until the best is left.',
  pickFrame: 'Pick frame {n}', takeOut: 'Take frame {n} out of the survey', pickLeft: 'Pick the {n} that are left', pickLast: 'Pick the one that is left',
  keysMove: 'Move', keysMark: 'Mark', keysLook: 'Look', keysCompare: 'Compare', keysPicks: 'Picks', keysRun: 'Run',
  keyNext: 'next frame', keyRow: 'first, last in the row', keyScreen: 'one screen', keyBack: 'back one step', keyPick: 'pick', keyReject: 'reject', keyUnflag: 'no flag',
  keyStars: 'stars', keyNoStars: 'no stars', keyShift: 'mark, then the next frame', keyUndo: 'undo; with Shift, redo', keyLoupe: 'loupe; there: fit or 1:1', keyZoom: 'zoom in, out',
  keyFlip: 'flip A and B', keyKeys: 'these keys', keyOnlyRow: 'only this row; again: all', keyOnlyColumn: 'only this column; again: all', keyA: 'this frame is A', keyCompare: 'compare A with this frame', keySwap: 'swap A and B', keySurvey: 'survey, up to 9', keyAlone: 'move one alone',
  keyRange: 'pick up to here', keyDrag: 'pick every frame crossed', keyAll: 'pick all shown', keyOrder: 'earlier, later in order', keyContinue: 'Continue with the picks',
  shiftClick: 'Shift click', drag: 'drag', shiftDrag: 'Shift drag',
  keysFoot: 'Shift goes with every mark key: X, U and the stars too. Keys work while the sheet has focus. On a Mac, Ctrl is ⌘ and Alt is ⌥.',
};

let table = ENGLISH;

/** @param {Record<string, unknown> | undefined} texts of another language; what it lacks stays English */
export function speak(texts) {
  const known = Object.entries(texts ?? {}).filter(([key, text]) => key in ENGLISH && typeof text === 'string');
  table = { ...ENGLISH, .../** @type {Record<string, string>} */ (Object.fromEntries(known)) };
}

/** @param {string} key @param {Record<string, string | number>} [values] */
export const say = (key, values = {}) => fill(table[key] ?? key, values);

/** @param {string} text @param {Record<string, string | number>} values */
export function fill(text, values) {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g, (whole, name, one, many) => {
    if (!(name in values)) return whole;
    if (one === undefined) return String(values[name]);
    return Number(values[name]) === 1 ? one : many;
  });
}

/** Prompts and seeds to one Sweep Sampler and its sheet. */
export const oneSampler = () => ({
  1: { class_type: 'Loader', inputs: {} },
  3: {
    class_type: 'ProofsheetSeedSweep',
    inputs: { seed: 1001, count: 4, mode: 'consecutive', list: '' },
  },
  4: {
    class_type: 'ProofsheetPromptBatch',
    inputs: { prompts: 'a\nb', negative: '', template: '{prompt}, ink' },
  },
  5: { class_type: 'CLIPTextEncode', inputs: { clip: ['1', 1], text: ['4', 0] } },
  7: {
    class_type: 'ProofsheetSweepSampler',
    inputs: { model: ['1', 0], positive: ['5', 0], seed: ['3', 0], steps: 20 },
  },
  8: {
    class_type: 'ProofsheetContactSheet',
    inputs: { frames: ['7', 0], picks: '', when_empty: 'hold' },
  },
  9: { class_type: 'SaveImage', inputs: { images: ['8', 1] } },
  10: { class_type: 'SaveImage', inputs: { images: ['1', 2] } },
});

/** The picks of that sheet made anew by a second stage, with a Sweep and a sheet of its own. */
export const twoStages = () => ({
  ...oneSampler(),
  12: { class_type: 'ProofsheetUnpackFrames', inputs: { frames: ['8', 0] } },
  15: { class_type: 'KSampler', inputs: { model: ['1', 0], latent_image: ['12', 1], seed: 5 } },
  16: { class_type: 'VAEDecode', inputs: { samples: ['15', 0], vae: ['1', 2] } },
  20: { class_type: 'ProofsheetSweep', inputs: { source: ['16', 0], axes: 'seed = 11, 12' } },
  22: { class_type: 'ProofsheetContactSheet', inputs: { frames: ['20', 0], picks: '' } },
});

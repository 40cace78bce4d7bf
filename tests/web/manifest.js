/** A manifest as the server sends it: prompts by seeds. */
export function manifest(prompts, seeds, status = 'done', size = 128) {
  const names = Array.from({ length: prompts }, (_, at) => `prompt ${at + 1}`);
  const numbers = Array.from({ length: seeds }, (_, at) => 1001 + at);
  const frames = names.flatMap((prompt, row) =>
    numbers.map((seed, column) => {
      const number = row * seeds + column + 1;
      const values = { ...(prompts > 1 ? { prompt } : {}), ...(seeds > 1 ? { seed } : {}) };
      return {
        number,
        id: (number * 7919).toString(16).padStart(16, '0'),
        status,
        seed,
        positive: `a ${prompt}`,
        negative: 'fog',
        prompt: row + 1,
        caption: Object.entries(values)
          .map(([name, value]) => (name === 'seed' ? `seed ${value}` : value))
          .join(' · '),
        values,
        labels: {},
        width: size,
        height: size,
        exact: true,
        picked: null,
        error: null,
        row,
        column,
      };
    }),
  );
  return {
    version: 1,
    sweep: `${prompts}x${seeds}`,
    combine: 'every combination',
    rows: prompts,
    columns: seeds,
    constants: { steps: 20, cfg: 7 },
    labels: { steps: '20', cfg: '7.0' },
    axes: [
      { name: 'prompt', labels: names, values: names.map((name) => `a ${name}`) },
      { name: 'seed', labels: numbers.map(String), values: numbers },
    ],
    frames,
    picks: { text: '', ids: [], earlier: [], gone: [] },
    held: false,
  };
}

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { ENGLISH, fill, say, speak } from '../../../web/common/texts.js';

const LOCALES = new URL('../../../locales/', import.meta.url);
const read = (language, file) =>
  JSON.parse(readFileSync(new URL(`${language}/${file}.json`, LOCALES), 'utf8'));
const values = (text) =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map((found) => found[1]))].sort();
const languages = readdirSync(LOCALES);

test('the languages', () =>
  assert.deepEqual(languages.sort(), ['de', 'en', 'es', 'fr', 'ja', 'ko', 'zh']));

for (const language of languages) {
  test(`${language} has every text, with the same values in it`, () => {
    const { proofsheet } = read(language, 'main');
    assert.deepEqual(Object.keys(proofsheet).sort(), Object.keys(ENGLISH).sort());
    for (const [key, text] of Object.entries(proofsheet)) {
      for (const value of values(ENGLISH[key]))
        assert.ok(values(text).includes(value), `${language} ${key}: {${value}} is missing`);
      for (const value of values(text))
        assert.ok(
          values(ENGLISH[key]).includes(value),
          `${language} ${key}: {${value}} is unknown`,
        );
    }
  });

  test(`${language} names the settings`, () => {
    assert.deepEqual(Object.keys(read(language, 'settings')).sort(), [
      'Proofsheet_AutoAdvance',
      'Proofsheet_MaxCells',
      'Proofsheet_StoreGiB',
    ]);
  });

  test(`${language} names the commands as its menus do`, () => {
    const { sweepThis, sweepWidget } = read(language, 'main').proofsheet;
    assert.deepEqual(read(language, 'commands'), {
      Proofsheet_SweepThis: { label: sweepThis },
      Proofsheet_SweepWidget: { label: sweepWidget },
    });
  });
}

test('the English file says what the page says by itself', () =>
  assert.deepEqual(read('en', 'main').proofsheet, ENGLISH));

test('every text the page asks for is there', () => {
  const web = new URL('../../../web/', import.meta.url);
  const asked = readdirSync(web, { recursive: true })
    .filter((name) => name.endsWith('.js'))
    .flatMap((name) =>
      [...readFileSync(new URL(name, web), 'utf8').matchAll(/\bsay\('(\w+)'/g)].map(
        (found) => found[1],
      ),
    );
  assert.deepEqual(
    asked.filter((key) => !(key in ENGLISH)),
    [],
  );
});

test('numbers choose their word', () => {
  assert.equal(fill('{n} {n|pick is|picks are} here', { n: 1 }), '1 pick is here');
  assert.equal(fill('{n} {n|pick is|picks are} here', { n: 2 }), '2 picks are here');
  assert.equal(fill('{unknown} {n}', { n: '<b>' }), '{unknown} <b>');
});

test('a language puts its texts over the English ones', () => {
  speak({ keep: 'Behalten', nonsense: 'x', drop: 7 });
  assert.deepEqual([say('keep'), say('drop')], ['Behalten', 'Drop']);
  speak(undefined);
  assert.equal(say('keep'), 'Keep');
});

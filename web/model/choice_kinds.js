/* What the choices of an input are, by its name: the noun that texts speak of. */

import { figure, say } from '../common/texts.js';

/** @type {Record<string, string>} */
const NOUNS = {
  sampler: 'nounSampler',
  scheduler: 'nounScheduler',
  LoRA: 'nounLora',
  checkpoint: 'nounCheckpoint',
  model: 'nounModel',
  VAE: 'nounVae',
  'text encoder': 'nounEncoder',
  picture: 'nounPicture',
  video: 'nounVideo',
  sound: 'nounSound',
  choice: 'nounChoice',
};
/** @type {[RegExp, string][]} */
const BY_NAME = [
  [/^sampler(_name)?$/, 'sampler'],
  [/^scheduler(_name)?$/, 'scheduler'],
  [/^lora(_name)?(_?\d+)?$/, 'LoRA'],
  [/^ckpt(_name)?$/, 'checkpoint'],
  [/^vae(_name)?$/, 'VAE'],
  [/^(clip|text_encoder)(_name)?(_?\d+)?$/, 'text encoder'],
  [/^(unet|control_net|style_model|gligen|hypernetwork|model|model_patch)_name$/, 'model'],
];
/** @type {[RegExp, string][]} */
const BY_ENDING = [
  [/\.(png|jpe?g|webp|gif|bmp|tiff?|avif|heic|svg)( \[\w+\])?$/i, 'picture'],
  [/\.(mp4|m4v|webm|mkv|mov|avi)( \[\w+\])?$/i, 'video'],
  [/\.(wav|mp3|flac|ogg|opus|m4a|aac)( \[\w+\])?$/i, 'sound'],
];
/** @type {Record<string, string>} what an empty folder was to hold */
const BY_LOADER = { LoadImage: 'picture', LoadImageMask: 'picture', LoadImageOutput: 'picture' };

/** @param {string} classType @param {string} input @param {unknown[]} options
 * @returns {string} one of NOUNS */
export function kindOfChoice(classType, input, options) {
  const named = BY_NAME.find(([name]) => name.test(input));
  if (named) return named[1];
  const ended = BY_ENDING.find(([ending]) => options.some((each) => ending.test(String(each))));
  if (ended) return ended[1];
  return (input === 'image' && BY_LOADER[classType]) || 'choice';
}

/** `3,000 LoRAs`. @param {string} noun @param {number} n */
export const counted = (noun, n) => say(NOUNS[noun] ?? NOUNS.choice, { n: figure(n) });

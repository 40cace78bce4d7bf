import assert from 'node:assert/strict';
import test from 'node:test';
import { counted, kindOfChoice } from '../../../web/model/choice_kinds.js';

for (const [type, input, options, noun] of [
  ['KSampler', 'sampler_name', ['euler'], 'sampler'],
  ['KSampler', 'scheduler', ['normal'], 'scheduler'],
  ['LoraLoader', 'lora_name', [], 'LoRA'],
  ['CR LoRA Stack', 'lora_name_2', [], 'LoRA'],
  ['CheckpointLoaderSimple', 'ckpt_name', ['a.safetensors'], 'checkpoint'],
  ['UNETLoader', 'unet_name', ['a.safetensors'], 'model'],
  ['UpscaleModelLoader', 'model_name', ['a.pth'], 'model'],
  ['VAELoader', 'vae_name', ['a.safetensors'], 'VAE'],
  ['DualCLIPLoader', 'clip_name2', ['a.safetensors'], 'text encoder'],
  ['LoadImage', 'image', ['a.png', 'b.JPG'], 'picture'],
  ['LoadImageOutput', 'image', ['a/b.webp [output]'], 'picture'],
  ['LoadImage', 'image', [], 'picture'],
  ['LoadVideo', 'file', ['a.mp4'], 'video'],
  ['LoadAudio', 'audio', ['a.flac'], 'sound'],
  ['UNETLoader', 'weight_dtype', ['default', 'fp8_e4m3fn'], 'choice'],
  ['ImageScale', 'image', ['yes', 'no'], 'choice'],
  ['Any', 'size', [512, 768], 'choice'],
])
  test(`${type}.${input} is a ${noun}`, () =>
    assert.equal(kindOfChoice(type, input, options), noun));

test('a count with its noun', () => {
  assert.equal(counted('LoRA', 3000), '3,000 LoRAs');
  assert.equal(counted('picture', 1), '1 picture');
  assert.equal(counted('nonsense', 2), '2 choices');
});

"""Trains the demo model from nothing but drawing code. See README.md beside this file.

scene.py       what is in a picture: plain data, its caption, its attributes
paint.py       canvas and pen, measured in cells (one latent pixel, 8 x 8 picture pixels)
light.py       what time and weather do to colours
sky.py         sky, sun, moon, clouds, rain, snow, fog
places.py      the six backgrounds
things.py      the eight things
picture.py     a scene drawn
dataset.py     many pictures, their captions and attributes, on disk
autoencoder.py the VAE, thin;  fit_autoencoder.py, fit_decoder.py its training
denoiser.py    the denoiser and the text encoder;  fit_denoiser.py their training
classifier.py  names a picture's attributes;  evaluate.py uses it on the model
export.py      checkpoints to the weights file
cli.py         one command for each step, and one for all
"""

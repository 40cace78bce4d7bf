from __future__ import annotations

import logging
import random

import comfy.sample
import numpy as np
import pytest
import torch
from pack.nodes.demo import DemoModel
from pack.nodes.host.demo.demo_model import WEIGHTS, fingerprint, load_demo_model
from pack.nodes.host.demo.demo_text import KEY, DemoTokenizer


@pytest.fixture(scope="module")
def demo():
    return load_demo_model()


def encode(clip, text):
    return clip.encode_from_tokens_scheduled(clip.tokenize(text))


def picture(demo, prompt, seed=7, size=(16, 16), steps=8):
    model, clip, vae = demo
    empty = torch.zeros(1, 16, *size)
    noise = comfy.sample.prepare_noise(empty, seed)
    positive, negative = encode(clip, prompt), encode(clip, "")
    arguments = (model, noise, steps, 3.0, "euler", "normal", positive, negative, empty)
    return vae.decode(comfy.sample.sample(*arguments, seed=seed, disable_pbar=True))


def test_the_colour_of_the_prompt_is_the_colour_of_the_picture(demo):
    red = picture(demo, "a big red house in the hills at noon").mean((0, 1, 2))
    blue = picture(demo, "a big blue house in the hills at noon").mean((0, 1, 2))
    assert red[0] > blue[0] and red[2] < blue[2]


@pytest.mark.parametrize("size", [(16, 16), (16, 24), (32, 16), (32, 32), (17, 21)])
def test_other_sizes_come_out_in_their_size(demo, size):
    image = picture(demo, "a boat on the sea", size=size, steps=2)
    assert image.shape == (1, size[0] * 8, size[1] * 8, 3)
    assert torch.isfinite(image).all()


def test_equal_seeds_repeat_and_other_seeds_differ(demo):
    first, again, other = (picture(demo, "a red tent", seed) for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert (first - other).abs().mean() > 0.01


def test_the_vae_gives_a_picture_back(demo):
    vae = demo[2]
    image = picture(demo, "a white castle in the forest at noon")
    again = vae.decode(vae.encode(image))
    assert (again - image).square().mean() < 2e-3


def test_results_need_no_inference_mode_and_carry_no_gradient(demo):
    with torch.inference_mode():
        inside = load_demo_model()
    image = picture(inside, "a yellow balloon", steps=2)
    assert not image.requires_grad
    assert torch.equal(image, picture(demo, "a yellow balloon", steps=2))


def test_loading_leaves_the_global_random_states_alone():
    def states():
        return random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist()

    before = states()
    load_demo_model()
    assert states() == before


def test_emphasis_reaches_the_context(demo):
    clip = demo[1]
    (row,) = clip.tokenize(r"(red:1.5) house \(big\)")[KEY]
    assert [weight for _, weight in row[:3]] == [1.5, 1.0, 1.0]
    plain = encode(clip, "red house")[0][0]
    strong = encode(clip, "(red:1.5) house")[0][0]
    assert torch.allclose(strong[0, 0], plain[0, 0] * 1.5)
    assert torch.equal(strong[0, 1:], plain[0, 1:])


def test_every_prompt_has_the_same_length(demo):
    clip = demo[1]
    lengths = {encode(clip, text)[0][0].shape for text in ("", "a house", "red " * 40)}
    assert len(lengths) == 1


def test_unknown_words_are_named_once(caplog):
    tokenizer = DemoTokenizer()
    with caplog.at_level(logging.WARNING, logger="proofsheet"):
        tokenizer.tokenize_with_weights("a red giraffe and a zebra")
        tokenizer.tokenize_with_weights("another giraffe")
    assert [record.getMessage().count("giraffe") for record in caplog.records] == [1, 0]


def test_words_past_the_length_are_named(caplog):
    with caplog.at_level(logging.WARNING, logger="proofsheet"):
        DemoTokenizer().tokenize_with_weights("red " * 12 + "castle")
    assert "castle" in caplog.text


def test_the_node_gives_model_clip_and_vae_and_counts_by_content(tmp_path):
    schema = DemoModel.define_schema()
    assert [output.display_name for output in schema.outputs] == ["MODEL", "CLIP", "VAE"]
    copy = tmp_path / "copy.safetensors"
    copy.write_bytes(WEIGHTS.read_bytes())
    assert DemoModel.fingerprint_inputs() == fingerprint(copy)
    copy.write_bytes(WEIGHTS.read_bytes()[:-1] + b"x")
    assert DemoModel.fingerprint_inputs() != fingerprint(copy)


def test_the_file_is_small():
    assert WEIGHTS.stat().st_size <= 12_000_000

"""A frame of a batch equals what the host's own KSampler node makes of its recipe alone."""

from __future__ import annotations

import dataclasses

import comfy.sampler_helpers
import comfy.samplers
import nodes
import pytest
import torch
from pack.nodes.host.sampling import batching, noise
from pack.nodes.host.sampling import run as sampling
from pack.nodes.host.sampling.rows import Row

# On latents of unit scale; those of the random UNet are larger. Rounding alone: a single run of
# the Demo Model changes by 1e-5 with a last digit of its noise (dpm_2, four steps).
TOLERANCE = 5e-5
SAID = 2e-5  # of the largest value, in README
SEEDS = (11, 2**63 + 5, 7, 123456789)
SAMPLERS = comfy.samplers.KSampler.SAMPLERS

# What the host's own samplers warn of in single runs as well.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Should have t:UserWarning"),  # torchsde: a last digit
    pytest.mark.filterwarnings("ignore:To copy construct from a tensor:UserWarning"),
    pytest.mark.filterwarnings("ignore:__array_wrap__ must accept:DeprecationWarning"),
]


def conditioning(seed, width=24, tokens=9, **options):
    generator = torch.Generator().manual_seed(seed)
    return [[torch.randn(1, tokens, width, generator=generator), options]]


def empty(*shape):
    return {"samples": torch.zeros(1, *shape)}


def rows(model, latents, *, width=24, **settings):
    """Four rows: two prompts by turns, four seeds."""
    defaults = {
        "steps": 4,
        "cfg": 1.5,  # cfg_pp samplers run away on a random model with more
        "sampler_name": "euler",
        "scheduler": "normal",
        "denoise": 1.0,
    }
    return [
        Row(
            key=f"{i}",
            class_type="KSampler",
            inputs={
                "model": model,
                "positive": conditioning(100 + i % 2, width),
                "negative": conditioning(50, width),
                "latent_image": latents[i % len(latents)],
                "seed": seed,
                **defaults,
                **settings,
            },
        )
        for i, seed in enumerate(SEEDS)
    ]


def changed(row, **inputs):
    return dataclasses.replace(row, inputs={**row.inputs, **inputs})


def alone(row):
    """The host's KSampler node, as a recipe runs it."""
    return nodes.KSampler().sample(**row.inputs)[0]


def in_batches(some, size=4):
    """Every row sampled as `run` would batch it; also how many rows shared its call."""
    found = {}
    for group in batching.groups(some):
        for batch in batching.batches(group, size):
            latents = sampling.sample(batch, lambda *_: None)
            found.update(
                {row.key: (x, len(batch)) for row, [x] in zip(batch, latents, strict=True)}
            )
    return [found[row.key] for row in some]


def assert_exact(some, size=4, tolerance=TOLERANCE, expected=None):
    """`expected`: what each row's node makes of it alone, where that is at hand."""
    made = in_batches(some, size)
    expected = expected or [alone(row) for row in some]
    for row, (latent, _), own in zip(some, made, expected, strict=True):
        assert latent.keys() == own.keys()
        scale = own["samples"].std().item()
        assert scale > 0.01
        difference = (latent["samples"] - own["samples"]).abs().max().item()
        assert difference <= tolerance * max(1, scale), f"row {row.key}: {difference}"
        assert difference <= SAID * own["samples"].abs().max().item()
    return [count for _, count in made]


PROMPTS = ("a red lighthouse by the sea at dusk", "two blue boats on a lake in the snow")


@pytest.fixture(params=["flow", "epsilon"])
def model_rows(request, demo, unet):
    """Makes four rows for the Demo Model with real prompts, or for the UNet with random ones."""
    if request.param == "epsilon":
        return lambda **settings: rows(unet, [empty(4, 8, 8)], **settings)
    model, clip, _ = demo
    encode = nodes.CLIPTextEncode().encode

    def make(**settings):
        settings = {"scheduler": "karras", "cfg": 3.0, **settings}
        some = rows(model, [empty(16, 8, 8)], width=128, **settings)
        prompts = [encode(clip, PROMPTS[i % 2])[0] for i in range(4)]
        negative = encode(clip, "")[0]
        return [
            changed(row, positive=prompt, negative=negative)
            for row, prompt in zip(some, prompts, strict=True)
        ]

    return make


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_every_sampler_of_the_host(model_rows, sampler):
    """In a batch up to rounding, one row at a time to the bit."""
    some = model_rows(sampler_name=sampler)
    expected = [alone(row) for row in some]
    shared = assert_exact(some, expected=expected)
    assert assert_exact(some, size=1, tolerance=0, expected=expected) == [1] * 4
    coupled = noise.step_noise(sampler) is noise.StepNoise.ALONE
    assert shared == [1 if coupled else 4] * 4


@pytest.mark.parametrize("sampler", SAMPLERS)
@pytest.mark.parametrize("case", ["mask", "denoise", "both"])
def test_every_sampler_on_a_picture(unet, sampler, case):
    generator = torch.Generator().manual_seed(1)
    latent = {"samples": torch.randn(1, 4, 8, 8, generator=generator)}
    if case != "denoise":
        latent["noise_mask"] = (torch.arange(64).reshape(1, 1, 8, 8) % 8 > 3).float()
    denoise = 1.0 if case == "mask" else 0.6
    assert_exact(rows(unet, [latent], sampler_name=sampler, denoise=denoise))


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_every_sampler_with_two_latent_sizes(unet, sampler):
    latents = [empty(4, 8, 8), empty(4, 16, 8)]
    shared = assert_exact(rows(unet, latents, sampler_name=sampler, steps=3))
    assert shared == [1 if noise.step_noise(sampler) is noise.StepNoise.ALONE else 2] * 4


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_every_sampler_on_a_video_latent(video, sampler):
    shared = assert_exact(rows(video, [empty(16, 2, 8, 8)], sampler_name=sampler, steps=3))
    assert shared == [1 if noise.step_noise(sampler) is noise.StepNoise.ALONE else 4] * 4


@pytest.mark.parametrize("cfg", [1.0, 0.0, 7.5])
def test_every_cfg(unet, cfg):
    assert_exact(rows(unet, [empty(4, 8, 8)], cfg=cfg, sampler_name="dpmpp_2m_sde"))


def test_rows_of_a_batch_keep_the_noise_of_their_place(unet):
    """As the host's own LatentFromBatch: row k alone is row k of the host's batch."""
    batch = {"samples": torch.zeros(3, 4, 8, 8)}
    cut = [nodes.LatentFromBatch().frombatch(batch, i, 1)[0] for i in range(3)]
    some = rows(unet, cut)[:3]
    assert_exact(some)
    together = nodes.KSampler().sample(
        unet, 11, 4, 1.5, "euler", "normal", conditioning(100), conditioning(50), batch
    )[0]["samples"]
    third = changed(some[2], seed=11)
    difference = (alone(third)["samples"] - together[2:3]).abs().max()
    assert difference < TOLERANCE * together.std()


def test_an_empty_and_a_drawn_latent_do_not_share_a_call(unet):
    drawn = {"samples": torch.randn(1, 4, 8, 8, generator=torch.Generator().manual_seed(2))}
    assert assert_exact(rows(unet, [empty(4, 8, 8), drawn], denoise=0.7)) == [2] * 4


def test_prompts_of_other_lengths_do_not_share_a_call(unet):
    some = rows(unet, [empty(4, 8, 8)])
    some[1] = changed(some[1], positive=conditioning(9, tokens=18))
    assert assert_exact(some) == [3, 1, 3, 3]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"guidance": 3.5}, {"guidance": 4.0}),
        ({"start_percent": 0.0, "end_percent": 0.5}, {}),
        ({"strength": 0.5}, {"strength": 0.6}),
        ({"control": object()}, {"control": object()}),
        ({"attention_mask": torch.ones(1, 9)}, {"attention_mask": torch.zeros(1, 9)}),
        (
            {"reference_latents": [torch.ones(1, 4, 2, 2)]},
            {"reference_latents": [torch.zeros(1, 4, 2, 2)]},
        ),
        ({"unclip_conditioning": []}, {"unclip_conditioning": []}),
        ({"pooled_output": torch.ones(1, 8)}, {"pooled_output": torch.ones(1, 9)}),
        ({"pooled_output": torch.ones(2, 8)}, {"pooled_output": torch.ones(2, 8)}),
    ],
)
def test_conditionings_that_must_not_be_stacked(unet, first, second):
    a, b = rows(unet, [empty(4, 8, 8)])[:2]
    b = changed(b, positive=conditioning(100, **second))
    a = changed(a, positive=conditioning(100, **first))
    assert [len(group) for group in batching.groups([a, b])] == [1, 1]


def test_pooled_outputs_are_stacked_row_by_row():
    pooled = [torch.full((1, 3), float(i)) for i in range(2)]
    both = [conditioning(i, pooled_output=pooled[i], guidance=3.0) for i in range(2)]
    [entry] = batching.stacked([comfy.sampler_helpers.convert_cond(each) for each in both])
    assert entry["cross_attn"].shape == (2, 9, 24)
    assert entry["pooled_output"][:, 0].tolist() == [0.0, 1.0]
    assert entry["guidance"] == 3.0


def test_areas_of_one_prompt_are_stacked_entry_by_entry(unet):
    """Two entries a prompt, each for an area: four rows share a call and stay exact."""
    some = []
    for row in rows(unet, [empty(4, 8, 8)]):
        left = conditioning(int(row.key), area=(8, 4, 0, 0), strength=1.0)
        right = conditioning(int(row.key) + 50, area=(8, 4, 0, 4), strength=0.8)
        some.append(changed(row, positive=left + right))
    assert assert_exact(some) == [4] * 4


@pytest.mark.parametrize(
    ("count", "size", "expected"),
    [
        (4, 8, [4]),
        (12, 8, [6, 6]),
        (9, 4, [3, 3, 3]),
        (10, 4, [4, 3, 3]),
        (1, 1, [1]),
        (5, 2, [2, 2, 1]),
    ],
)
def test_batches_are_even(count, size, expected):
    assert [len(batch) for batch in batching.batches(list(range(count)), size)] == expected


def test_samplers_of_other_packs_run_one_row_at_a_time(monkeypatch):
    import comfy.k_diffusion.sampling as k_sampling

    def sample_theirs(
        model, x, sigmas, extra_args=None, callback=None, disable=None, noise_sampler=None
    ):
        return x

    monkeypatch.setattr(k_sampling, "sample_theirs", sample_theirs, raising=False)
    assert noise.step_noise("theirs") is noise.StepNoise.ALONE
    assert noise.step_noise("never_heard_of") is noise.StepNoise.ALONE


def test_no_sampler_of_the_host_is_needlessly_alone():
    lonely = {name for name in SAMPLERS if noise.step_noise(name) is noise.StepNoise.ALONE}
    assert lonely == {"dpm_adaptive"}


def test_prompts_and_seeds_matter_to_the_models_of_these_tests(unet, video):
    """Or equal rows would prove nothing."""
    for model, shape in ((unet, (4, 8, 8)), (video, (16, 2, 8, 8))):
        first, second = rows(model, [empty(*shape)])[:2]
        other_seed = changed(first, seed=second.seed)
        other_prompt = changed(first, positive=second.inputs["positive"])
        base = alone(first)["samples"]
        for other in (other_seed, other_prompt):
            assert (alone(other)["samples"] - base).abs().max() > 1000 * TOLERANCE * base.std()

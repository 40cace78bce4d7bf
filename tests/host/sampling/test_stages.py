"""A row of every stock sampler node equals what the host's own node returns for it alone."""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager

import comfy.sample
import comfy.samplers
import comfy_extras.nodes_custom_sampler as custom
import nodes
import pytest
import torch
from comfy.nested_tensor import NestedTensor
from pack.nodes.core.plan.chunks import STAGES
from pack.nodes.host.sampling import batching
from pack.nodes.host.sampling import run as sampling
from pack.nodes.host.sampling.rows import Row

TOLERANCE = 2e-5  # of the largest latent
SAMPLERS = ["euler", "euler_ancestral", "dpmpp_2m_sde"]
KINDS = ["KSampler", "KSamplerAdvanced", "SamplerCustom", "basic", "cfg", "dual", "dual nested"]
READS_NESTED_MASKS = hasattr(comfy.sample, "prepare_empty_noise")

pytestmark = [
    pytest.mark.filterwarnings("ignore:Should have t:UserWarning"),  # torchsde: a last digit
    pytest.mark.filterwarnings("ignore:To copy construct from a tensor:UserWarning"),
    pytest.mark.filterwarnings("ignore:__array_wrap__ must accept:DeprecationWarning"),
]


def random(seed, *shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def conditioning(seed, **options):
    return [[random(seed, 1, 9, 24), options]]


def output(node, *inputs):
    """The one output of a node of the newer kind."""
    return node.execute(*inputs).result[0]


def guider(kind, model, prompt):
    positive, negative = conditioning(prompt), conditioning(50)
    if kind == "basic":
        return output(custom.BasicGuider, model, positive)
    if kind == "cfg":
        return output(custom.CFGGuider, model, positive, negative, 1.5)
    style = "nested" if "nested" in kind else "regular"
    settings = (conditioning(prompt + 1), negative, 1.5, 1.2, style)
    return output(custom.DualCFGGuider, model, positive, *settings)


def row(kind, model, latent, *, seed, prompt, sampler="euler", steps=4, denoise=1.0):
    """A stage as a graph has it, its sampler named by a KSamplerSelect."""
    key = f"{kind} {seed} {prompt}"
    common = {"model": model, "latent_image": latent, "cfg": 1.5}
    common |= {"positive": conditioning(prompt), "negative": conditioning(50)}
    schedule = {"steps": steps, "sampler_name": sampler, "scheduler": "normal"}
    if kind == "KSampler":
        inputs = {**common, **schedule, "seed": seed, "denoise": denoise}
        return Row(key, kind, inputs)
    if kind == "KSamplerAdvanced":
        start = steps - round(steps * denoise)
        inputs = {**common, **schedule, "noise_seed": seed, "add_noise": "enable"}
        inputs |= {"start_at_step": start, "end_at_step": 10000}
        return Row(key, kind, {**inputs, "return_with_leftover_noise": "disable"})
    made = {
        "sampler": output(custom.KSamplerSelect, sampler),
        "sigmas": output(custom.BasicScheduler, model, "normal", steps, denoise),
    }
    if kind == "SamplerCustom":
        return Row(key, kind, {**common, **made, "noise_seed": seed, "add_noise": True}, sampler)
    noise, own = output(custom.RandomNoise, seed), guider(kind, model, prompt)
    inputs = {**made, "noise": noise, "guider": own, "latent_image": latent}
    return Row(key, "SamplerCustomAdvanced", inputs, sampler)


def rows(kind, model, latent, **settings):
    """Two prompts by two seeds."""
    return [
        row(kind, model, latent, seed=seed, prompt=prompt, **settings)
        for prompt in (100, 200)
        for seed in (11, 2**63 + 5)
    ]


def changed(some, **inputs):
    return dataclasses.replace(some, inputs={**some.inputs, **inputs})


CLASSES = {
    "KSampler": nodes.KSampler,
    "KSamplerAdvanced": nodes.KSamplerAdvanced,
    "SamplerCustom": custom.SamplerCustom,
    "SamplerCustomAdvanced": custom.SamplerCustomAdvanced,
}


def alone(some):
    """What the host's node returns."""
    node = CLASSES[some.class_type]
    if hasattr(node, "execute"):
        return node.execute(**some.inputs).result
    return node().sample(**some.inputs)


def made(some, size=0):
    found = list(sampling.made(some, size, lambda *_: None, lambda _row: False))
    assert [result.error for result in found] == [None] * len(some)
    by_key = {result.row.key: result for result in found}
    return [by_key[each.key] for each in some]


def parts(value):
    return value.unbind() if value.is_nested else [value]


def assert_same(found, expected, tolerance):
    assert len(found) == len(expected)
    for own, other in zip(found, expected, strict=True):
        assert own.keys() == other.keys()
        assert own["samples"].is_nested == other["samples"].is_nested
        for a, b in zip(parts(own["samples"]), parts(other["samples"]), strict=True):
            assert (a.shape, a.dtype, a.device) == (b.shape, b.dtype, b.device)
            assert (a - b).abs().max() <= tolerance * b.abs().max()


def assert_exact(some, size=0, *, shared=4, expected=None):
    """`expected`: what each row's node returns for it alone, where that is at hand."""
    results = made(some, size)
    assert [result.batch_rows for result in results] == [shared] * len(some)
    expected = expected or [alone(each) for each in some]
    for result, own in zip(results, expected, strict=True):
        assert_same(result.outputs, own, 0 if shared == 1 else TOLERANCE)
    # Or equal rows would prove nothing.
    first = parts(expected[0][0]["samples"])[0]
    assert all(not torch.equal(first, parts(own[0]["samples"])[0]) for own in expected[1:])


def assert_exact_both_ways(some):
    """In a batch up to rounding, one row at a time to the bit."""
    expected = [alone(each) for each in some]
    assert_exact(some, expected=expected)
    assert_exact(some, 1, shared=1, expected=expected)


def empty():
    return {"samples": torch.zeros(1, 4, 8, 8)}


def drawn(**more):
    return {"samples": random(3, 1, 4, 8, 8), **more}


def masked():
    mask = (torch.arange(64).reshape(1, 8, 8) % 8 > 3).float()
    return drawn(noise_mask=mask, batch_index=[2], note="kept")


def picture_and_sound(**more):
    return {"samples": NestedTensor([random(4, 1, 4, 6, 6), random(5, 1, 4, 10)]), **more}


@contextmanager
def forwards(model):
    """How many rows each call of the model had."""
    seen = []

    def note(_module, given):
        x = given[0]
        seen.append((x[0] if isinstance(x, list) else x).shape[0])

    hook = model.model.diffusion_model.register_forward_pre_hook(note)
    try:
        yield seen
    finally:
        hook.remove()


def test_every_stock_sampler_node_is_a_stage():
    assert CLASSES.keys() == STAGES


@pytest.mark.parametrize("sampler", SAMPLERS)
@pytest.mark.parametrize("kind", KINDS)
class TestEveryStage:
    def test_prompts_and_seeds(self, unet, kind, sampler):
        assert_exact_both_ways(rows(kind, unet, empty(), sampler=sampler))

    def test_part_of_a_masked_picture(self, unet, kind, sampler):
        assert_exact_both_ways(rows(kind, unet, masked(), sampler=sampler, denoise=0.5))

    def test_a_nested_latent(self, pair, kind, sampler):
        assert_exact_both_ways(rows(kind, pair, picture_and_sound(), sampler=sampler))

    @pytest.mark.skipif(not READS_NESTED_MASKS, reason="this host reads no mask of a nested latent")
    def test_a_masked_nested_latent(self, pair, kind, sampler):
        masks = NestedTensor([torch.ones(1, 1, 6, 6), (torch.arange(10) > 4).float()[None, None]])
        latent = picture_and_sound(noise_mask=masks)
        assert_exact(rows(kind, pair, latent, sampler=sampler))


@pytest.mark.parametrize(
    ("kind", "sides"), [("KSampler", 2), ("SamplerCustom", 2), ("basic", 1), ("dual", 3)]
)
def test_the_model_really_sees_all_rows_at_once(unet, pair, kind, sides):
    for model, latent in ((unet, empty()), (pair, picture_and_sound())):
        with forwards(model) as seen:
            made(rows(kind, model, latent))
        assert seen == [4 * sides] * 4


# ---- KSamplerAdvanced


@pytest.mark.parametrize("leftover", ["enable", "disable"])
@pytest.mark.parametrize(
    ("start", "end"), [(0, 10000), (0, 2), (2, 10000), (1, 3), (0, 0), (3, 2), (9, 10000), (3, 4)]
)
def test_every_part_of_a_schedule(unet, start, end, leftover):
    part = {"start_at_step": start, "end_at_step": end, "return_with_leftover_noise": leftover}
    some = [changed(each, **part) for each in rows("KSamplerAdvanced", unet, drawn())]
    for size in (0, 1):
        for result, each in zip(made(some, size), some, strict=True):
            assert_same(result.outputs, alone(each), TOLERANCE if size == 0 else 0)


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_leftover_noise_is_taken_up_by_the_next_stage(unet, sampler):
    def stages(sample):
        first = {"end_at_step": 2, "return_with_leftover_noise": "enable"}
        some = rows("KSamplerAdvanced", unet, empty(), sampler=sampler)
        halves = sample([changed(each, **first) for each in some])
        rest = {"add_noise": "disable", "start_at_step": 2}
        return sample(
            [
                changed(each, latent_image=half, **rest)
                for each, [half] in zip(some, halves, strict=True)
            ]
        )

    found = stages(lambda some: [result.outputs for result in made(some)])
    for own, expected in zip(found, stages(lambda some: list(map(alone, some))), strict=True):
        assert_same(own, expected, TOLERANCE)


def test_what_a_node_does_not_declare_is_no_setting(unet, pair):
    advanced = rows("KSamplerAdvanced", unet, drawn())
    guided = rows("cfg", unet, drawn())
    for some, more in ((advanced, {"denoise": 0.2}), (guided, {"model": pair, "add_noise": False})):
        plain, extended = made(some), made([changed(each, **more) for each in some])
        for one, other in zip(plain, extended, strict=True):
            assert_same(one.outputs, other.outputs, 0)


# ---- what is given to a custom stage


@pytest.mark.parametrize("kind", ["SamplerCustom", "cfg"])
def test_no_noise(unet, pair, kind):
    off = {"add_noise": False} if kind == "SamplerCustom" else {"noise": custom.Noise_EmptyNoise()}
    sampler = "euler_ancestral" if kind == "SamplerCustom" else "euler"
    some = [changed(each, **off) for each in rows(kind, unet, drawn(), sampler=sampler)]
    for result, each in zip(made(some), some, strict=True):
        assert result.batch_rows == 4
        assert_same(result.outputs, alone(each), TOLERANCE)


def test_rows_with_and_without_noise_share_a_call(unet):
    some = rows("cfg", unet, drawn(), sampler="euler_ancestral")
    some[1] = changed(some[1], noise=output(custom.DisableNoise))
    assert_exact(some)


def test_other_sigmas_do_not_share_a_call(unet):
    some = rows("cfg", unet, empty())
    some[1] = changed(some[1], sigmas=some[1].inputs["sigmas"] * 0.9)
    some[2] = changed(some[2], sigmas=some[2].inputs["sigmas"][:-1])
    assert [result.batch_rows for result in made(some)] == [2, 1, 1, 2]


@pytest.mark.parametrize("count", [0, 1])
def test_no_step_leaves_the_latent_as_the_node_does(unet, count):
    for kind in ("SamplerCustom", "cfg"):
        some = rows(kind, unet, masked())
        some = [changed(each, sigmas=each.inputs["sigmas"][:count]) for each in some]
        for result, each in zip(made(some), some, strict=True):
            assert_same(result.outputs, alone(each), TOLERANCE)


SAMPLER_OBJECTS = {
    "lms": (custom.SamplerLMS, (3,), 4),
    "euler_ancestral": (custom.SamplerEulerAncestral, (0.7, 0.9), 4),
    "dpmpp_sde": (custom.SamplerDPMPP_SDE, (0.8, 1.1, 0.4, "cpu"), 4),
    "dpmpp_2m_sde": (custom.SamplerDPMPP_2M_SDE, ("midpoint", 0.8, 1.1, "cpu"), 4),
    "dpm_adaptive": (custom.SamplerDPMAdaptative, (3, 0.5, 0.8, 0.5, 0, 1, 0, 0.8, 0, 1), 1),
}


@pytest.mark.parametrize("name", SAMPLER_OBJECTS)
def test_a_sampler_object_of_all_rows(unet, name):
    node, settings, shared = SAMPLER_OBJECTS[name]
    sampler = output(node, *settings)
    some = rows("cfg", unet, empty())
    assert_exact([unnamed(each, sampler) for each in some], shared=shared)


def unnamed(some, sampler):
    return dataclasses.replace(changed(some, sampler=sampler), sampler_name=None)


def test_equal_sampler_objects_of_their_own_do_not_share_a_call(unet):
    some = rows("cfg", unet, empty())
    some = [unnamed(each, output(custom.SamplerLMS, 3)) for each in some]
    assert [len(group) for group in batching.groups(some)] == [1] * 4


class Other(comfy.samplers.KSAMPLER):
    pass


@pytest.mark.parametrize(
    "sampler",
    [
        comfy.samplers.ksampler("euler", {"s_churn": 1.0}),
        comfy.samplers.ksampler("er_sde", {"noise_scaler": lambda x: x}),
        comfy.samplers.KSAMPLER(lambda model, x, sigmas, **_: x),
        Other(comfy.samplers.ksampler("euler").sampler_function),
        object(),
    ],
)
def test_a_sampler_object_that_nobody_knows_has_its_rows_to_itself(unet, sampler):
    some = [unnamed(each, sampler) for each in rows("cfg", unet, empty())]
    assert [len(group) for group in batching.groups(some)] == [1] * 4


def test_ddim_draws_outside_a_mask_for_one_row_at_a_time(unet):
    assert_exact(rows("cfg", unet, masked(), sampler="ddim"), shared=1)
    assert_exact(rows("cfg", unet, drawn(), sampler="ddim"))


class OtherGuider(comfy.samplers.CFGGuider):
    pass


class OtherNoise(custom.Noise_RandomNoise):
    pass


def test_guiders_and_noises_of_other_packs_have_their_rows_to_themselves(unet):
    def guided(each):
        other = OtherGuider(unet)
        other.set_conds(conditioning(100), conditioning(50))
        return changed(each, guider=other)

    some = rows("cfg", unet, empty())
    assert_exact([changed(each, noise=OtherNoise(i)) for i, each in enumerate(some)], shared=1)
    some = [guided(each) for each in some]
    assert [result.batch_rows for result in made(some)] == [1] * 4
    assert_same(made(some)[1].outputs, alone(some[1]), 0)


def test_other_settings_of_a_guider_do_not_share_a_call(unet):
    some = rows("dual", unet, empty())
    some[1].inputs["guider"].set_cfg(2.0, 1.2)
    some[2].inputs["guider"].set_cfg(1.5, 1.2, nested=True)
    assert [len(group) for group in batching.groups(some)] == [2, 1, 1]


# ---- latents


@pytest.mark.parametrize("kind", KINDS)
def test_a_latent_of_several_rows_stays_one_call(unet, kind):
    latent = {"samples": torch.zeros(3, 4, 8, 8)}
    assert_exact(rows(kind, unet, latent, sampler="euler_ancestral"), shared=1)


@pytest.mark.parametrize("kind", ["KSampler", "SamplerCustom", "cfg"])
def test_what_an_empty_latent_says_of_its_scale(unet, kind):
    hints = {"downscale_ratio_spacial": 16, "downscale_ratio_temporal": 4, "other": 1}
    assert_exact(rows(kind, unet, {"samples": torch.zeros(1, 16, 4, 4), **hints}))


def test_masks_of_a_video_are_stacked_where_they_are_the_same(video):
    def latent(edge):
        mask = (torch.arange(8) > edge).float().expand(1, 1, 2, 8, 8)
        return {"samples": random(3, 1, 16, 2, 8, 8), "noise_mask": mask}

    some = rows("KSampler", video, latent(3), steps=2)
    assert_exact(some)
    some[1] = changed(some[1], latent_image=latent(4))
    assert [len(group) for group in batching.groups(some)] == [3, 1]
    flat = {**latent(3), "noise_mask": latent(3)["noise_mask"][:, 0]}
    assert_exact([changed(each, latent_image=flat) for each in some], shared=1)


def test_parts_of_other_lengths_do_not_share_a_call(pair):
    some = rows("cfg", pair, picture_and_sound())
    longer = NestedTensor([random(4, 1, 4, 6, 6), random(5, 1, 4, 12)])
    some[1] = changed(some[1], latent_image={"samples": longer})
    assert [len(group) for group in batching.groups(some)] == [3, 1]


def test_a_row_that_is_given_nonsense_fails_by_itself(unet):
    some = rows("cfg", unet, empty())
    some[1] = changed(some[1], latent_image=None)
    some[2] = changed(some[2], sigmas="none")
    results = sampling.made(some, 0, lambda *_: None, lambda _row: False)
    found = {result.row.key: result for result in results}
    assert [found[each.key].error is None for each in some] == [True, False, False, True]


# ---- the host's own models of video and sound


@pytest.mark.parametrize("is_masked", [False, True])
@pytest.mark.parametrize("sampler", SAMPLERS)
def test_video_with_sound_by_ltx(ltx, sampler, is_masked):
    latent = {"samples": NestedTensor([torch.zeros(1, 128, 2, 3, 3), torch.zeros(1, 8, 5, 16)])}
    if is_masked:
        first_frame = torch.arange(2.0).reshape(1, 1, 2, 1, 1).expand(1, 1, 2, 3, 3)
        latent["noise_mask"] = NestedTensor([first_frame, torch.ones(1, 8, 5, 16)])
    some = [
        changed(each, positive=[[30 * each.inputs["positive"][0][0], {"frame_rate": 25}]])
        for each in rows("KSampler", ltx, latent, sampler=sampler)
    ]
    assert_exact(some)
    one, other = (alone(each)[0]["samples"].unbind()[0] for each in (some[0], some[2]))
    assert (one - other).abs().max() > 20 * TOLERANCE * one.abs().max()  # the prompts matter


def test_video_with_sound_by_minimax_takes_one_row_a_call(minimax):
    latent = {"samples": NestedTensor([torch.zeros(1, 24, 2, 4, 4), torch.zeros(1, 32, 2, 5)])}
    assert_exact(rows("cfg", minimax, latent), shared=1)

"""Whatever stands above a Sweep: each frame is what its own run makes, and batches are batches."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from graphs import SEED, STAGES, TEXT, ids, latent, plain, swept, video, write_lora
from sweeps import SAMPLER, Calls, assert_recipe_runs, node, of_ksampler, run, sweep

PROMPTS = ("a red house by the sea", "two white boats, (fog:1.2)")
SEEDS = (11, 2**53 + 7)
CELLS = list(itertools.product(PROMPTS, SEEDS))
SAMPLERS = ("euler", "euler_ancestral", "dpmpp_2m_sde")
BOUND = 2e-5  # of the largest latent


@pytest.fixture(scope="module", autouse=True)
def lora(server):
    write_lora(server)


def stock(server, graph, sampler):
    """The latents of each cell's own run, one POST each, and the forwards that the first took."""
    calls = Calls(server)
    found, forwards = [], 0
    for text, seed in CELLS:
        prompt = graph(text, seed, sampler)
        saved = prompt["end"]["inputs"]["samples"]
        prompt["end"] = node("SaveLatent", samples=saved, filename_prefix="stock/latent")
        [reference] = server.run(prompt)["outputs"]["end"]["latents"]
        found.append(latent(server.view(reference)))
        forwards = forwards or calls.kinds["forward"]
    return found, forwards


def made(server, graph, sampler, batch_size):
    prompt = graph(TEXT, SEED, sampler)
    swept_graph = swept(
        prompt, "\n".join(PROMPTS), ", ".join(map(str, SEEDS)), batch_size=batch_size
    )
    manifest, calls = run(server, swept_graph)
    return manifest["frames"], calls


def differences(server, frames, expected):
    latents = [latent(server.view(frame["latent"])) for frame in frames]
    return [
        float(np.abs(a - b).max() / np.abs(b).max()) for a, b in zip(latents, expected, strict=True)
    ]


@pytest.mark.parametrize("sampler", SAMPLERS)
@pytest.mark.parametrize("graph", STAGES, ids=lambda graph: graph.__name__)
def test_every_frame_is_what_its_own_run_makes(server, graph, sampler):
    expected, forwards = stock(server, graph, sampler)
    assert len({each.tobytes() for each in expected}) == 4
    frames, calls = made(server, graph, sampler, batch_size=0)
    assert [(f["positive"], f["seed"]) for f in frames] == CELLS
    assert max(differences(server, frames, expected)) <= BOUND
    assert calls.samples == [4] * STAGES[graph]
    assert calls.kinds["forward"] == forwards > 1  # four rows at once: as many as for one
    strict, calls = made(server, graph, sampler, batch_size=1)
    assert [f["id"] for f in strict] == [f["id"] for f in frames]
    assert differences(server, strict, expected) == [0] * 4
    assert calls.kinds["forward"] == 4 * forwards


STOCK = [graph for graph in STAGES if graph is not video]


@pytest.mark.parametrize("graph", STOCK, ids=lambda graph: graph.__name__)
def test_the_bare_host_makes_every_recipe_into_the_same_picture(server, bare_server, graph):
    write_lora(bare_server)
    frames, _ = made(server, graph, "euler_ancestral", batch_size=0)
    for frame in frames:
        assert frame["exact"]
        assert_recipe_runs(server, frame, on=bare_server)


def test_a_batch_inside_the_graph_is_one_frame_of_several_pictures(server):
    """As its own run makes it: the rows of a batch are for a Sweep Sampler to spread."""
    graph = plain("two barns", SEED, "euler_ancestral")
    graph["e"]["inputs"]["batch_size"] = 2
    manifest, _ = run(server, swept(graph, seeds="1, 2"))
    assert len(manifest["frames"]) == 2
    for frame, seed in zip(manifest["frames"], (1, 2), strict=True):
        alone = {**graph, "s": {**graph["s"], "inputs": {**graph["s"]["inputs"], "seed": seed}}}
        alone["end"] = node("SaveLatent", samples=["s", 0], filename_prefix="stock/latent")
        [reference] = server.run(alone)["outputs"]["end"]["latents"]
        found = latent(server.view(frame["latent"]))
        assert found.shape[0] == 2
        assert (found == latent(server.view(reference))).all()


def test_sweep_and_sweep_sampler_give_the_same_frames(server):
    """What one has made the other finds, whatever the names of the nodes and their order."""
    prompts = "a red lake\na blue lake"
    first, _ = run(server, sweep(prompts))
    graph = {
        "end": node("VAEDecode", samples=["99", 0], vae=["1", 2]),
        "99": node("KSampler", **of_ksampler(SAMPLER)),
        **{n: each for n, each in sweep(prompts).items() if n in ("1", "3", "4", "5")},
    }
    second, calls = run(server, swept(graph, prompts, "500-502"))
    assert ids(second) == ids(first)
    assert calls.lines == []
    assert [a["name"] for a in second["axes"]] == [a["name"] for a in first["axes"]]


def test_a_value_has_one_id_however_it_comes(server):
    """Typed, over a link from an axis, over a link from a primitive, by address."""
    typed = swept(plain("a castle", 7, "euler"))
    [expected] = ids(run(server, typed)[0])
    linked = swept(plain(TEXT, SEED, "euler"), "a castle", "7")
    primitive = swept(plain(["i", 0], ["j", 0], "euler"))
    primitive["i"] = node("PrimitiveString", value="a castle")
    primitive["j"] = node("PrimitiveInt", value=7)
    lines = 'p.text = "a castle"\nKSampler.seed = 7\ncfg = 3'
    addressed = swept(plain("x", 1, "euler"), axes=lines.replace("p.text", "#p.text"))
    for prompt in (linked, primitive, addressed):
        assert ids(run(server, prompt)[0]) == [expected]

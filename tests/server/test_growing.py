"""Sweeps that grow, stop, fail and are planned: only what is new is made, and nothing is lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from graphs import SEED, TEXT, hires, ids, ksampler, plain, swept
from rig.server import RunFailed, link_folder
from sweeps import (
    SHEET,
    Calls,
    assert_recipe_runs,
    manifest_of,
    node,
    recipe_of,
    run,
    wait_for_frames,
)

FAULTS = Path(__file__).with_name("packs") / "faults"

THREE = "a red tower\na blue tower\na green tower"
TWO = THREE.rpartition("\n")[0]


def statuses(manifest):
    return [frame["status"] for frame in manifest["frames"]]


def test_a_grown_sweep_of_two_stages_makes_only_the_new_cells(server):
    graph = hires(TEXT, SEED, "euler")
    first, calls = run(server, swept(graph, TWO, "1, 2"))
    assert calls.rows == 2 * 4
    grown, calls = run(server, swept(graph, THREE, "1, 2, 3"))
    assert calls.rows == 2 * 5
    assert [grown["frames"][at]["id"] for at in (0, 1, 3, 4)] == ids(first)
    again, calls = run(server, swept(graph, THREE, "1, 2, 3", columns=2))
    assert ids(again) == ids(grown)
    assert calls.lines == []


def test_a_killed_server_goes_on_where_it_was_and_then_loads_nothing(new_server):
    server = new_server()
    server.start()
    prompt = swept(hires(TEXT, SEED, "euler"), THREE, "1, 2, 3", batch_size=1)
    (server.output / "hold").write_text("7")  # samplings: four first stages, and three cells
    server.queue(prompt)
    kept = wait_for_frames(server, 3)
    server.kill()
    (server.output / "hold").unlink()
    server.start()
    manifest, calls = run(server, prompt)
    assert calls.rows == 2 * (9 - kept)
    assert statuses(manifest) == ["done"] * 9
    server.kill()
    server.start()
    calls = Calls(server)
    server.run(prompt)
    assert calls.lines == []


def test_equal_first_stages_run_once(server):
    graph = hires("a white tower", SEED, "euler")
    graph["t"]["inputs"]["seed"] = ["w", 0]
    graph["w"] = node("ProofsheetSeedSweep", seed=0, count=3, mode="list", list="7, 8, 9")
    manifest, calls = run(server, swept(graph, seeds="1, 2"))
    assert len(set(ids(manifest))) == 6
    assert calls.samples == [2, 6]
    assert_recipe_runs(server, manifest["frames"][5])


def test_what_a_frame_took_counts_all_its_stages(server, told):
    """More of its kind are estimated by it."""
    graph = hires("a quiet tower", SEED, "ipndm")
    calls = Calls(server)
    told("hold", "0")
    queued = server.queue(swept(graph, seeds="1"))
    while not calls.samples:
        time.sleep(0.05)
    time.sleep(1)
    (server.output / "hold").unlink()
    server.wait(queued)
    manifest, calls = run(server, swept(graph, seeds="1, 2", make="none"))
    assert calls.lines == []
    assert manifest["estimate"]["missing"] == 1
    assert manifest["estimate"]["seconds"] > 1


# ---- what fails


@pytest.fixture
def told(server):
    """Tells a pack of the server's something, as long as a test runs."""
    files = []

    def tell(name, text):
        files.append(server.output / name)
        files[-1].write_text(text)

    yield tell
    for file in files:
        file.unlink(missing_ok=True)


def picky(text):
    """A foreign node that may fail stands between the stages."""
    graph = hires(text, SEED, "euler")
    graph["x"] = node("VAEDecode", samples=["s", 0], vae=["m", 2])
    graph["y"] = {**node("ForeignPicky", image=["x", 0], text=text), "_meta": {"title": "Critic"}}
    graph["u"] = node("VAEEncode", pixels=["y", 0], vae=["m", 2])
    return graph


def test_a_foreign_node_that_fails_fails_its_cells_only(server, told):
    prompt = swept(picky(TEXT), THREE, "1, 2")
    told("dislike", "a blue tower")
    manifest, calls = run(server, prompt)
    assert statuses(manifest) == ["done"] * 2 + ["failed"] * 2 + ["done"] * 2
    errors = {frame["error"] for frame in manifest["frames"][2:4]}
    assert errors == {"Critic (node y): no a blue tower here"}
    assert calls.rows == 6 + 4
    told("dislike", "")
    manifest, calls = run(server, prompt)
    assert statuses(manifest) == ["done"] * 6
    assert calls.rows == 2 * 2


def test_a_sweep_of_which_nothing_could_be_made_fails(server, told):
    told("dislike", "a grey tower")
    with pytest.raises(RunFailed, match=r"None of the 2 frames.*Critic \(node y\): no a grey"):
        server.run(swept(picky("a grey tower"), seeds="1, 2"))


def test_a_node_that_no_axis_reaches_is_blamed_by_the_host(server, told):
    told("dislike", "a black tower")
    graph = plain("a boat", SEED, "euler")
    graph["e"] = node("VAEEncode", pixels=["y", 0], vae=["m", 2])
    graph["x"] = node("EmptyImage", width=64, height=64, batch_size=1, color=0)
    graph["y"] = node("ForeignPicky", image=["x", 0], text="a black tower")
    with pytest.raises(RunFailed, match=r"node y \(ForeignPicky\): no a black tower here"):
        server.run(swept(graph, seeds="1, 2"))


def test_a_node_that_runs_out_of_memory_is_tried_again_once(server, told):
    graph = plain("a violet tower", SEED, "euler")
    graph["y"] = node("ForeignHungry", image=["end", 0])
    told("hungry", "1")
    manifest, calls = run(server, swept(graph, seeds="1, 2", source=["y", 0]))
    assert statuses(manifest) == ["done"] * 2
    told("hungry", "2")
    manifest, calls = run(server, swept(graph, seeds="3, 4", source=["y", 0]))
    assert statuses(manifest) == ["failed", "done"]
    assert manifest["frames"][0]["error"].startswith("ForeignHungry (node y): ")
    assert calls.rows == 2


def test_batches_halve_when_memory_runs_out(new_server):
    """The first call of four rows fails, and one of two; the next stage tries four again."""
    server = new_server()
    faults = server.base / "custom_nodes" / "faults"
    faults.parent.mkdir(parents=True, exist_ok=True)
    link_folder(faults, FAULTS)
    server.start()
    order = '[{"at": "sample", "first": 1, "count": 2, "kind": "memory"}]'
    (server.base / "user" / "faults.json").write_text(order)
    graph = hires(TEXT, SEED, "euler")
    manifest, calls = run(server, swept(graph, TWO, "1, 2"))
    assert statuses(manifest) == ["done"] * 4
    assert calls.samples == [4, 2, 1, 1, 1, 1, 4]


def test_an_interrupt_keeps_what_is_done(server, told):
    prompt = swept(hires(TEXT, SEED, "euler"), "a tall tower\na low tower", "1, 2", batch_size=1)
    store = server.output / "proofsheet" / "store"
    before = len(list(store.glob("*/*.png")))
    told("hold", "6")  # samplings: the first stages of a chunk of four, then two cells
    prompt_id = server.queue(prompt)
    wait_for_frames(server, before + 2)
    server.interrupt()
    entry = server.wait(prompt_id)
    assert "execution_interrupted" in [kind for kind, _ in entry["status"]["messages"]]
    (server.output / "hold").unlink()
    made = len(list(store.glob("*/*.png"))) - before
    assert 2 <= made < 4
    manifest, calls = run(server, prompt)
    assert statuses(manifest) == ["done"] * 4
    assert calls.rows == 2 * (4 - made)


# ---- which cells may be made


def test_make(server):
    def made(make):
        manifest, calls = run(server, swept(graph, "a gold tower\na tin tower", "1, 2", make=make))
        return [*map(int, [s == "done" for s in statuses(manifest)])], calls

    graph = hires(TEXT, SEED, "euler")
    graph["s"]["inputs"]["cfg"] = ["v", 0]
    graph["v"] = node("ProofsheetValues", values="2, 3", type="float")
    plan, calls = run(server, swept(graph, "a gold tower\na tin tower", "1, 2", make="none"))
    assert statuses(plan) == ["missing"] * 8 and calls.lines == []
    assert plan["estimate"]["missing"] == 8
    done, calls = made("1-2")
    assert done == [1, 1, 0, 0, 0, 0, 0, 0] and calls.rows == 4
    done, calls = made(f"#{ids(plan)[5]}")
    assert done == [1, 1, 0, 0, 0, 1, 0, 0] and calls.rows == 2
    done, calls = made("cfg=2")
    assert done == [1, 1, 0, 0, 1, 1, 0, 0] and calls.rows == 2
    done, calls = made("prompt=2, !seed=1")
    assert done == [1, 1, 0, 0, 1, 1, 0, 1] and calls.rows == 2
    done, calls = made("none")
    assert done == [1, 1, 0, 0, 1, 1, 0, 1] and calls.lines == []
    with pytest.raises(RunFailed, match=r"no cell #0123456789abcdef"):
        made("#0123456789abcdef")
    done, calls = made("")
    assert done == [1] * 8 and calls.rows == 6


def test_a_sweep_behind_picked_frames_is_planned_without_running_the_first(server):
    """Its own prompt and seed, a second stage: its recipe is the whole chain."""
    first = swept(plain(TEXT, SEED, "euler"), "a stone tower\na wood tower", "1, 2", make="none")
    first["8"]["inputs"]["when_empty"] = "pass all"
    again = {
        "b2": node("ProofsheetPromptBatch", prompts="at night\nin the snow", template="{prompt}"),
        "b6": node("ProofsheetSeedSweep", seed=0, count=1, mode="list", list="5, 6"),
        "bp": node("CLIPTextEncode", text=["b2", 0], clip=["m", 1]),
        "bf": node("ProofsheetUnpackFrames", frames=["8", 0]),
        "bu": node("LatentUpscaleBy", samples=["bf", 1], upscale_method="bilinear", scale_by=1.5),
        "bs": ksampler(("bu", 0), ["b6", 0], "euler", positive=["bp", 0], denoise=0.6),
        "bd": node("VAEDecode", samples=["bs", 0], vae=["m", 2]),
        "b7": node("ProofsheetSweep", source=["bd", 0], make="none"),
        "b8": node("ProofsheetContactSheet", **{**SHEET, "frames": ["b7", 0]}),
    }
    prompt = {**first, **again}
    calls = Calls(server)
    plan = manifest_of(server.run(prompt), "b8")
    assert calls.lines == []
    assert statuses(plan) == ["missing"] * 16
    assert [axis["name"] for axis in plan["axes"]] == ["prompt", "frame", "seed"]
    prompt["7"]["inputs"]["make"] = prompt["b7"]["inputs"]["make"] = "all"
    calls = Calls(server)
    made = manifest_of(server.run(prompt), "b8")
    assert ids(made) == ids(plan) and statuses(made) == ["done"] * 16
    assert calls.rows == 4 + 16
    frame = made["frames"][-1]
    chain = [each["class_type"] for each in recipe_of(server, frame).values()]
    assert chain.count("KSampler") == 2 and frame["exact"]
    assert not [name for name in chain if name.startswith("Proofsheet") and "Demo" not in name]
    assert_recipe_runs(server, frame)


# ---- savers that were forgotten, samplers that nobody asks for


def test_a_forgotten_saver_is_refused_by_name(server):
    prompt = swept(plain(TEXT, SEED, "euler"), THREE, "1, 2")
    prompt["9"] = {
        **node("SaveImage", images=["end", 0], filename_prefix="forgotten"),
        "_meta": {"title": "My old saver"},
    }
    calls = Calls(server)
    entry = server.wait(server.queue(prompt))
    [error] = [data for kind, data in entry["status"]["messages"] if kind == "execution_error"]
    assert error["node_type"] == "ProofsheetSweep"
    assert "My old saver (node 9)" in error["exception_message"]
    assert calls.rows == 0


def test_a_saver_beside_a_sweep_by_address_runs_once(server):
    graph = plain("a saved tower", 1, "euler")
    graph["9"] = node("SaveImage", images=["end", 0], filename_prefix="beside")
    entry = server.run(swept(graph, axes="seed = 1, 2, 3"))
    assert len(entry["outputs"]["9"]["images"]) == 1
    assert statuses(manifest_of(entry)) == ["done"] * 3


def switched(first):
    """Two samplers behind a switch; one more where the second is taken."""
    return {
        **plain(TEXT, SEED, "euler"),
        "t": ksampler(("s", 0), SEED, "euler", denoise=0.5),
        "x": node("ForeignSwitch", first=first, on_true=["s", 0], on_false=["t", 0]),
        "end": node("VAEDecode", samples=["x", 0], vae=["m", 2]),
    }


@pytest.mark.parametrize(("first", "rows"), [(True, 2), (False, 4)])
def test_a_branch_that_the_graph_does_not_take_is_no_part_of_the_cut(server, first, rows):
    """What is taken has the id of its recipe, which has no other branch."""
    prompt = swept(switched(first), f"a tower, {first}", "1, 2")
    manifest, calls = run(server, prompt)
    assert calls.rows == rows
    written = [each["class_type"] for each in recipe_of(server, manifest["frames"][0]).values()]
    assert written.count("KSampler") == rows // 2
    assert_recipe_runs(server, manifest["frames"][1])


def test_a_sampler_behind_a_lazy_input_is_sampled_only_if_it_is_asked_for(server):
    """Only a value that comes out of a run tells which of the two each cell takes."""
    graph = switched(["c", 0])
    graph["c"] = node("ForeignMentions", text=TEXT, word="simple")
    manifest, calls = run(server, swept(graph, "a simple tower\na double tower", "1, 2"))
    assert statuses(manifest) == ["done"] * 4
    assert calls.rows == 2 + 4
    for frame in manifest["frames"]:
        assert_recipe_runs(server, frame)

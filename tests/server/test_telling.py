"""What a run tells the page, and what it says of frames that failed or are gone."""

from __future__ import annotations

import io
import json
import shutil
import uuid

import pytest
import sweeps
import torch
from PIL import Image
from rig.server import RunFailed
from rig.websocket import EventStream
from safetensors.torch import load as load_safetensors
from safetensors.torch import save_file


def test_the_page_hears_of_the_plan_of_every_step_and_of_every_frame(server):
    heard = sweeps.events_of(
        server, sweeps.sweep("a red boat\na white boat", steps=5, batch_size=2)
    )
    named = lambda name: [data for kind, data in heard if kind == name]  # noqa: E731
    [plan] = named("proofsheet.sweep")
    assert (plan["node"], plan["sheets"]) == ("7", ["8"])
    assert [f["status"] for f in plan["manifest"]["frames"]] == ["waiting"] * 6
    frames = named("proofsheet.frame")
    assert [data["frame"]["number"] for data in frames] == [1, 2, 3, 4, 5, 6]
    assert {data["frame"]["status"] for data in frames} == {"done"}
    steps = named("proofsheet.step")
    assert [(data["numbers"], data["step"]) for data in steps][:6] == [
        *(([1, 2], step) for step in range(1, 6)),
        ([3, 4], 1),
    ]
    previews = [each for data in steps for each in data["previews"]]
    assert previews and all(p["image"].startswith("data:image/webp;base64,") for p in previews)
    assert {p["number"] for p in steps[0]["previews"]} == {1, 2}  # every row in flight


def test_one_bar_runs_over_the_whole_sweep(server):
    heard = sweeps.events_of(
        server, sweeps.sweep("two green boats\ntwo blue boats", steps=4, batch_size=3)
    )
    told = [data["nodes"].values() for kind, data in heard if kind == "progress_state"]
    states = [state for nodes in told for state in nodes if state["display_node_id"] == "7"]
    values = [(state["value"], state["max"]) for state in states if state["max"] > 1]
    assert values[-1] == (24, 24)
    assert [value for value, _ in values] == sorted(value for value, _ in values)
    assert {most for _, most in values} == {24}


def test_nobody_else_hears_of_it(server):
    """The last word a listener gets is the queue's status: nothing of ours came before it."""
    with EventStream(server.port, uuid.uuid4().hex) as stream:
        server.wait(server.queue(sweeps.sweep("a yellow boat")))
        heard = []
        for event in stream:
            heard.append(event["type"])
            status = event["data"].get("status", {}).get("exec_info", {})
            if heard.count("status") > 2 and status.get("queue_remaining") == 0:
                break
    assert not [kind for kind in heard if kind.startswith("proofsheet")]


def test_one_frames_failure_is_one_frames_failure(server):
    prompt = sweeps.onward(sweeps.sweep("a red castle in the fog", when_empty="pass all"), "failed")
    marker = server.output / "fail"
    marker.write_text("501")
    try:
        entry = server.run(prompt)
    finally:
        marker.unlink()
    frames = sweeps.manifest_of(entry)["frames"]
    assert [f["status"] for f in frames] == ["done", "failed", "done"]
    assert "the probe pack was told to fail here" in frames[1]["error"]
    assert len(entry["outputs"]["21"]["images"]) == 2
    calls = sweeps.Calls(server)
    frames = sweeps.manifest_of(server.run(prompt))["frames"]
    assert [f["status"] for f in frames] == ["done"] * 3
    assert calls.rows == 1  # the next run makes only it


def test_if_all_fail_the_run_fails(server):
    marker = server.output / "fail"
    marker.write_text("9")
    try:
        with pytest.raises(
            RunFailed, match="None of the 1 frames could be made.*told to fail here"
        ):
            server.run(sweeps.sweep("a tent", seed=9))
    finally:
        marker.unlink()


def test_a_lost_or_damaged_frame_is_made_again_though_the_host_has_cached_the_sweep(server):
    prompt = sweeps.sweep("a white tent in the hills")
    first = sweeps.manifest_of(server.run(prompt))["frames"]
    paths = [server.output / f["image"]["subfolder"] / f["image"]["filename"] for f in first]
    kept = [path.read_bytes() for path in paths]
    paths[0].unlink()
    paths[1].write_bytes(kept[1][:-40])
    seen = sweeps.manifest_of(server.run({**prompt, "8": resized(prompt["8"], 96)}))["frames"]
    assert [f["status"] for f in seen] == ["gone", "gone", "done"]
    calls = sweeps.Calls(server)
    again = sweeps.manifest_of(server.run({**prompt, "8": resized(prompt["8"], 97)}))["frames"]
    assert [f["status"] for f in again] == ["done"] * 3
    assert calls.rows == 2
    assert [f["id"] for f in again] == [f["id"] for f in first]


def resized(sheet, size):
    return {**sheet, "inputs": {**sheet["inputs"], "cell_size": size}}


def test_strict_mode_makes_again_what_was_made_in_a_batch(server):
    prompt = sweeps.sweep("a big blue balloon")
    batched = sweeps.manifest_of(server.run(prompt))["frames"]
    latents = [load_safetensors(server.view(f["latent"]))["samples"] for f in batched]
    calls = sweeps.Calls(server)
    strict = sweeps.manifest_of(server.run(sweeps.sweep("a big blue balloon", batch_size=1)))[
        "frames"
    ]
    assert calls.rows == 3 and calls.kinds["sample"] == 3
    assert [f["id"] for f in strict] == [f["id"] for f in batched]
    for before, frame in zip(latents, strict, strict=True):
        after = load_safetensors(server.view(frame["latent"]))["samples"]
        assert (before - after).abs().max() < 5e-5  # as tests/host/sampling/test_exactness.py
    calls = sweeps.Calls(server)
    server.run(sweeps.sweep("a big blue balloon", columns=1))
    assert calls.rows == 0  # strict frames serve everybody


def test_a_lora_strength_is_one_axis_though_it_reaches_model_and_prompt(server):
    """And a file that changes under the running host makes frames that are not reused."""
    loras = server.base / "models" / "loras"
    loras.mkdir(parents=True, exist_ok=True)
    prompt = sweeps.sweep("a red windmill\na white windmill", seed=4, model=["11", 0])
    prompt |= {
        "10": sweeps.node("ProofsheetValues", values="0.5, 1", type="float"),
        "11": sweeps.node(
            "LoraLoader",
            model=["1", 0],
            clip=["1", 1],
            lora_name="tiny.safetensors",
            strength_model=["10", 0],
            strength_clip=["10", 0],
        ),
    }
    prompt["3"]["inputs"] |= {"clip": ["11", 1], "text": "a red windmill"}
    prompt["4"]["inputs"] |= {"text": ""}
    ids = []
    for seed, weight in ((4, 0.25), (5, 0.5), (4, 0.25)):
        prompt["7"]["inputs"]["seed"] = seed
        save_file({"none.lora_up.weight": torch.full((2, 2), weight)}, loras / "tiny.safetensors")
        manifest = sweeps.manifest_of(server.run(prompt))
        assert [axis["name"] for axis in manifest["axes"]] == ["strength_model"]
        assert [f["values"] for f in manifest["frames"]] == [
            {"strength_model": 0.5},
            {"strength_model": 1},
        ]
        ids.append([f["id"] for f in manifest["frames"]])
    assert len({tuple(found) for found in ids}) == 3
    assert "tiny.safetensors has changed since ComfyUI started" in server.log()
    text = server.view(manifest["frames"][0]["image"])
    recipe = json.loads(Image.open(io.BytesIO(text)).text["prompt"])
    [lora] = [n["inputs"] for n in recipe.values() if n["class_type"] == "LoraLoader"]
    assert (lora["strength_model"], lora["strength_clip"]) == (0.5, 0.5)


HOSTILE = (
    'it\'s "quoted", with; semicolons [brackets] (weight:1.2) a|b : and \\{braces\\} '
    "<script>alert(1)</script> %s %seed% ../../etc 猫と犬 кошка γάτα قطة 🐈‍⬛ "
) + "long " * 380


def test_any_text_is_a_prompt_and_lands_whole_in_the_file(server):
    prompt = sweeps.onward(sweeps.sweep(HOSTILE, when_empty="pass all"))
    prompt["25"]["inputs"]["filename_prefix"] = "hostile/%prompt%_%seed%"
    entry = server.run(prompt)
    expected = HOSTILE.replace("\\{", "{").replace("\\}", "}").strip()
    for frame in sweeps.manifest_of(entry)["frames"]:
        assert frame["positive"] == expected
        picture = Image.open(io.BytesIO(server.view(frame["image"])))
        # No Latin script: where other tools look for it, and old frontends do not.
        assert "parameters" not in picture.text
        comment = picture.getexif().get_ifd(0x8769)[0x9286]
        assert comment.removeprefix(b"UNICODE\0").decode("utf-16-be").startswith(expected)
        assert expected in json.dumps(
            json.loads(picture.text["prompt"]), ensure_ascii=False
        ).replace('\\"', '"')
    folder = server.output / "hostile"
    assert len(list(folder.iterdir())) == 3
    assert {image["subfolder"] for image in entry["outputs"]["25"]["images"]} == {"hostile"}


@pytest.mark.parametrize("format", ["png", "webp", "jpg"])
def test_saved_files_carry_their_recipe_and_do_not_pile_up(server, format):
    prompt = sweeps.onward(sweeps.sweep("a small red boat", when_empty="pass all"))
    prompt["25"]["inputs"] |= {"filename_prefix": f"formats/{format}/%name%", "format": format}
    names = [i["filename"] for i in server.run(prompt)["outputs"]["25"]["images"]]
    assert names == [f"a small red boat{end}.{format}" for end in ("", "_2", "_3")]
    assert [i["filename"] for i in server.run(prompt)["outputs"]["25"]["images"]] == names
    files = sorted((server.output / "formats" / format).iterdir())
    assert len(files) == 3
    with Image.open(files[0]) as picture:
        if format == "png":
            assert "KSampler" in picture.text["prompt"]
        else:
            assert picture.getexif()[0x0110].startswith('prompt:{"1"')
            comment = picture.getexif().get_ifd(0x8769)[0x9286]
            assert "Steps: 4" in comment.removeprefix(b"UNICODE\0").decode("utf-16-be")


@pytest.mark.parametrize(
    "prefix", ["../outside", "/etc/x", "C:\\x", "proofsheet/store/ab/%id%", "a/%nope%"]
)
def test_names_stay_in_the_output_folder_and_out_of_the_store(server, prefix):
    prompt = sweeps.onward(sweeps.sweep("a small red boat", when_empty="pass all"))
    prompt["25"]["inputs"]["filename_prefix"] = prefix
    before = set(server.output.parent.iterdir())
    try:
        entry = server.wait(server.queue(prompt))
        assert entry["status"]["status_str"] == "error"
    except Exception as error:
        assert type(error).__name__ == "Refused"
    assert set(server.output.parent.iterdir()) == before


def test_a_shared_store_saves_the_other_machine_the_work(server, new_server):
    prompt = sweeps.sweep("two red houses")
    first = sweeps.manifest_of(server.run(prompt))["frames"]
    other = new_server("other")
    shutil.copytree(server.output / "proofsheet" / "store", other.output / "proofsheet" / "store")
    other.start()
    calls = sweeps.Calls(other)
    renamed = {("9" + number): n for number, n in prompt.items()}
    for one in renamed.values():
        one["inputs"] = {
            k: ["9" + v[0], v[1]] if isinstance(v, list) else v for k, v in one["inputs"].items()
        }
    second = sweeps.manifest_of(other.run(renamed), "98")["frames"]
    assert [f["id"] for f in second] == [f["id"] for f in first]
    assert not calls.lines

"""A sweep through POST /prompt: exact, never sampled twice, resumed after a kill."""

from __future__ import annotations

import pytest
from PIL import Image
from rig.server import Refused, RunFailed
from sweeps import (
    SAMPLER,
    SHEET,
    Calls,
    assert_recipe_runs,
    manifest_of,
    node,
    onward,
    pixels,
    recipe_of,
    run,
    sweep,
    wait_for_frames,
)


def test_one_bare_post_gives_frames_seeds_prompts_and_sheet(server):
    manifest, calls = run(server, sweep("a red boat\na blue boat"))
    assert [f["seed"] for f in manifest["frames"]] == [500, 501, 502] * 2
    assert [f["positive"] for f in manifest["frames"]] == ["a red boat"] * 3 + ["a blue boat"] * 3
    assert [f["number"] for f in manifest["frames"]] == [1, 2, 3, 4, 5, 6]
    assert [(f["row"], f["column"]) for f in manifest["frames"]] == [
        (row, column) for row in range(2) for column in range(3)
    ]
    assert [axis["name"] for axis in manifest["axes"]] == ["prompt", "seed"]
    assert manifest["held"] is True
    assert calls.rows == 6
    assert server.view(manifest["sheet"])[:4] == b"\x89PNG"
    for frame in manifest["frames"]:
        assert pixels(server.view(frame["image"])).shape == (128, 128, 3)
        assert pixels(server.view(frame["thumb"])).shape == (128, 128, 3)
        assert server.view(frame["latent"])


def test_nothing_is_sampled_twice(server):
    first, _ = run(server, sweep("a green tent\na yellow tent"))
    again, calls = run(server, sweep("a green tent\na yellow tent", columns=4))
    assert [f["id"] for f in again["frames"]] == [f["id"] for f in first["frames"]]
    assert calls.rows == 0
    other = sweep("a green tent\na yellow tent")
    other["6"]["inputs"] |= {"mode": "list", "list": "500, 501, 999"}
    _, calls = run(server, other)
    assert calls.rows == 2  # one new seed, for each of the two prompts
    more, calls = run(server, sweep("a green tent\na white tent\na yellow tent"))
    assert calls.rows == 3  # the new row
    assert [f["id"] for f in more["frames"]][6:] == [f["id"] for f in first["frames"]][3:]


def test_the_bare_host_makes_every_recipe_into_the_same_picture(server, bare_server):
    prompt = sweep("a red house by the sea\ntwo white boats, (fog:1.2)")
    prompt["7"]["inputs"] |= {"sampler_name": "dpmpp_2m_sde", "scheduler": "karras"}
    assert "ProofsheetSweepSampler" not in bare_server.get("/object_info")
    manifest, _ = run(server, prompt)
    for frame in manifest["frames"]:
        assert frame["exact"]
        assert {n["class_type"] for n in recipe_of(server, frame).values()} == {
            "CLIPTextEncode",
            "EmptyLatentImage",
            "KSampler",
            "ProofsheetDemoModel",
            "SaveImage",
            "VAEDecode",
        }
        assert_recipe_runs(server, frame, on=bare_server)


def test_values_swept_through_stock_nodes_land_in_the_recipe(server, bare_server):
    """One axis through a model patch, one through the conditioning, one straight into cfg."""
    prompt = sweep("a balloon", seed=7, model=["11", 0], positive=["13", 0], cfg=["14", 0])
    prompt |= {
        "10": node("ProofsheetValues", values="2, 3.5", type="float"),
        "11": node("ModelSamplingSD3", model=["1", 0], shift=["10", 0]),
        "12": node("ProofsheetValues", values="0.8, 1", type="float"),
        "13": node("ConditioningSetAreaStrength", conditioning=["3", 0], strength=["12", 0]),
        "14": node("ProofsheetValues", values="2..4:2", type="float"),
    }
    manifest, _ = run(server, prompt)
    assert [axis["name"] for axis in manifest["axes"]] == ["strength", "shift", "cfg"]
    assert len(manifest["frames"]) == 8
    frame = manifest["frames"][6]
    assert frame["values"] == {"strength": 1, "shift": 3.5, "cfg": 2}
    found = {n["class_type"]: n["inputs"] for n in recipe_of(server, frame).values()}
    assert found["ModelSamplingSD3"]["shift"] == 3.5
    assert found["ConditioningSetAreaStrength"]["strength"] == 1
    assert found["KSampler"]["cfg"] == 2
    assert_recipe_runs(server, frame, on=bare_server)


def test_sizes_from_a_list_and_rows_of_a_batch_are_axes(server):
    prompt = sweep("a castle", seed=7)
    prompt["10"] = node("ProofsheetValues", values="128, 192", type="int")
    prompt["5"]["inputs"] |= {"width": ["10", 0], "batch_size": 2}
    manifest, calls = run(server, prompt)
    assert [(f["width"], f["height"]) for f in manifest["frames"]] == [(128, 128)] * 2 + [
        (192, 128)
    ] * 2
    assert len({f["id"] for f in manifest["frames"]}) == 4
    assert calls.rows == 4
    _, calls = run(
        server, {**prompt, "8": node("ProofsheetContactSheet", **{**SHEET, "columns": 2})}
    )
    assert calls.rows == 0


def test_a_picture_through_vae_encode_is_planned_without_loading_the_second_time(server):
    name = "start.png"
    Image.new("RGB", (128, 128), "teal").save(server.base / "input" / name)
    prompt = sweep("a lighthouse", seed=3, denoise=0.7)
    prompt["5"] = node("VAEEncode", pixels=["9", 0], vae=["1", 2])
    prompt["9"] = node("LoadImage", image=name)
    first, calls = run(server, prompt)
    assert calls.rows == 1
    prompt["8"]["inputs"]["cell_size"] = 96
    again, calls = run(server, prompt)
    assert not calls.lines
    Image.new("RGB", (128, 128), "navy").save(server.base / "input" / name)
    other, calls = run(server, prompt)
    assert calls.rows == 1  # the same name, another picture
    assert other["frames"][0]["id"] != first["frames"][0]["id"] == again["frames"][0]["id"]


def test_picks_go_on_in_the_order_written_and_cost_no_sampling(server):
    prompt = onward(sweep("a big red castle\na small blue castle"), "in order")
    held = server.run(prompt)
    assert set(held["outputs"]) == {"8"}  # nothing picked: what follows is held, the run succeeds
    frames = manifest_of(held)["frames"]
    prompt["8"]["inputs"]["picks"] = f"5, #{frames[1]['id']}, !5, prompt=2, !seed=500"
    calls = Calls(server)
    entry = server.run(prompt)
    assert [f["number"] for f in manifest_of(entry)["frames"] if f["picked"]] == [2, 5, 6]
    assert manifest_of(entry)["picks"]["ids"] == [frames[i]["id"] for i in (1, 4, 5)]
    assert [f["filename"] for f in entry["outputs"]["25"]["images"]] == ["2.png", "5.png", "6.png"]
    previews = [pixels(server.view(image)) for image in entry["outputs"]["21"]["images"]]
    kept = [pixels(server.view(frames[i]["image"])) for i in (1, 4, 5)]
    assert all((a == b).all() for a, b in zip(previews, kept, strict=True))
    assert len(entry["outputs"]["24"]["images"]) == 3
    assert calls.rows == 0


def test_pass_all_and_fail(server):
    prompt = onward(sweep("a windmill", when_empty="pass all"))
    assert len(server.run(prompt)["outputs"]["21"]["images"]) == 3
    with pytest.raises(RunFailed, match="nothing is picked, and when_empty is 'fail'"):
        server.run(onward(sweep("a windmill", when_empty="fail")))


def test_a_pick_of_an_earlier_sweep_is_a_keeper(server):
    first, _ = run(server, sweep("a red tent"))
    kept = first["frames"][2]
    lost = "0123456789abcdef"
    prompt = onward(sweep("a blue windmill", picks=f"#{kept['id']}, 1, #{lost}"))
    entry = server.run(prompt)
    picks = manifest_of(entry)["picks"]
    assert [f["id"] for f in picks["earlier"]] == [kept["id"]]
    assert picks["earlier"][0]["positive"] == "a red tent"
    assert picks["gone"] == [lost]
    previews = entry["outputs"]["21"]["images"]
    assert (pixels(server.view(previews[0])) == pixels(server.view(kept["image"]))).all()


def test_images_from_anywhere_make_a_sheet(server):
    prompt = {
        "1": node("EmptyImage", width=96, height=64, batch_size=2, color=255),
        "2": node("EmptyImage", width=64, height=96, batch_size=1, color=65280),
        "3": node("ImageInvert", image=["1", 0]),
        "8": node(
            "ProofsheetContactSheet", **{**SHEET, "frames": ["3", 0], "when_empty": "pass all"}
        ),
        "9": node("PreviewImage", images=["8", 1]),
    }
    entry = server.run(prompt)
    frames = manifest_of(entry)["frames"]
    assert [(f["width"], f["height"], f["exact"]) for f in frames] == [(96, 64, False)] * 2
    assert len(entry["outputs"]["9"]["images"]) == 2


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ({"2": {"prompts": "a {red|blue boat"}}, "a {red|blue boat"),
        ({"6": {"mode": "list", "list": "1, x"}}, "1, x"),
        ({"8": {"picks": "1, 2-"}}, "1, 2-"),
        ({"7": {"steps": 0}}, "steps"),
        ({"7": {"sampler_name": "nonsense"}}, "nonsense"),
        ({"7": {"combine": "mix"}}, "mix"),
    ],
)
def test_what_is_malformed_is_refused_with_what_was_given(server, where, says):
    prompt = sweep("a boat")
    for number, changes in where.items():
        prompt[number]["inputs"] |= changes
    with pytest.raises((Refused, RunFailed)) as caught:
        server.run(prompt)
    assert says in str(caught.value).replace('\\"', '"')


def test_unequal_lists_are_refused_before_sampling(server):
    calls = Calls(server)
    with pytest.raises(RunFailed, match="prompt has 2.*seed has 3"):
        server.run(sweep("a boat\na tent", combine="pair up"))
    assert calls.rows == 0


def test_a_killed_server_goes_on_where_it_was_and_then_loads_nothing(new_server):
    server = new_server()
    server.start()
    prompt = sweep(
        "a red house\na blue house\na green house\na white house", batch_size=2, steps=12
    )
    server.queue(prompt)
    wait_for_frames(server, 3)
    server.kill()
    store = server.output / "proofsheet" / "store"
    kept = {path: path.read_bytes() for path in store.glob("*/*.png")}
    assert 3 <= len(kept) < 12
    server.start()
    manifest, calls = run(server, prompt)
    assert calls.rows == 12 - len(kept)
    assert all(path.read_bytes() == data for path, data in kept.items())
    assert {f["status"] for f in manifest["frames"]} == {"done"}
    server.kill()
    server.start()
    calls = Calls(server)
    server.run(prompt)
    assert not calls.lines  # no sampling, no text encoder, no model, no VAE


def test_an_interrupted_sweep_keeps_what_is_done(server):
    prompt = sweep("a red windmill\na green windmill\na blue windmill", batch_size=1, steps=30)
    before = len(list((server.output / "proofsheet" / "store").glob("*/*.png")))
    calls = Calls(server)
    prompt_id = server.queue(prompt)
    wait_for_frames(server, before + 2)
    server.interrupt()
    entry = server.wait(prompt_id)
    assert "execution_interrupted" in [kind for kind, _ in entry["status"]["messages"]]
    first = calls.rows
    made = len(list((server.output / "proofsheet" / "store").glob("*/*.png"))) - before
    assert 2 <= made < 9
    manifest, calls = run(server, prompt)
    assert calls.rows == 9 - made
    assert first in (made, made + 1)  # the frame under way when it was stopped
    assert len(manifest["frames"]) == 9


def refined(prompt, picks):
    """The picked frames' latents, enlarged and sampled once more in a second sweep."""
    again = {
        **SAMPLER,
        "positive": ["33", 0],
        "negative": ["32", 0],
        "seed": 77,
        "denoise": 0.6,
        "latent_image": ["31", 0],
    }
    return {
        **prompt,
        "8": node("ProofsheetContactSheet", **{**SHEET, "picks": picks}),
        "30": node("ProofsheetUnpackFrames", frames=["8", 0]),
        "31": node(
            "LatentUpscale",
            samples=["30", 1],
            upscale_method="bilinear",
            width=192,
            height=192,
            crop="disabled",
        ),
        "32": node("CLIPTextEncode", text=["30", 3], clip=["1", 1]),
        "33": node("CLIPTextEncode", text=["30", 2], clip=["1", 1]),
        "34": node("ProofsheetSweepSampler", **again),
        "35": node("ProofsheetContactSheet", **{**SHEET, "frames": ["34", 0]}),
    }


def test_a_second_sweep_over_picks_has_exact_recipes_and_makes_only_new_ones(server, bare_server):
    prompt = sweep("a red balloon\na blue balloon")
    entry = server.run(refined(prompt, "2, 6"))
    first = manifest_of(entry)["frames"]
    second = manifest_of(entry, "35")["frames"]
    assert [f["positive"] for f in second] == ["a red balloon", "a blue balloon"]
    assert [f["exact"] for f in second] == [True, True]
    assert [(f["width"], f["height"]) for f in second] == [(192, 192)] * 2
    assert first[1]["id"] != second[0]["id"]
    calls = Calls(server)
    entry = server.run(refined(prompt, "6, 4, 2"))
    third = manifest_of(entry, "35")["frames"]
    assert calls.rows == 1  # only frame 4 is new
    assert [third[2]["id"], third[0]["id"]] == [f["id"] for f in second]
    chain = [n["class_type"] for n in recipe_of(server, third[1]).values()]
    assert chain.count("KSampler") == 2
    assert_recipe_runs(server, third[1], on=bare_server)


def test_a_list_from_another_pack_is_swept_by_position(server):
    """RebatchLatents takes and gives whole lists: what it makes cannot be sliced out."""
    prompt = sweep("a castle by the sea", seed=5)
    prompt["5"]["inputs"]["batch_size"] = 2
    prompt["9"] = node("RebatchLatents", latents=["5", 0], batch_size=1)
    prompt["7"]["inputs"]["latent_image"] = ["9", 0]
    manifest, calls = run(server, prompt)
    assert [f["exact"] for f in manifest["frames"]] == [False, False]
    assert len({f["id"] for f in manifest["frames"]}) == 2
    assert calls.rows == 2
    prompt["8"]["inputs"]["cell_size"] = 100
    _, calls = run(server, prompt)
    assert calls.rows == 0


def test_a_second_sweep_over_pictures_of_a_sheet_makes_only_new_ones(server):
    """Pictures go on in 8 bits, which no recipe of stock nodes says: not exact, but reused."""
    prompt = sweep("a red tent by the sea\na white tent by the sea")
    again = {**SAMPLER, "latent_image": ["31", 0], "positive": ["32", 0], "negative": ["33", 0]}
    prompt |= {
        "31": node("VAEEncode", pixels=["8", 1], vae=["1", 2]),
        "32": node("CLIPTextEncode", text="at night", clip=["1", 1]),
        "33": node("CLIPTextEncode", text="", clip=["1", 1]),
        "34": node("ProofsheetSweepSampler", **{**again, "seed": 5, "denoise": 0.5}),
        "35": node("ProofsheetContactSheet", **{**SHEET, "frames": ["34", 0]}),
    }
    found = []
    for picks, expected in (("1, 5", 8), ("5", 0), ("6, 5, 1", 1)):
        prompt["8"]["inputs"]["picks"] = picks
        calls = Calls(server)
        found.append(manifest_of(server.run(prompt), "35")["frames"])
        assert calls.rows == expected
    assert [f["exact"] for f in found[0]] == [False, False]
    ids = [[f["id"] for f in frames] for frames in found]
    assert ids[1] == ids[0][1:]
    assert ids[2][1:] == ids[0][::-1]

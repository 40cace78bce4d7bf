import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.axes import Axis, together
from pack.nodes.core.frames import Frame, Frames
from pack.nodes.core.sheet.axis_labels import counted, cut_seeds, number, written
from pack.nodes.core.sheet.contents import Sheet, SheetFrame, sheet_of
from pack.nodes.core.sheet.contents import counted as counted_axis
from pack.nodes.core.sheet.grid import arrange
from pack.nodes.core.sheet.labels import Caption, Labels, RowHeader
from pack.nodes.core.text.difference import difference, tokens
from pack.nodes.core.text.graphemes import graphemes

SHARED = "flat illustration, soft light, wide view"
PROMPTS = Axis(
    "prompt",
    (
        f"a red lighthouse by the sea at sunset, {SHARED}",
        f"a purple castle in the mountains at dawn, {SHARED}",
    ),
    ("lighthouse", "castle"),
)
SEEDS = Axis("seed", (1001, 1002, 1003), ("1001", "1002", "1003"))
CFG = Axis("cfg", (4.0, 7.0), ("4.0", "7.0"))


def labels(*axes, columns=0, captions="varying", constants=None, **facts):
    grid = arrange(axes, columns)
    frames = tuple(
        SheetFrame(
            i + 1, {name: values[i] for name, values in facts.items()}, width=512, height=512
        )
        for i in range(grid.count)
    )
    sheet = Sheet(tuple(axes), frames, constants or {}, columns, captions=captions)
    return Labels(sheet, grid)


# ---- what differs


@pytest.mark.parametrize(
    "texts, own, shared",
    [
        (
            ["a red boat, flat illustration", "a blue boat, flat illustration"],
            ["a red", "a blue"],
            "… boat, flat illustration",
        ),
        (
            ["masterpiece, best quality, cat", "masterpiece, best quality, dog"],
            ["cat", "dog"],
            "masterpiece, best quality, …",
        ),
        (
            ["a photo of a cat on a wooden table", "a photo of a dog on a wooden table"],
            ["cat", "dog"],
            "a photo of a … on a wooden table",
        ),
        (["a red cat", "a blue cat"], ["a red cat", "a blue cat"], ""),
        (["cat", "dog"], ["cat", "dog"], ""),
        (
            ["a photo of a cat", "a photo of a cat, snow"],
            ["cat", "cat, snow"],
            "a photo of a …",
        ),
        (["same text here, all of it"] * 2, ["same text here, all of it"] * 2, ""),
        (["only one"], ["only one"], ""),
        (
            ["a very good picture (cat:1.2)", "a very good picture (cat:1.35)"],
            ["cat:1.2)", "cat:1.35)"],
            "a very good picture (…",
        ),
        (
            ["夕暮れの海辺に立つ赤い灯台、広い構図", "夕暮れの海辺に立つ白い灯台、広い構図"],
            ["赤", "白"],
            "夕暮れの海辺に立つ…い灯台、広い構図",
        ),
        (
            ["바닷가의 오래된 붉은 등대", "바닷가의 오래된 흰 등대"],
            ["붉은 등대", "흰 등대"],
            "바닷가의 오래된 …",
        ),
        (
            ["a long shared start 👩🏽\u200d🚀", "a long shared start 👩🏿\u200d🚀"],
            ["👩🏽\u200d🚀", "👩🏿\u200d🚀"],
            "a long shared start …",
        ),
        (["", "a cat"], ["", "a cat"], ""),
    ],
)
def test_difference(texts, own, shared):
    found = difference(texts)
    assert (list(found.own), found.shared) == (own, shared)


@pytest.mark.parametrize(
    "text, words",
    [
        ("a (red:1.2) cat", ["a", " ", "(", "red:1.2", ")", " ", "cat"]),
        ("don't, soft_edges", ["don't", ",", " ", "soft_edges"]),
        ("赤い灯台", ["赤", "い", "灯", "台"]),
        ("<lora:x:0.8>", ["<", "lora:x:0.8", ">"]),
        ("1,5 and a,b", ["1,5", " ", "and", " ", "a", ",", "b"]),
        ("a. b", ["a", ".", " ", "b"]),
        ("", []),
    ],
)
def test_tokens(text, words):
    assert tokens(text) == words


@given(
    st.lists(
        st.text(st.sampled_from("ab ,.:(日本é\u0301🚀🏽"), max_size=30), min_size=2, max_size=4
    )
)
def test_differences_cut_no_grapheme_and_keep_texts_apart(texts):
    found = difference(texts)
    distinct = {tuple(tokens(" ".join(text.split()))) for text in texts}
    if all(any(char.isalnum() for char in text) for text in texts):
        assert all(found.own)
    for text, own in zip(texts, found.own, strict=True):
        flat = " ".join(text.split())
        assert own in flat
        assert set(graphemes(own)) <= set(graphemes(flat))
    assert len(set(found.own)) <= len(distinct)


# ---- values


@pytest.mark.parametrize(
    "value, name, text",
    [
        (7.0, "cfg", "7.0"),
        (7, "cfg", "7.0"),
        (0.1 + 0.2, "cfg", "0.3"),
        (1.0, "denoise", "1.00"),
        (0.625, "denoise", "0.625"),
        (1e-7, "eta", "1e-07"),
        (float("inf"), "eta", "inf"),
        (1234567.0, "x", "1.23457e+06"),
    ],
)
def test_number(value, name, text):
    assert number(value, name) == text


@pytest.mark.parametrize(
    "value, text",
    [(20, "20"), (7, "7"), (True, "true"), (None, "none"), ("a\n b", "a b"), ([1, 2.0], "1, 2.0")],
)
def test_written(value, text):
    assert written(value) == text


@pytest.mark.parametrize(
    "seeds, cut, front",
    [
        (["1001", "1002"], ["1001", "1002"], ""),
        (["9007199254740001", "9007199254740002"], ["…40001", "…40002"], "90071992547…"),
        (["123456789012", "123499999999"], ["…56789012", "…99999999"], "1234…"),
        (["123456789012", "923499999999"], ["123456789012", "923499999999"], ""),
        (["1234567890", "12345678901"], ["1234567890", "12345678901"], ""),
        (["123456789012"], ["123456789012"], ""),
    ],
)
def test_long_seeds_lose_the_front_they_share(seeds, cut, front):
    assert cut_seeds(seeds) == (tuple(cut), front)


@pytest.mark.parametrize(
    "name, count, text",
    [
        ("prompt", 3, "3 prompts"),
        ("seed", 6, "6 seeds"),
        ("cfg", 2, "2 cfg values"),
        ("latent_image", 2, "2 latents"),
        ("prompt · seed", 3, "3 prompt and seed pairs"),
        ("prompt · cfg · seed", 3, "3 sets of prompt, cfg, seed"),
    ],
)
def test_counted(name, count, text):
    parts = [Axis(each, tuple(range(count)), ("",) * count) for each in name.split(" · ")]
    assert counted(parts[0] if len(parts) == 1 else together(parts)) == text


# ---- what a sheet says


def test_head():
    found = labels(PROMPTS, SEEDS)
    assert (found.title, found.counts) == ("2 prompts × 3 seeds", "6 frames")


@pytest.mark.parametrize(
    "states, picks, counts",
    [
        (["done"] * 3, {}, "3 frames"),
        (["done"] * 3, {1: 1, 2: 2}, "3 frames · 2 picked"),
        (["done", "failed", "gone"], {}, "1 of 3 frames · 1 failed · 1 gone"),
        (["done", "waiting", "waiting"], {}, "1 of 3 frames · 2 waiting"),
        (["done", "missing", "gone"], {}, "1 of 3 frames · 1 gone · 1 missing"),
    ],
)
def test_counts(states, picks, counts):
    frames = tuple(
        SheetFrame(i + 1, status=status, pick=picks.get(i)) for i, status in enumerate(states)
    )
    sheet = Sheet((SEEDS,), frames)
    assert Labels(sheet, arrange(sheet.axes)).counts == counts


def test_a_single_frame_is_said_once():
    found = labels()
    assert (found.title, found.counts) == ("1 frame", "")


def test_row_headers_say_only_what_differs():
    assert labels(PROMPTS, SEEDS).rows(0) == (
        RowHeader("1  lighthouse", ("a red lighthouse by the sea at sunset",)),
        RowHeader("2  castle", ("a purple castle in the mountains at dawn",)),
    )


@pytest.mark.parametrize(
    "label",
    ["", "a red boat at sea", "a red…", "red … sea", "red boat at sea", "red boat … at …"],
)
def test_a_name_made_of_the_words_of_a_text_is_not_repeated(label):
    axis = Axis("prompt", ("a red boat at sea", "a blue boat at noon"), (label, "blue"))
    assert labels(axis, SEEDS).rows(0)[0] == RowHeader("", ("a red boat at sea",), "1")


@pytest.mark.parametrize("label", ["boat", "harbour", "sea … red", "a red boat at sea 2"])
def test_a_name_of_its_own_heads_the_row(label):
    axis = Axis("prompt", ("a red boat at sea", "a blue boat at noon"), (label, "x"))
    assert labels(axis, SEEDS).rows(0)[0] == RowHeader(f"1  {label}", ("a red boat at sea",))


def test_a_name_that_is_all_that_differs_is_said_once():
    texts = ("lighthouse, wide view at noon", "castle, wide view at noon")
    axis = Axis("prompt", texts, ("lighthouse", "castle"))
    assert labels(axis, SEEDS).rows(0)[0] == RowHeader("", ("lighthouse",), "1")


def test_nested_row_headers():
    found = labels(PROMPTS, CFG, SEEDS)
    assert [header.title for header in found.rows(1)] == ["cfg 4.0", "cfg 7.0"]
    assert (found.corner, found.columns) == ("seed", SEEDS.labels)


def test_paired_values_share_a_row_header():
    pair = together([PROMPTS, Axis("seed", (7, 9), ("7", "9"))])
    assert labels(pair, CFG).rows(0)[0] == RowHeader(
        "1  lighthouse", ("a red lighthouse by the sea at sunset", "seed 7")
    )


def test_a_row_of_a_table_is_headed_by_its_name():
    table = together(
        [
            Axis("Name", ("low", "high"), ("low", "high")),
            PROMPTS,
            Axis("negative", ("fog", ""), ("fog", "")),
            Axis("strength", (0.5, 1), ("0.5", "1")),
        ],
        ["low", "high"],
    )
    first, second = labels(table, CFG).rows(0)
    assert first == RowHeader(
        "1  low", ("a red lighthouse by the sea at sunset", "negative fog · strength 0.5")
    )
    assert (second.title, second.texts[-1]) == ("2  high", "no negative · strength 1")
    assert labels(table).caption(0).short.startswith("low · ")


@pytest.mark.parametrize(
    "axes, columns, caption",
    [
        ((PROMPTS, SEEDS), 0, Caption()),
        ((PROMPTS, SEEDS), 2, Caption("seed 1001")),
        ((SEEDS,), 0, Caption("seed 1001")),
        ((PROMPTS,), 0, Caption("lighthouse", "a red lighthouse by the sea at sunset")),
        ((), 0, Caption()),
    ],
)
def test_captions_say_what_the_headers_do_not(axes, columns, caption):
    assert labels(*axes, columns=columns).caption(0) == caption


def test_full_captions_say_everything_that_varies():
    assert labels(PROMPTS, SEEDS, captions="full").caption(4) == Caption(
        "seed 1002", PROMPTS.values[1]
    )


def test_no_captions():
    assert labels(SEEDS, captions="none").caption(0) == Caption()


def test_facts_that_follow_from_a_header_stand_there():
    found = labels(PROMPTS, SEEDS, negative=["fog"] * 3 + ["rain"] * 3)
    assert [header.texts[-1] for header in found.rows(0)] == ["negative fog", "negative rain"]
    assert found.caption(0) == Caption()
    found = labels(PROMPTS, SEEDS, negative=["fog"] * 3 + [""] * 3)
    assert found.rows(0)[1].texts[-1] == "no negative"


def test_facts_that_follow_from_a_column_stand_on_it():
    assert labels(PROMPTS, CFG, sampler_name=["euler", "heun"] * 2).columns == (
        "4.0 · euler",
        "7.0 · heun",
    )


def test_other_facts_stand_in_captions():
    assert labels(PROMPTS, SEEDS, cfg=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).caption(5) == Caption(
        "cfg 6.0"
    )


def test_sizes_are_said_where_they_differ():
    frames = tuple(SheetFrame(i + 1, width=512, height=512 + 64 * i) for i in range(3))
    found = Labels(Sheet((SEEDS,), frames), arrange((SEEDS,)))
    assert found.caption(2) == Caption("seed 1003 · 512 × 640")
    sizes = Axis("latent_image", (1, 2, 3), ("512 × 512", "512 × 576", "512 × 640"))
    found = Labels(Sheet((sizes,), frames), arrange((sizes,)))
    assert found.caption(2) == Caption("latent_image 512 × 640")


def test_the_foot_says_once_what_all_share():
    constants = {"steps": 20, "cfg": 7.0, "sampler_name": "euler", "denoise": 1.0, "model": "x.st"}
    found = labels(PROMPTS, SEEDS, constants=constants, negative=["blurry"] * 6)
    assert [(name, text.replace("\xa0", " ")) for name, text in found.foot] == [
        ("prompt", f"…, {SHARED}"),
        ("negative", "blurry"),
        ("settings", "steps 20 · cfg 7.0 · euler · denoise 1.00 · 512 × 512 · x.st"),
    ]


def test_what_varies_is_no_constant():
    found = labels(CFG, SEEDS, constants={"cfg": 7.0, "steps": 20})
    assert [text.replace("\xa0", " ") for _, text in found.foot] == ["steps 20 · 512 × 512"]


def test_an_axis_of_one_value_is_a_constant():
    one = Axis("prompt", ("a boat",), ("boat",))
    found = labels(one, SEEDS)
    assert (found.title, found.foot[0]) == ("3 seeds", ("prompt", "a boat"))


def test_the_digits_that_long_seeds_share_are_in_the_foot():
    seeds = Axis("seed", (123456789001, 123456789002), ("123456789001", "123456789002"))
    found = labels(seeds)
    assert found.caption(0) == Caption("seed …89001")
    assert found.foot[0] == ("seed", "1234567…")


def swept(number, seed, **more):
    texts = {"positive": f"boat {seed}", "values": {"seed": seed}}
    given = {"status": "done", **more}
    return Frame(f"{number or 1:016x}", number, seed, **texts, width=64, height=64, **given)


def test_the_sheet_of_a_sweep():
    axes = (Axis("seed", (5, 6), ("5", "6")),)
    frames = (swept(1, 5), swept(2, 6, status="failed", error="no memory"))
    sheet = sheet_of(Frames(frames, axes, {"steps": 4}), [frames[1]], 1, 99, "full")
    assert sheet.axes == (Axis("seed", (5, 6), ("5", "6")),)
    assert (sheet.columns, sheet.cell_size, sheet.captions) == (1, 99, "full")
    frame = sheet.frames[1]
    assert (frame.number, frame.pick, frame.status, frame.error) == (2, 1, "failed", "no memory")
    assert frame.values == {"prompt": "boat 6", "negative": ""} and frame.id == f"{2:016x}"


def test_frames_that_no_axes_span_are_counted():
    frames = (swept(3, 5), swept(11, 6), swept(None, 7))
    sheet = sheet_of(Frames(frames), [frames[0]])
    found = Labels(sheet, arrange(sheet.axes))
    assert sheet.axes == (counted_axis(sheet.frames),)
    assert (found.title, found.counts) == ("3 frames", "1 picked")
    assert sheet.frames[2].name == "keeper"
    assert found.caption(0) == Caption("seed 5", "boat 5")

"""Stand-ins for what other packs do to a graph: rows that no class declares, nodes that change at
every run, lists, lazy inputs, failures; and a small video model with random weights."""

import random
import time
from pathlib import Path

import comfy.conds
import comfy.model_base
import comfy.supported_models
import folder_paths
import torch
from comfy.model_patcher import ModelPatcher

NODE_CLASS_MAPPINGS = {}


def node(function="run", **facts):
    """Registers a class as a node: the kinds it takes are those its `takes` names."""

    def registered(cls):
        takes = facts.pop("takes", {})
        kinds = {name: kind if isinstance(kind, tuple) else (kind,) for name, kind in takes.items()}
        if not hasattr(cls, "INPUT_TYPES"):
            cls.INPUT_TYPES = classmethod(lambda _cls: {"required": kinds})
        cls.RETURN_TYPES, cls.FUNCTION, cls.CATEGORY = facts.pop("gives"), function, "foreign"
        for name, value in facts.items():
            setattr(cls, name, value)
        NODE_CLASS_MAPPINGS[f"Foreign{cls.__name__}"] = cls
        return cls

    return registered


def told(name):
    """What a file in the output folder says; "" if there is none."""
    path = Path(folder_paths.get_output_directory()) / name
    return path.read_text() if path.is_file() else ""


# ---- rows that are added in the page


class AnyName(dict):
    """Says yes to any name; iterating shows only those declared."""

    def __contains__(self, name):
        return True

    def __getitem__(self, name):
        return super().__getitem__(name) if name in self.keys() else ("*",)


def strengthened(model, strength):
    """A model whose predictions are so much larger."""
    patched = model.clone()
    patched.set_model_sampler_post_cfg_function(lambda given: given["denoised"] * (1 + strength))
    return patched


@node(gives=("MODEL",))
class Rows:
    """Adds up the strengths of all rows that are on, as a stack of LoRAs does. A row is a dict, a
    list of such, as it is or as the page wraps lists, a number, or linked."""

    INPUT_TYPES = classmethod(
        lambda cls: {"required": {"model": ("MODEL",)}, "optional": AnyName({}), "hidden": {}}
    )

    def run(self, model, **rows):
        return (strengthened(model, sum(map(self.strength, rows.values()))),)

    def strength(self, row):
        if isinstance(row, dict) and "__value__" in row:
            return self.strength(row["__value__"])
        if isinstance(row, list):
            return sum(map(self.strength, row))
        if isinstance(row, dict):
            return row["strength"] if row.get("on") else 0
        return row


# ---- nodes that change at every run


class Changing:
    """Hands on what it is given. What it says of itself is another thing each time."""

    def run(self, value):
        return (value,)


def changing(name, kind, says):
    methods = {"IS_CHANGED": classmethod(lambda _cls, **_inputs: says())}
    node(takes={"value": kind}, gives=(kind[0] if isinstance(kind, tuple) else kind,))(
        type(name, (Changing,), methods)
    )


def in_a_list():
    return [1, {"seen": float("nan")}]


ANSWERS = {"Nan": lambda: float("nan"), "Random": random.random, "Clock": time.time}
for word, says in {**ANSWERS, "NanInside": in_a_list}.items():
    for kind in ("MODEL", "IMAGE", "CONDITIONING"):
        changing(f"{word}{kind.title()}", kind, says)
    changing(f"{word}Text", ("STRING", {"multiline": True}), says)


@node(takes={"seed": ("INT", {"min": -3, "max": 2**50})}, gives=("INT",))
class Seed:
    """Rolls a seed where it is given a negative one, and says so of itself."""

    @classmethod
    def IS_CHANGED(cls, seed):
        return random.random() if seed < 0 else seed

    def run(self, seed):
        return (random.randrange(2**50) if seed < 0 else seed,)


# ---- lists, and texts that only a run can tell


@node(takes={"text": ("STRING", {"multiline": True})}, gives=("STRING",), OUTPUT_IS_LIST=(True,))
class Lines:
    def run(self, text):
        return ([line for line in text.splitlines() if line.strip()],)


@node(takes={"count": "INT"}, gives=("STRING",), OUTPUT_IS_LIST=(True,))
class RandomLines:
    IS_CHANGED = classmethod(lambda _cls, **_inputs: random.random())

    def run(self, count):
        return ([f"a boat, number {random.randrange(10**9)}" for _ in range(count)],)


@node(takes={"clip": "CLIP", "text": "STRING"}, gives=("STRING",))
class Caption:
    """As a language model answers, which has to be loaded."""

    def run(self, clip, text):
        return (text,)


@node(takes={"latent": "LATENT"}, gives=("LATENT",), OUTPUT_IS_LIST=(True,))
class TwoLatents:
    """The latent as it is, and turned over."""

    def run(self, latent):
        return ([latent, {**latent, "samples": 0.5 - latent["samples"]}],)


@node(takes={"image": "IMAGE"}, gives=("IMAGE",), INPUT_IS_LIST=True)
class Collect:
    """All pictures of a list as one batch."""

    def run(self, image):
        return (torch.cat(image),)


# ---- failures


@node(takes={"image": "IMAGE", "text": "STRING"}, gives=("IMAGE",))
class Picky:
    """Fails for a text that is written in <output>/dislike."""

    def run(self, image, text):
        if text and text == told("dislike"):
            raise ValueError(f"no {text} here")
        return (image,)


@node(takes={"image": "IMAGE"}, gives=("IMAGE",))
class Hungry:
    """Runs out of memory as many times as <output>/hungry says, counted down there."""

    def run(self, image):
        left = int(told("hungry") or 0)
        if left:
            (Path(folder_paths.get_output_directory()) / "hungry").write_text(str(left - 1))
            raise torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 9.00 GiB")
        return (image,)


# ---- lazy inputs


@node(gives=("LATENT",))
class Switch:
    """The latent that `first` says: known in the graph, or only once a value has arrived."""

    INPUT_TYPES = classmethod(
        lambda cls: {
            "required": {
                "first": ("BOOLEAN", {}),
                "on_true": ("LATENT", {"lazy": True}),
                "on_false": ("LATENT", {"lazy": True}),
            }
        }
    )

    def check_lazy_status(self, first, on_true=None, on_false=None):
        wanted = "on_true" if first else "on_false"
        return [wanted] if {"on_true": on_true, "on_false": on_false}[wanted] is None else []

    def run(self, first, on_true=None, on_false=None):
        return (on_true if first else on_false,)


@node(takes={"text": "STRING", "word": "STRING"}, gives=("BOOLEAN",))
class Mentions:
    def run(self, text, word):
        return (word in text,)


# ---- a video model


class Clip(torch.nn.Module):
    """A denoiser of 5-D latents."""

    dtype = torch.float32

    def __init__(self, **_config):
        super().__init__()
        self.told = torch.nn.Linear(128, 16)
        self.seen = torch.nn.Conv3d(16, 16, 3, padding=1)

    def forward(self, x, timesteps, context, **_options):
        told = self.told(context.mean(1))[:, :, None, None, None]
        return torch.tanh(self.seen(x) + told + timesteps[:, None, None, None, None] / 1000)


class ClipModel(comfy.model_base.BaseModel):
    def extra_conds(self, **given):
        context = comfy.conds.CONDRegular(given["cross_attn"])
        return {**super().extra_conds(**given), "c_crossattn": context}


class ClipDecoder:
    """Stands in for a VAE: a latent's first three channels are its pictures."""

    def decode(self, latent):
        return latent[:, :3].movedim(1, -1).sigmoid()


@node(gives=("MODEL", "VAE"), takes={})
class VideoModel:
    def run(self):
        with torch.inference_mode(False), torch.no_grad(), torch.random.fork_rng([]):
            torch.manual_seed(5)
            config = comfy.supported_models.WAN21_T2V({"image_model": "wan2.1"})
            model = ClipModel(config, comfy.model_base.ModelType.FLOW, unet_model=Clip).eval()
            model.diffusion_model.requires_grad_(False)
        cpu = torch.device("cpu")
        return (ModelPatcher(model, load_device=cpu, offload_device=cpu), ClipDecoder())

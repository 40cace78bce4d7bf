"""The bare host in a loop: its own sampler, decoder and saver, called on batches with one seed."""

from __future__ import annotations

from typing import Any

import nodes
import torch

SETTINGS = (3.0, "euler", "simple")


def make(parts: tuple[Any, Any], sides: tuple[Any, Any], frames: int, **job: int) -> None:
    """`parts`: model and vae; `sides`: positive and negative; `job`: seed, batch, size, steps."""
    model, vae = parts
    save, edge = nodes.SaveImage(), job["size"] // 8
    for first in range(0, frames, job["batch"]):
        rows = min(job["batch"], frames - first)
        latent = {"samples": torch.zeros(rows, 16, edge, edge)}
        [made] = nodes.common_ksampler(
            model, job["seed"] + first, job["steps"], *SETTINGS, *sides, latent
        )
        [images] = nodes.VAEDecode().decode(vae, made)
        save.save_images(images, f"loop{job['seed']}", prompt={})


def encoded(clip: Any, text: str) -> Any:
    [conditioning] = nodes.CLIPTextEncode().encode(clip, text)
    return conditioning


class BareLoop:
    """The same as a node, `frames` of each prompt, so that a server's time can be told."""

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:
        numbers = dict.fromkeys(("frames", "seed", "batch", "size", "steps"), ("INT", {}))
        linked = {"model": ("MODEL",), "clip": ("CLIP",), "vae": ("VAE",)}
        return {"required": {**linked, "prompts": ("STRING", {}), **numbers}}

    RETURN_TYPES = ()
    FUNCTION = "run"
    OUTPUT_NODE = True

    def run(self, model: Any, clip: Any, vae: Any, prompts: str, **job: int) -> tuple[()]:
        negative = encoded(clip, "")
        for prompt in prompts.splitlines():
            make((model, vae), (encoded(clip, prompt), negative), **job)
        return ()


NODE_CLASS_MAPPINGS = {"BareLoop": BareLoop}

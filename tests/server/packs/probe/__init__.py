"""Counts what the host is asked to do, for tests: one log line for each heavy call."""

import logging
import time
from pathlib import Path

import comfy.model_base
import comfy.model_management
import comfy.sample
import comfy.samplers
import comfy.sd
import folder_paths
import nodes

log = logging.getLogger("probe")


class Restless:
    """Passes a latent on, and says each time that it is another one."""

    CATEGORY = "probe"
    FUNCTION = "run"
    RETURN_TYPES = ("LATENT",)

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"samples": ("LATENT",)}}

    @classmethod
    def IS_CHANGED(cls, **_inputs):
        return float("nan")

    def run(self, samples):
        return (samples,)


NODE_CLASS_MAPPINGS = {"ProbeRestless": Restless}


def counted(owner, name, say):
    original = getattr(owner, name)

    def wrapper(*args, **kwargs):
        log.info("probe: %s", say(*args, **kwargs))
        return original(*args, **kwargs)

    setattr(owner, name, wrapper)


counted(
    comfy.samplers.CFGGuider, "sample", lambda self, noise, *_a, **_k: f"sample {noise.shape[0]}"
)
counted(comfy.model_management, "load_models_gpu", lambda *_a, **_k: "load")
counted(
    comfy.model_base.BaseModel, "apply_model", lambda self, x, *_a, **_k: f"forward {x.shape[0]}"
)
counted(comfy.sd.VAE, "decode", lambda *_a, **_k: "decode")
counted(nodes.CLIPTextEncode, "encode", lambda *_a, **_k: "encode")


def marker(name):
    return Path(folder_paths.get_output_directory()) / name


def holding(owner, name):
    """With a number in <output>/hold, so many samplings pass; the next repeats its second step
    until the file is gone or the run is interrupted."""
    original = getattr(owner, name)

    def wrapper(
        self, noise, latent, sampler, sigmas, denoise_mask=None, callback=None, *args, **kwargs
    ):
        hold = marker("hold")
        left = int(hold.read_text()) if hold.is_file() else -1
        if left > 0:
            hold.write_text(str(left - 1))

        def step(index, *facts):
            callback(index, *facts)
            while left == 0 and index >= 1 and hold.is_file():
                comfy.model_management.throw_exception_if_processing_interrupted()
                time.sleep(0.1)
                callback(index, *facts)

        follow = step if callback else None
        return original(self, noise, latent, sampler, sigmas, denoise_mask, follow, *args, **kwargs)

    setattr(owner, name, wrapper)


holding(comfy.samplers.CFGGuider, "sample")


def failing(owner, name):
    """Frames with the seed written in <output>/fail cannot be made."""
    original = getattr(owner, name)

    def wrapper(latent, seed, *args):
        fail = marker("fail")
        if fail.is_file() and fail.read_text() == str(seed):
            raise RuntimeError("the probe pack was told to fail here")
        return original(latent, seed, *args)

    setattr(owner, name, wrapper)


failing(comfy.sample, "prepare_noise")

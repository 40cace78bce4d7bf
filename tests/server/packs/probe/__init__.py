"""Counts what the host is asked to do, for tests: one log line for each heavy call."""

import logging
from pathlib import Path

import comfy.model_management
import comfy.sample
import comfy.samplers
import comfy.sd
import folder_paths
import nodes

log = logging.getLogger("probe")
NODE_CLASS_MAPPINGS = {}


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
counted(comfy.sd.VAE, "decode", lambda *_a, **_k: "decode")
counted(nodes.CLIPTextEncode, "encode", lambda *_a, **_k: "encode")


def failing(owner, name):
    """Frames with the seed written in <output>/fail cannot be made."""
    original = getattr(owner, name)

    def wrapper(latent, seed, *args):
        marker = Path(folder_paths.get_output_directory()) / "fail"
        if marker.is_file() and marker.read_text() == str(seed):
            raise RuntimeError("the probe pack was told to fail here")
        return original(latent, seed, *args)

    setattr(owner, name, wrapper)


failing(comfy.sample, "prepare_noise")

"""Counts what the host is asked to do, for tests: one log line for each heavy call."""

import logging

import comfy.model_management
import comfy.samplers
import comfy.sd
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

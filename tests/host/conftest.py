"""Puts the real host's modules on the path, on the CPU. `python tools/test.py` says where it is."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest


def host_folder() -> Path:
    folder = Path(os.environ.get("PROOFSHEET_COMFYUI", ""))
    if not (folder / "comfy" / "samplers.py").is_file():
        raise pytest.UsageError(
            "tests/host needs ComfyUI: run them with `python tools/test.py --only host`, "
            "or name its folder in PROOFSHEET_COMFYUI"
        )
    return folder


def prepare_host() -> None:
    from rig.launcher import prepare

    prepare()
    sys.path.insert(0, str(host_folder()))
    import utils.extra_config  # noqa: F401 - as main.py does: nodes.py hides `utils` behind another
    from comfy.cli_args import args

    args.cpu = True


prepare_host()


def load_helpers(name: str) -> None:
    """Lets tests of this folder import a module that lies beside them."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


load_helpers("true_frames")
load_helpers("sample_nodes")


@pytest.fixture(scope="session")
def demo():
    """The pack's own model: flow sampling, 16 latent channels."""
    from pack.nodes.host.demo.demo_model import load_demo_model

    return load_demo_model()


@pytest.fixture(scope="session")
def unet():
    """A real SD1-type UNet, small, with random weights: epsilon sampling, cross-attention."""
    import comfy.model_base
    import comfy.supported_models

    config = {
        "image_size": 32,
        "in_channels": 4,
        "out_channels": 4,
        "model_channels": 32,
        "num_res_blocks": [1, 1],
        "channel_mult": [1, 2],
        "transformer_depth": [1, 1],
        "transformer_depth_output": [1, 1, 1, 1],
        "transformer_depth_middle": 1,
        "context_dim": 24,
        "use_spatial_transformer": True,
        "legacy": False,
        "use_linear_in_transformer": False,
        "adm_in_channels": None,
        "use_temporal_attention": False,
        "dtype": None,
    }
    return _patched(comfy.model_base.BaseModel(comfy.supported_models.SD15(config)))


@pytest.fixture(scope="session")
def video():
    """A real Wan-type video model, small, with random weights: 5-D latents."""
    import comfy.model_base
    import comfy.supported_models

    config = {
        "image_model": "wan2.1",
        "model_type": "t2v",
        "dim": 48,
        "ffn_dim": 64,
        "freq_dim": 32,
        "text_dim": 24,
        "num_heads": 2,
        "num_layers": 2,
        "dtype": None,
    }
    return _patched(comfy.model_base.WAN21(comfy.supported_models.WAN21_T2V(config)))


def _patched(model):
    """Random weights of a fixed seed: large enough that prompt and noise both matter, small
    enough that rounding does not grow from step to step."""
    import torch
    from comfy.model_patcher import ModelPatcher

    generator = torch.Generator().manual_seed(5)
    with torch.no_grad():
        for name, parameter in model.diffusion_model.named_parameters():
            scale = 1.0 if parameter.ndim == 1 and name.endswith("weight") else 0.0
            noise = torch.randn(parameter.shape, generator=generator) * 0.06
            parameter.copy_(noise + scale)
    cpu = torch.device("cpu")
    return ModelPatcher(model.eval(), load_device=cpu, offload_device=cpu)


@pytest.fixture(scope="session")
def pair():
    """A model of pictures with sound, small, with random weights: nested latents, which the host
    samples end to end."""
    import comfy.conds
    import comfy.model_base
    import comfy.supported_models
    import torch

    class PictureAndSound(torch.nn.Module):
        dtype = torch.float32

        def __init__(self, **_):
            super().__init__()
            self.told = torch.nn.Linear(24, 4)
            self.picture = torch.nn.Conv2d(4, 4, 3, padding=1)
            self.sound = torch.nn.Conv1d(4, 4, 3, padding=1)

        def forward(self, x, timesteps, context, **_):
            picture, sound = x
            told = self.told(context.mean(1)) + timesteps[:, None] / 1000
            heard = sound.mean((1, 2))[:, None, None, None]
            seen = picture.mean((1, 2, 3))[:, None, None]
            picture = torch.tanh(self.picture(picture) + told[:, :, None, None] + heard)
            return [picture, torch.tanh(self.sound(sound) + told[:, :, None] + seen)]

    class Model(comfy.model_base.BaseModel):
        def extra_conds(self, **given):
            return {
                **super().extra_conds(**given),
                "c_crossattn": comfy.conds.CONDRegular(given["cross_attn"]),
                "latent_shapes": comfy.conds.CONDConstant(given["latent_shapes"]),
            }

    config = comfy.supported_models.SD15({})
    return _patched(Model(config, unet_model=PictureAndSound))


@pytest.fixture(scope="session")
def ltx():
    """A real LTX model of video and sound, small."""
    import comfy.model_base
    import comfy.supported_models

    if not hasattr(comfy.model_base, "LTXAV"):
        pytest.skip("this host has no LTX model of video and sound")
    config = {
        "image_model": "ltxav",
        "caption_channels": 24,
        "num_layers": 2,
        "connector_num_layers": 1,
        "dtype": None,
    }
    for stream in ("", "audio_"):
        config |= {
            f"{stream}in_channels": 128,
            f"{stream}cross_attention_dim": 64,
            f"{stream}attention_head_dim": 32,
            f"{stream}num_attention_heads": 2,
            f"{stream}connector_attention_head_dim": 12,
            f"{stream}connector_num_attention_heads": 2,
        }
    patcher = _patched(comfy.model_base.LTXAV(comfy.supported_models.LTXAV(config)))
    for name, parameter in patcher.model.diffusion_model.named_parameters():
        if "attn2" in name:  # or the prompt hardly matters
            parameter.data *= 4
    return patcher


@pytest.fixture(scope="session")
def minimax():
    """A real MiniMax H3 model of video and sound, small."""
    import comfy.model_base
    import comfy.supported_models

    if not hasattr(comfy.model_base, "MiniMaxH3"):
        pytest.skip("this host has no MiniMax model of video and sound")
    config = {
        "image_model": "minimax_h3",
        "hidden_size": 96,
        "num_layers": 1,
        "token_refiner_num_layers": 1,
        "num_attention_heads": 1,
        "attention_head_dim": 96,
        "ffn_hidden_size": 96,
        "text_dim": 24,
        "time_embed_hidden_size": 32,
        "time_embed_dim": 32,
        "dtype": None,
    }
    return _patched(comfy.model_base.MiniMaxH3(comfy.supported_models.MiniMaxH3(config)))

"""One command for each step of making the model, and `all` for all of them in order."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from .host import ROOT, prepare

WEIGHTS = ROOT / "nodes" / "host" / "demo" / "demo_model.safetensors"


@dataclass(frozen=True)
class Options:
    folder: Path
    comfyui: Path | None
    device: str
    workers: int
    seed: int
    pictures: int
    autoencoder_minutes: float
    denoiser_minutes: float
    decoder_minutes: float
    classifier_minutes: float
    batch: int
    compiled: bool
    weights: Path


def draw(options: Options) -> None:
    from . import dataset

    dataset.build(options.folder, "held_out", 1024, options.workers)
    dataset.build(options.folder, "train", options.pictures, options.workers)


def classifier(options: Options) -> None:
    from . import classifier, dataset
    from .runs import Budget

    train = dataset.load(options.folder, "train")
    budget = Budget(minutes=options.classifier_minutes)
    classifier.fit(options.folder, train, budget, options.device, options.seed)


def autoencoder(options: Options) -> None:
    _fit("autoencoder", options, options.autoencoder_minutes)


def latents(options: Options) -> None:
    import torch

    from . import dataset, latents
    from .autoencoder import Autoencoder
    from .runs import load_checkpoint

    state = load_checkpoint(options.folder / "autoencoder.pt", options.device)
    if state is None:
        raise SystemExit("no autoencoder yet: run the step `autoencoder` first")
    net = Autoencoder().to(options.device)
    net.load_state_dict(state["net"])
    torch.manual_seed(options.seed)
    for name in ("held_out", "train"):
        pictures = dataset.load(options.folder, name)
        target = options.folder / f"{name}_latents.pt"
        latents.write(net.encoder, pictures, options.device, target)


def denoiser(options: Options) -> None:
    _fit("denoiser", options, options.denoiser_minutes)


def decoder(options: Options) -> None:
    _fit("decoder", options, options.decoder_minutes)


def export(options: Options) -> None:
    from .export import export

    size = export(options.folder, options.weights)
    print(f"{options.weights}: {size:,} bytes")


def evaluate(options: Options) -> None:
    from . import classifier, dataset
    from .evaluate import Sampling, evaluate

    held_out = dataset.load(options.folder, "held_out")
    net = classifier.load(options.folder)
    target = options.folder / f"evaluation_{options.weights.stem}"
    print(evaluate(options.weights, net, held_out, (Sampling(), target)))


STEPS: dict[str, Callable[[Options], None]] = {
    "draw": draw,
    "classifier": classifier,
    "autoencoder": autoencoder,
    "latents": latents,
    "denoiser": denoiser,
    "decoder": decoder,
    "export": export,
    "evaluate": evaluate,
}


def _fit(name: str, options: Options, minutes: float) -> None:
    from .runs import Budget
    from .training import fit_together

    make = partial(trainer, name, options)
    fit_together(make, Budget(minutes=minutes), options.workers)


def trainer(name: str, options: Options, worker: int) -> Any:
    """The trainer of one worker. Each draws its own samples, so its seed is its own."""
    prepare(options.device, options.comfyui)
    seed = options.seed + worker
    if name == "autoencoder":
        from .fit_autoencoder import AutoencoderTrainer, Settings

        return AutoencoderTrainer(options.folder, options.device, Settings(), seed)
    if name == "decoder":
        from .fit_autoencoder import Settings
        from .fit_decoder import DecoderTrainer

        return DecoderTrainer(options.folder, options.device, Settings(rate=1e-3), seed)
    from .fit_denoiser import DenoiserTrainer, Settings

    settings = Settings(batch=options.batch, compiled=options.compiled)
    return DenoiserTrainer(options.folder, options.device, settings, seed)


def parse(arguments: list[str] | None = None) -> tuple[list[str], Options]:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("step", choices=[*STEPS, "all"])
    add("--folder", type=Path, default=Path("demo_output/demo_model"), help="where all is kept")
    add("--comfyui", type=Path, help="ComfyUI's folder (else PROOFSHEET_COMFYUI)")
    add("--device", default="cpu", help="cpu or cuda")
    add("--workers", type=int, default=os.cpu_count() or 1, help="processes; 1 is repeatable")
    add("--seed", type=int, default=1)
    add("--pictures", type=int, default=48_000, help="to draw for training")
    add("--classifier-minutes", type=float, default=5)
    add("--autoencoder-minutes", type=float, default=40)
    add("--denoiser-minutes", type=float, default=120)
    add("--decoder-minutes", type=float, default=40)
    add("--batch", type=int, default=64, help="of the denoiser; 1024 on a large GPU")
    add("--compiled", action="store_true", help="torch.compile; on GPUs")
    add("--weights", type=Path, default=WEIGHTS, help="the file to write or to evaluate")
    found = vars(parser.parse_args(arguments))
    step = found.pop("step")
    return list(STEPS) if step == "all" else [step], Options(**found)


def main() -> None:
    steps, options = parse()
    prepare(options.device, options.comfyui)
    for step in steps:
        STEPS[step](options)

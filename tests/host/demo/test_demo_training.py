from __future__ import annotations

import numpy as np
import pytest
import torch
from demo_model import dataset, evaluate, prompts
from demo_model.autoencoder import Autoencoder, Block, adopt
from demo_model.classifier import Classifier, name_attributes, rights
from demo_model.denoiser import Denoiser
from demo_model.export import collect, export
from demo_model.fit_autoencoder import AutoencoderTrainer, picture_loss, unit_penalty
from demo_model.fit_autoencoder import Settings as AutoencoderSettings
from demo_model.fit_decoder import DecoderTrainer
from demo_model.fit_denoiser import DenoiserTrainer, noise_levels
from demo_model.fit_denoiser import Settings as DenoiserSettings
from demo_model.latents import encode, write
from demo_model.runs import Budget, save_checkpoint
from demo_model.training import Meeting, fit
from pack.nodes.host.demo.demo_model import WEIGHTS, load_demo_model
from safetensors.torch import load_file


@pytest.fixture(autouse=True)
def one_thread():
    """The tensors here are tiny, and threads of a busy machine wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A few pictures and their latents under an untrained encoder."""
    torch.manual_seed(0)
    folder, net = tmp_path_factory.mktemp("demo_model"), Autoencoder()
    for name in ("train", "held_out"):
        dataset.build(folder, name, 12, workers=1)
        write(net.encoder, dataset.load(folder, name), "cpu", folder / f"{name}_latents.pt")
    return folder


def autoencoder_trainer(folder, seed=1):
    return AutoencoderTrainer(folder, "cpu", AutoencoderSettings(batch=2), seed)


def denoiser_trainer(folder, seed=1):
    return DenoiserTrainer(folder, "cpu", DenoiserSettings(batch=2), seed)


@pytest.mark.parametrize("make", [autoencoder_trainer, denoiser_trainer])
def test_training_repeats_itself_and_goes_on_where_it_stopped(folder, make):
    first, again = make(folder), make(folder)
    assert [first.step(0) for _ in range(2)] == [again.step(0) for _ in range(2)]
    first.save()
    resumed = make(folder)
    assert resumed.run.steps == 2
    for mine, kept in zip(resumed.net.parameters(), first.net.parameters(), strict=True):
        assert torch.equal(mine, kept)
    first.path.unlink()


def test_the_decoder_is_trained_further_and_exported(folder, tmp_path):
    net = Autoencoder()
    save_checkpoint(folder / "autoencoder.pt", {"net": net.state_dict()})
    trainer = DecoderTrainer(folder, "cpu", AutoencoderSettings(batch=4))
    trainer.step(0)
    trainer.save()
    save_checkpoint(folder / "denoiser.pt", {"average": dict(Denoiser().named_parameters())})
    export(folder, tmp_path / "demo.safetensors")
    written = load_file(tmp_path / "demo.safetensors")
    first = trainer.net.state_dict()["1.weight"]
    assert torch.equal(written["vae.taesd_decoder.1.weight"], first.half())
    assert not torch.equal(first, net.decoder.state_dict()["1.weight"])
    for name in ("autoencoder", "denoiser", "decoder"):
        (folder / f"{name}.pt").unlink()


def test_fitting_ends_with_the_budget_and_a_checkpoint(folder):
    trainer = denoiser_trainer(folder)
    fit(trainer, Budget(samples=6))
    assert trainer.run.samples == 6 and trainer.path.exists()
    trainer.path.unlink()


def test_what_was_trained_loads_in_the_host(folder, tmp_path):
    torch.manual_seed(3)
    denoiser, autoencoder = Denoiser(), Autoencoder()
    average = dict(denoiser.named_parameters())
    save_checkpoint(tmp_path / "autoencoder.pt", {"net": autoencoder.state_dict()})
    save_checkpoint(tmp_path / "denoiser.pt", {"average": average})
    assert export(tmp_path, tmp_path / "demo.safetensors") < 12_000_000
    model, _, vae = load_demo_model(tmp_path / "demo.safetensors")
    pixels = dataset.load(folder, "train").pixels[:1]
    latents = encode(autoencoder.encoder, dataset.load(folder, "train"), "cpu")[:1].float()
    picture = torch.from_numpy(np.array(pixels)).float() / 255
    # The host's latents are shifted and scaled; the model sees the encoder's own.
    seen = model.model.process_latent_in(vae.encode(picture))
    assert (seen - latents).abs().mean() < 0.02


def test_the_names_are_those_of_the_weights_file():
    kept = set(load_file(WEIGHTS))
    parts = collect(Autoencoder().state_dict(), dict(Denoiser().named_parameters()))
    extra_blocks = {name for name in parts if name not in kept}
    assert kept <= set(parts)
    assert all(name.startswith("vae.") for name in extra_blocks)


def test_wider_layers_adopt_thinner_ones_without_a_change():
    torch.manual_seed(0)
    thin, wide = Block(8), Block(12)
    adopt(wide, thin.state_dict())
    picture = torch.rand(1, 8, 6, 6)
    padded = torch.cat([picture, torch.zeros(1, 4, 6, 6)], 1)
    assert torch.allclose(wide(padded)[:, :8], thin(picture), atol=1e-6)


def test_workers_pull_towards_each_other():
    meeting = Meeting([torch.zeros(3)], samples=5)
    mine = torch.ones(3)
    meeting.pull([mine], 2)
    assert meeting.samples.value == 7
    assert torch.allclose(mine + meeting.common[0], torch.ones(3))
    assert 0 < meeting.common[0][0] < mine[0] < 1


def test_losses_are_nothing_where_nothing_is_wrong():
    picture = torch.rand(1, 3, 8, 8)
    assert picture_loss(picture, picture) == 0
    standard = torch.tensor([[-1.0, 1.0], [1.0, -1.0]]).view(1, 1, 2, 2)
    assert unit_penalty(standard) == 0


def test_noise_levels_lean_towards_noise():
    levels = noise_levels(4000, torch.Generator().manual_seed(0))
    assert levels.min() > 0 and levels.max() < 1
    assert 0.55 < levels.median() < 0.75


def test_rights_count_only_what_can_be_told():
    found = {"kind": torch.tensor([1, 2, 3])}
    assert rights(found, {"kind": torch.tensor([1, 5, -1])}) == {"kind": 0.5}


def test_the_evaluation_counts_and_measures(folder):
    torch.manual_seed(0)
    net, entries = Classifier().eval(), prompts.load()[:2]
    maker = evaluate.Maker(WEIGHTS, evaluate.Sampling(steps=2))
    shares, made = evaluate.judge(maker, net, entries)
    assert made.shape == (2, 3, 128, 128)
    assert all(0 <= share <= 1 for share in shares.values())
    assert set(name_attributes(net, made)) == set(shares) - {"all five"}
    assert evaluate.spread(made) > 0
    assert evaluate.contact_sheet(made).size == (1320, 132)


def test_drawn_pictures_of_a_prompt_show_its_attributes():
    entry = prompts.load()[0]
    pictures = evaluate.drawn(entry)
    assert len(pictures) == evaluate.SEEDS
    assert evaluate.spread(pictures) > 0.01

"""The graphs that are posted: an image of the demo model, plain or with a hires fix; sweeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PROMPT = "a white lighthouse by the sea at sunset"
SETTINGS = {"cfg": 3.0, "sampler_name": "euler", "scheduler": "simple", "denoise": 1.0}
SWEEP, SHEET = "8", "9"

Graph = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """A picture of each of `prompts` for each of so many seeds, from `seed` on."""

    prompts: tuple[str, ...]
    seeds: int
    seed: int
    size: int
    steps: int
    batch: int

    @property
    def frames(self) -> int:
        return len(self.prompts) * self.seeds


def node(class_type: str, **inputs: Any) -> Graph:
    return {"class_type": class_type, "inputs": inputs}


def plain(job: Job, text: Any, seed: Any) -> Graph:
    """Ends in node 7, VAEDecode; `text` and `seed` may be links."""
    return {
        "1": node("ProofsheetDemoModel"),
        "2": node("CLIPTextEncode", text=text, clip=["1", 1]),
        "3": node("CLIPTextEncode", text="", clip=["1", 1]),
        "4": node("EmptyLatentImage", width=job.size, height=job.size, batch_size=1),
        "5": sampler(["4", 0], seed=seed, steps=job.steps),
        "7": node("VAEDecode", samples=["5", 0], vae=["1", 2]),
    }


def hires(job: Job, text: Any, seed: Any) -> Graph:
    """The same from half the size, enlarged and sampled again for half the steps."""
    graph = plain(job, text, seed)
    graph["4"]["inputs"] |= {"width": job.size // 2, "height": job.size // 2}
    enlarged = {"upscale_method": "bislerp", "scale_by": 2.0}
    graph["6"] = node("LatentUpscaleBy", samples=["5", 0], **enlarged)
    graph["10"] = sampler(["6", 0], seed=seed, steps=max(1, job.steps // 2), denoise=0.5)
    graph["7"]["inputs"]["samples"] = ["10", 0]
    return graph


def sampler(latent: Any, **inputs: Any) -> Graph:
    links = {"model": ["1", 0], "positive": ["2", 0], "negative": ["3", 0]}
    return node("KSampler", latent_image=latent, **links, **{**SETTINGS, **inputs})


def singles(end: Callable[[Job, Any, Any], Graph], job: Job) -> list[Graph]:
    """A graph for each picture, which saves it."""
    seeds = range(job.seed, job.seed + job.seeds)
    save = {SHEET: node("SaveImage", images=["7", 0], filename_prefix="posts")}
    return [{**end(job, text, seed), **save} for text in job.prompts for seed in seeds]


def swept(graph: Graph, job: Job) -> Graph:
    """A graph whose text and seed are TEXT and SEED, through a Sweep."""
    combine = {"combine": "every combination", "batch_size": job.batch}
    return {
        **graph,
        **axes(job),
        SWEEP: node("ProofsheetSweep", source=["7", 0], axes="", **combine),
        SHEET: sheet(),
    }


TEXT, SEED = ["11", 0], ["12", 0]
"""Links to the axis nodes."""


def axes(job: Job) -> Graph:
    texts = {"prompts": "\n".join(job.prompts), "negative": "", "template": "{prompt}"}
    seeds = {"seed": job.seed, "count": job.seeds, "mode": "consecutive", "list": ""}
    return {
        TEXT[0]: node("ProofsheetPromptBatch", **texts),
        SEED[0]: node("ProofsheetSeedSweep", **seeds),
    }


def sampled(job: Job) -> Graph:
    """The plain graph with the Sweep Sampler in place of sampler and decoder, as 0.1 takes it."""
    graph = plain(job, TEXT, SEED)
    inputs = {**graph.pop("5")["inputs"], "vae": graph.pop("7")["inputs"]["vae"]}
    combine = {"combine": "every combination", "batch_size": job.batch}
    graph[SWEEP] = node("ProofsheetSweepSampler", **inputs, **combine)
    return {**graph, **axes(job), SHEET: sheet()}


def sheet() -> Graph:
    """As wide as it may be, however many the seeds are."""
    inputs = {"picks": "", "when_empty": "hold", "columns": 25}
    inputs |= {"cell_size": 128, "captions": "varying"}
    return node("ProofsheetContactSheet", frames=[SWEEP, 0], **inputs)

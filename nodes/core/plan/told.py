from __future__ import annotations

from . import recipe
from .recipe import parameters_text as parameters_text


def prompts(r):
    return recipe.prompt_text(r, "positive"), recipe.prompt_text(r, "negative")


def seed(r):
    return recipe.seed(r)


def settings(r):
    s = recipe.find(r, "KSampler")
    return {n: s["inputs"][n] for n in recipe.SAMPLER_INPUTS if n in s["inputs"]} if s else {}

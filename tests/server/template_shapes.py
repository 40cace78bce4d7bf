"""Graphs of the shapes that the official templates have, for a text and a seed that are written or
linked. Their model files are stand-ins: such a graph is planned, never run."""

from __future__ import annotations

from sweeps import node

MODEL = "stand-in.safetensors"
FOLDERS = ("checkpoints", "diffusion_models", "text_encoders", "vae", "loras")
PICTURES = ("shape-one.png", "shape-two.png")
NEGATIVE = "blurry, watermark"
SAMPLED = {"sampler_name": "euler", "scheduler": "simple", "denoise": 1.0}


def loaders(kind):
    """As newer models come: in three files. Ids are those of nodes in a subgraph."""
    return {
        "9:1": node("UNETLoader", unet_name=MODEL, weight_dtype="default"),
        "9:2": node("CLIPLoader", clip_name=MODEL, type=kind, device="default"),
        "9:3": node("VAELoader", vae_name=MODEL),
    }


def encoded(text, clip=("9:2", 0)):
    return node("CLIPTextEncode", text=text, clip=[*clip])


def sampler(seed, model, positive, negative, latent, **changes):
    links = {"model": [model, 0], "positive": [*positive], "negative": [*negative]}
    own = {"seed": seed, "steps": 8, "cfg": 1.0, **SAMPLED}
    return node("KSampler", **links, **{"latent_image": [*latent], **own, **changes})


def part(seed, model, latent, start, end, **changes):
    """Of a schedule of 20 steps that two models share."""
    return node(
        "KSamplerAdvanced",
        **{"noise_seed": seed, "steps": 20, "cfg": 3.5, "model": [model, 0]},
        **{"sampler_name": "euler", "scheduler": "simple", "latent_image": [*latent]},
        **{"start_at_step": start, "end_at_step": end, **changes},
    )


FIRST = {"add_noise": "enable", "return_with_leftover_noise": "enable"}
LAST = {"add_noise": "disable", "return_with_leftover_noise": "disable"}


def decoded(latent, vae=("9:3", 0)):
    return node("VAEDecode", samples=[*latent], vae=[*vae])


def in_a_subgraph(text, seed):
    """A distilled model: no negative but the positive's, zeroed."""
    return {
        **loaders("lumina2"),
        "9:4": node("ModelSamplingAuraFlow", model=["9:1", 0], shift=3.0),
        "9:5": encoded(text),
        "9:6": node("ConditioningZeroOut", conditioning=["9:5", 0]),
        "9:7": node("EmptySD3LatentImage", width=1024, height=1024, batch_size=1),
        "9:8": sampler(seed, "9:4", ("9:5", 0), ("9:6", 0), ("9:7", 0)),
        "end": decoded(("9:8", 0)),
    }


def base_and_refiner(text, seed):
    positive, negative = {"positive": ["positive", 0]}, {"negative": ["negative", 0]}
    refined = {"positive": ["refined", 0], "negative": ["refined negative", 0]}
    return {
        "base": node("CheckpointLoaderSimple", ckpt_name=MODEL),
        "refiner": node("CheckpointLoaderSimple", ckpt_name=MODEL),
        "positive": encoded(text, ("base", 1)),
        "negative": encoded(NEGATIVE, ("base", 1)),
        "refined": encoded(text, ("refiner", 1)),
        "refined negative": encoded(NEGATIVE, ("refiner", 1)),
        "empty": node("EmptyLatentImage", width=1024, height=1024, batch_size=1),
        "first": part(seed, "base", ("empty", 0), 0, 16, **positive, **negative, **FIRST),
        "last": part(0, "refiner", ("first", 0), 16, 10000, **refined, **LAST),
        "end": decoded(("last", 0), ("refiner", 2)),
    }


def hires_by_hand(text, seed):
    both = {"positive": ("positive", 0), "negative": ("negative", 0)}
    return {
        "files": node("CheckpointLoaderSimple", ckpt_name=MODEL),
        "positive": encoded(text, ("files", 1)),
        "negative": encoded(NEGATIVE, ("files", 1)),
        "empty": node("EmptyLatentImage", width=512, height=512, batch_size=1),
        "small": sampler(seed, "files", latent=("empty", 0), **both),
        "enlarged": node(
            "LatentUpscaleBy", samples=["small", 0], upscale_method="bislerp", scale_by=1.5
        ),
        "large": sampler(seed, "files", latent=("enlarged", 0), denoise=0.5, **both),
        "end": decoded(("large", 0), ("files", 2)),
    }


def guided_by_a_picture(text, seed):
    """SamplerCustomAdvanced over a reference, at the picture's size."""
    return {
        **loaders("flux2"),
        "i": node("LoadImage", image=PICTURES[0]),
        "s": node("GetImageSize", image=["i", 0]),
        "9:4": encoded(text),
        "9:5": node("FluxGuidance", conditioning=["9:4", 0], guidance=4.0),
        "9:6": node("VAEEncode", pixels=["i", 0], vae=["9:3", 0]),
        "9:7": node("ReferenceLatent", conditioning=["9:5", 0], latent=["9:6", 0]),
        "9:8": node("BasicGuider", model=["9:1", 0], conditioning=["9:7", 0]),
        "9:9": node("RandomNoise", noise_seed=seed),
        "9:10": node("KSamplerSelect", sampler_name="euler"),
        "9:11": node("Flux2Scheduler", steps=20, width=["s", 0], height=["s", 1]),
        "9:12": node("EmptyFlux2LatentImage", width=["s", 0], height=["s", 1], batch_size=1),
        "9:13": node(
            "SamplerCustomAdvanced",
            **{"noise": ["9:9", 0], "guider": ["9:8", 0], "sampler": ["9:10", 0]},
            **{"sigmas": ["9:11", 0], "latent_image": ["9:12", 0]},
        ),
        "end": decoded(("9:13", 0)),
    }


def two_experts_to_a_clip(text, seed):
    """Two models in a row over both outputs of a node that takes positive and negative."""
    both = {"positive": ["9:7", 0], "negative": ["9:7", 1]}
    own = {"width": 640, "height": 640, "length": 81, "batch_size": 1, "vae": ["9:3", 0]}
    own |= {"positive": ["9:5", 0], "negative": ["9:6", 0], "start_image": ["i", 0]}
    return {
        **loaders("wan"),
        "i": node("LoadImage", image=PICTURES[0]),
        "9:4": node("UNETLoader", unet_name=MODEL, weight_dtype="fp8_e4m3fn"),
        "9:5": encoded(text),
        "9:6": encoded(NEGATIVE),
        "9:7": node("WanImageToVideo", **own),
        "9:8": node("ModelSamplingSD3", model=["9:1", 0], shift=5.0),
        "9:9": node("ModelSamplingSD3", model=["9:4", 0], shift=5.0),
        "9:10": part(seed, "9:8", ("9:7", 2), 0, 10, **both, **FIRST),
        "9:11": part(0, "9:9", ("9:10", 0), 10, 10000, **both, **LAST),
        "9:12": decoded(("9:11", 0)),
        "end": node("CreateVideo", images=["9:12", 0], fps=16.0),
    }


def switched(text, seed):
    """Image edit: a switch for a faster LoRA, and its steps and cfg; what is not taken has a model
    of its own."""
    graph = {
        **loaders("qwen_image"),
        "i": node("LoadImage", image=PICTURES[0]),
        "9:4": node("PrimitiveBoolean", value=True),
        "9:5": node("LoraLoaderModelOnly", lora_name=MODEL, strength_model=1.0, model=["9:1", 0]),
        **{"9:6": node("PrimitiveInt", value=20), "9:7": node("PrimitiveInt", value=4)},
        **{"9:8": node("PrimitiveFloat", value=4.0), "9:9": node("PrimitiveFloat", value=1.0)},
        "9:13": node("FluxKontextImageScale", image=["i", 0]),
        "9:16": node("VAEEncode", pixels=["9:13", 0], vae=["9:3", 0]),
    }
    for number, (off, on) in enumerate([("9:1", "9:5"), ("9:6", "9:7"), ("9:8", "9:9")], start=10):
        inputs = {"switch": ["9:4", 0], "on_false": [off, 0], "on_true": [on, 0]}
        graph[f"9:{number}"] = node("ComfySwitchNode", **inputs)
    for number, prompt in ((14, text), (15, "")):
        links = {"clip": ["9:2", 0], "vae": ["9:3", 0], "image1": ["9:13", 0]}
        graph[f"9:{number}"] = node("TextEncodeQwenImageEditPlus", prompt=prompt, **links)
    both = {"positive": ("9:14", 0), "negative": ("9:15", 0)}
    own = {"steps": ["9:11", 0], "cfg": ["9:12", 0], "latent": ("9:16", 0)}
    graph["9:17"] = sampler(seed, "9:10", **both, **own)
    return {**graph, "end": decoded(("9:17", 0))}


def prompt_made_longer(text, seed):
    """A language model above the prompt, behind a switch: what it will say is not told."""
    graph = in_a_subgraph(["9:12", 0], seed)
    own = {"clip": ["9:2", 0], "prompt": ["9:10", 0], "max_length": 256, "thinking": False}
    random = {"sampling_mode": "on", "sampling_mode.seed": 5, "sampling_mode.temperature": 0.7}
    random |= {"sampling_mode.top_k": 64, "sampling_mode.top_p": 0.95, "sampling_mode.min_p": 0.05}
    random |= {"sampling_mode.repetition_penalty": 1.05, "sampling_mode.presence_penalty": 0.0}
    joined = {"string_a": "Describe in detail: ", "string_b": ["9:9", 0], "delimiter": ""}
    switched = {"switch": True, "on_false": ["9:9", 0], "on_true": ["9:11", 0]}
    return {
        **graph,
        "9:9": node("PrimitiveStringMultiline", value=text),
        "9:10": node("StringConcatenate", **joined),
        "9:11": node("TextGenerate", **own, **random),
        "9:12": node("ComfySwitchNode", **switched),
    }


def picture_and_sound(text, seed):
    """One sampler over both, decoded twice into one clip; how many frames is computed."""
    own = {"prompt": text, "width": 640, "height": 640, "length": ["9:5", 1]}
    own |= {"clip": ["9:2", 0], "vae": ["9:3", 0], "first_frame": ["i", 0]}
    return {
        **loaders("minimax"),
        "i": node("LoadImage", image=PICTURES[0]),
        "9:4": node("VAELoader", vae_name=MODEL),
        "9:5": node("ComfyMathExpression", **{"expression": "a * 24 + 1", "values.a": 5.0}),
        "9:6": node("MiniMaxH3ImageToVideo", **own),
        "9:7": node("BasicGuider", model=["9:1", 0], conditioning=["9:6", 0]),
        "9:8": node("RandomNoise", noise_seed=seed),
        "9:9": node("KSamplerSelect", sampler_name="res_multistep"),
        "9:10": node("BasicScheduler", model=["9:1", 0], scheduler="simple", steps=20, denoise=1.0),
        "9:11": node(
            "SamplerCustomAdvanced",
            **{"noise": ["9:8", 0], "guider": ["9:7", 0], "sampler": ["9:9", 0]},
            **{"sigmas": ["9:10", 0], "latent_image": ["9:6", 1]},
        ),
        "9:12": decoded(("9:11", 0)),
        "9:13": node("VAEDecodeAudio", samples=["9:11", 0], vae=["9:4", 0]),
        "end": node("CreateVideo", images=["9:12", 0], audio=["9:13", 0], fps=24.0),
    }


def sound(text, seed):
    return {
        "files": node("CheckpointLoaderSimple", ckpt_name=MODEL),
        "clip": node("CLIPLoader", clip_name=MODEL, type="stable_audio", device="default"),
        "positive": encoded(text, ("clip", 0)),
        "negative": encoded("", ("clip", 0)),
        "empty": node("EmptyLatentAudio", seconds=30.0, batch_size=1),
        "made": sampler(seed, "files", ("positive", 0), ("negative", 0), ("empty", 0)),
        "end": node("VAEDecodeAudio", samples=["made", 0], vae=["files", 2]),
    }


SHAPES = (
    in_a_subgraph,
    base_and_refiner,
    hires_by_hand,
    guided_by_a_picture,
    two_experts_to_a_clip,
    switched,
    prompt_made_longer,
    picture_and_sound,
    sound,
)

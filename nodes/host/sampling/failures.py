"""What went wrong, in words that say what to do about it."""

from __future__ import annotations

import comfy.model_management as management

from ..store.atomic_files import StorageError

NO_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")
"""What torch says on devices that have no error class for it: the CPU, MPS, DirectML."""

ON_NO_MEMORY = (
    "Give it a smaller picture or a smaller model, or close what else uses the memory, and run "
    "again: finished frames are kept"
)


def is_oom(error: BaseException) -> bool:
    newer = getattr(management, "is_oom", None)  # 0.17 and later
    if newer and newer(error):
        return True
    if isinstance(error, RuntimeError) and any(w in str(error).lower() for w in NO_MEMORY):
        return True
    oom = management.OOM_EXCEPTION  # plain Exception where torch has no such class
    return isinstance(error, MemoryError if oom is Exception else (oom, MemoryError))


def without_frames(error: Exception) -> Exception:
    """Let go of the tensors that a traceback's frames hold, or a retry finds no memory."""
    error.__context__ = error.__cause__ = None
    return error.with_traceback(None)


def describe(error: BaseException) -> str:
    text = " ".join(str(error).split())[:400] or type(error).__name__
    if is_oom(error):
        return f"out of memory: {text}. {ON_NO_MEMORY}"
    if isinstance(error, ValueError | StorageError):
        return text
    return f"{type(error).__name__}: {text}"

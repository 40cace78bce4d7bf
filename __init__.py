"""Proofsheet: seed sweeps, prompt batches, contact sheets and picking for ComfyUI."""

WEB_DIRECTORY = "./web"


async def comfy_entrypoint():
    # Deferred: importing this file must need neither ComfyUI nor a package name (pytest does both).
    import logging

    try:
        from .nodes.extension import Extension
    except Exception:
        # The host would log one line and no traceback.
        logging.getLogger("proofsheet").exception("Proofsheet could not be loaded")
        raise
    return Extension()

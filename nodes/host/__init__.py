"""The code that knows ComfyUI and torch."""

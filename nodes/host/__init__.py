"""The code that knows ComfyUI and torch: frames stored, planned, sampled, and each node's work."""

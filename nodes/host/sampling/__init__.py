"""Frames made: which rows share a call, their noise, and what is told meanwhile."""

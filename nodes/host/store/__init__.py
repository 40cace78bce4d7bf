"""Frames on disk, found by id, and whether they are whole."""

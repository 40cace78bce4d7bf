"""The model that needs no download."""

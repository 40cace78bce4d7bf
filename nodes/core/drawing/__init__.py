"""The sheet drawn with Pillow, in fonts that have the letters."""

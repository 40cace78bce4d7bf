"""The sheet before it is drawn: what stands on it, in which words, and where."""

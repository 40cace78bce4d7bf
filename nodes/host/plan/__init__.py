"""The plan made on the running host: its graph, its files, its stored frames."""

"""What a sweep will make, from the graph alone: cells, and the recipe of each."""

"""What each node does, a file a node."""

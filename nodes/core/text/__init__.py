"""Text as people read it: letters, directions, line breaks, what differs."""

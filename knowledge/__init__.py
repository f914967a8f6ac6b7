"""What we know, and finding it."""

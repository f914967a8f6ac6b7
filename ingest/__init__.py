"""How knowledge gets in: read, clean, describe, split, replace."""

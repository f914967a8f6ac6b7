"""One question in, step events and one cited answer out."""

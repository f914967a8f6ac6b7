"""Benchmarks; never imported by the app."""

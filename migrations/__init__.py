"""Alembic migrations of the one schema that all packages share."""

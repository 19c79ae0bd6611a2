"""Disturbances on purpose, counted: `python -m tests.chaos [KIND …]`."""

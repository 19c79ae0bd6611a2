"""Extraction, one module per source system: ask, land, report."""

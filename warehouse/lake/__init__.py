"""The shared store: what organisations publish, appended to a DuckLake that anybody may ask across all of them.

It stands apart from the rest of the product and imports nothing of it but the texts of models: it runs in an
environment of its own, by the release of DuckDB that its extensions were built for (`make lake`), and reads finished
files. What a home holds never depends on it.
"""

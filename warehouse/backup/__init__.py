"""Copies of a whole home on any mounted path: taken in generations, verified, and put back.

A generation is a list of files, and a file a list of chunks that are named by their SHA-256 and written once, whoever
needs them (store.py, generations.py). taking.py makes one, restoring.py puts one back.
"""

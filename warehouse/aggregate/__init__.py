"""The edition for readers who need no records: figures without small cells, made of a publication alone."""

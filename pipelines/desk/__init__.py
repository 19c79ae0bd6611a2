"""The officer's desk beside Dagster: last night in a sentence, runs and their start, dossiers and records to see to."""

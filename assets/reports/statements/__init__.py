"""Papers of their own beside the report: sections of sentences and tables under the Office's letterhead."""

"""The report on the quality objectives, as Word, PDF, HTML and Excel."""

"""Each SQL model as a specification: little tables in, little tables out."""

"""A faithful stand-in for the three source systems, with a world whose truth is known."""

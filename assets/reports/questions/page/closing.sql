select known_from from reference.closing

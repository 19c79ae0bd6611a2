"""`mtcl explain`: the life of one dossier as a colleague would tell it, from the published file alone."""

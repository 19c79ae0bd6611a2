"""`mtcl explain`: the life of one dossier as a colleague would tell it, from the published file alone."""

from pipelines.explaining.facts import Explanation, explain, similar
from pipelines.explaining.story import story


__all__ = ["Explanation", "explain", "similar", "story"]

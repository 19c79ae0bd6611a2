"""Who answers for what, shown beside every asset: whom to ask when a source or a figure looks wrong."""

import dagster as dg

from assets.sources import SOURCES


OFFICER = "team:Cán bộ số liệu"
# Dagster takes tags without accents only; the numbers put them in the order of the flow.
LAYERS = {
    "raw": "1-doc-nguon",
    "staging": "2-chuan-hoa",
    "reference": "2-tham-chieu",
    "core": "3-nghiep-vu",
    "anomalies": "4-bat-thuong",
    "indicators": "4-chi-tieu",
    "marts": "5-ket-qua",
    "published": "6-cong-bo",
    "reports": "7-bao-cao",
}


def owned(spec: dg.AssetSpec) -> dg.AssetSpec:
    """The spec with its keeper, its source and its place in the flow, for the catalogue's filters."""
    layer, name = spec.key.path[0], spec.key.path[-1]
    system = name.partition("__")[0]
    tags = {"lop": LAYERS[layer]} if layer in LAYERS else {}
    keeper = next((source.keeper for source in SOURCES if source.system == system), None)
    if keeper:
        return spec.merge_attributes(owners=[f"team:{keeper}"], tags={**tags, "nguon": system})
    return spec.merge_attributes(owners=[OFFICER], tags=tags)

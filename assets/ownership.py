"""Who answers for what, shown beside every asset: whom to ask when a source or a figure looks wrong."""

import dagster as dg


OFFICER = "team:Cán bộ số liệu"
# The room that runs the system or keeps the register (domain §8.2).
KEEPERS = {
    "portal": "team:Trung tâm Phục vụ hành chính công",
    "axis": "team:Phòng Hành chính - Tổ chức",
    "tthc": "team:Phòng Kiểm soát TTHC",
    "registers": "team:Các phòng giữ sổ",
}
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
    if system in KEEPERS:
        return spec.merge_attributes(owners=[KEEPERS[system]], tags={**tags, "nguon": system})
    return spec.merge_attributes(owners=[OFFICER], tags=tags)

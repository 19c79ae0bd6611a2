"""Every asset says whom to ask."""

import dagster as dg
import pytest

from assets.ownership import owned


@pytest.mark.parametrize(
    ("key", "owner", "tags"),
    [
        ("raw/axis__sent_documents", "team:Phòng Hành chính - Tổ chức", {"lop": "1-doc-nguon", "nguon": "axis"}),
        ("staging/tthc__procedures", "team:Phòng Kiểm soát TTHC", {"lop": "2-chuan-hoa", "nguon": "tthc"}),
        ("marts/scoreboard", "team:Cán bộ số liệu", {"lop": "5-ket-qua"}),
    ],
)
def test_an_asset_belongs_to_the_keeper_of_its_source_or_to_the_officer(
    key: str, owner: str, tags: dict[str, str]
) -> None:
    spec = owned(dg.AssetSpec(key.split("/")))
    assert (list(spec.owners), dict(spec.tags)) == ([owner], tags)


def test_what_the_officer_opens_carries_owners() -> None:
    from pipelines.definitions import defs

    graph = defs().resolve_asset_graph()
    assert [str(key) for key in graph.materializable_asset_keys if not graph.get(key).owners] == []


def test_every_source_has_a_freshness_policy_and_nothing_else() -> None:
    from pipelines.definitions import defs

    graph = defs().resolve_asset_graph()
    watched = {key for key in graph.materializable_asset_keys if graph.get(key).freshness_policy}
    assert watched == {key for key in graph.materializable_asset_keys if key.path[0] == "raw"}

"""Which scopes a unit's dossiers count in: the unit, its parents, the province, the headline."""

from datetime import date

from tests.models.dossier_sources import DossierSources


def scopes(dossiers: DossierSources) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for unit, scope in dossiers.query("select unit_code, scope_code from core.unit_scopes"):
        found.setdefault(unit, set()).add(scope)
    return found


def test_a_parent_counts_each_dossier_of_its_children_once(dossiers: DossierSources) -> None:
    dossiers.given_agencies(
        """
        id | code             | name           | parent_id
        ---+------------------+----------------+----------
        p  | 000.00.00.H19    | UBND tỉnh      |
        d  | H19.22           | Sở Nội vụ      | p
        r  | 000.20.22.H19    | Phòng Một      | d
        c  | H19.101          | Phường Một     | p
        """
    )
    dossiers.given(
        "code | unit | completed\nA | r | 2025-03-07 09:00\nB | H19.22 | 2025-03-11 09:00\nC | c | 2025-03-07 09:00"
    )
    dossiers.build(date(2025, 12, 31))
    assert scopes(dossiers) == {
        "H19": {"H19", "VP"},
        "H19.22": {"H19.22", "H19", "VP"},
        "H19.22.20": {"H19.22.20", "H19.22", "H19", "VP"},
        "H19.101": {"H19.101", "H19", "VP"},
    }
    assert dossiers.rates(unit_code="H19.22")["R1"] == (1, 2)
    assert dossiers.rates(unit_code="H19")["R1"] == (2, 3)


def test_the_headline_is_the_office_and_the_centre_where_the_directory_names_them(dossiers: DossierSources) -> None:
    dossiers.given_agencies(
        """
        id | code    | name                                   | parent_id
        ---+---------+----------------------------------------+----------
        p  | H19     | UBND tỉnh Đồng Nai                     |
        o  | H19.02  | Văn phòng UBND tỉnh                    | p
        c  | H19.03  | Trung tâm Phục vụ hành chính công tỉnh | p
        x  | H19.101 | Phường Trấn Biên                       | p
        y  | H19.102 | Trung tâm Phục vụ hành chính công phường Trấn Biên | x
        """
    )
    dossiers.given(
        "code | unit | completed\nA | o | 2025-03-07 09:00\nB | c | 2025-03-07 09:00\nC | y | 2025-03-11 09:00"
    )
    dossiers.build(date(2025, 12, 31))
    assert {unit for unit, found in scopes(dossiers).items() if "VP" in found} == {"H19.02", "H19.03"}
    assert dossiers.rates()["R1"] == (2, 2)
    assert dossiers.rates(unit_code="H19")["R1"] == (2, 3)


def test_units_of_the_merged_province_count_from_the_day_it_joined(dossiers: DossierSources) -> None:
    dossiers.given("code | unit | completed\nA | H19.01 | 2025-03-07 09:00\nB | H10.05 | 2025-03-07 09:00")
    assert dossiers.build(date(2025, 6, 30)).rates(unit_code="H19")["R1"] == (1, 1)
    assert dossiers.build(date(2025, 7, 1)).rates(unit_code="H19")["R1"] == (2, 2)

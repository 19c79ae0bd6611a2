"""A home goes over to another key: nobody is counted twice, nothing has a new version, the old key is refused."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from connectors.dossiers import decode_page, record_of
from connectors.pseudonym_settings import required
from connectors.records import Page
from connectors.registers.catalogue import REGISTERS
from connectors.registers.folder import Registers
from connectors.registers.templates import write_workbook
from connectors.simulator.registers.office import rows as registers_of
from connectors.simulator.world import World
from pipelines.identity import OtherHome, enter
from pipelines.rotating import RotationRefused, rotated
from pipelines.settings import Settings
from tests.models.dossier_sources import DossierSources
from warehouse.identity import kept
from warehouse.landing import Extraction
from warehouse.rekeying import epochs


CLOSING = date(2025, 12, 31)
FIRST, SECOND = "khoa-thu-nhat-rat-dai", "khoa-thu-hai-rat-dai"
TABLES = ("indicators.staff_records", "anomalies.t10_one_dossier_twice")
PERSONAL = ("officials", "ratings")
BEFORE = {"PSEUDONYM_KEY": FIRST}
AFTER = {"PSEUDONYM_KEY": SECOND, "PSEUDONYM_KEY_RETIRED": FIRST}
# The same person applies twice at one moment; a leaf that names somebody does not pass the border.
WIRE = [
    {
        "code": f"H19.{number}",
        "procedure": {"code": "1.000001"},
        "agency": {"id": "H19.1", "code": "H19.1"},
        "appliedDate": "2025-06-02T08:00:00.000+0700",
        "acceptedDate": "2025-06-02T09:00:00.000+0700",
        "dossierTaskStatus": {"name": "Nguyễn Thị Hoa, 0903 123 456"},
        "applicant": {"data": {"fullname": "Nguyễn Thị Hoa", "identityNumber": "075080001234"}},
    }
    for number in (1, 2)
]


class Home:
    """Dossiers and the registers of persons, read by the key that the settings tell."""

    def __init__(self, folder: Path) -> None:
        self.sources, self.folder = DossierSources(folder, TABLES), folder / "registers"
        self.folder.mkdir()
        contents = registers_of(World(dossiers=1, documents=0))
        for name in PERSONAL:
            write_workbook(self.folder / f"{name}.xlsx", REGISTERS[name], contents[name])

    def settings(self, given: dict[str, str]) -> Settings:
        return Settings.from_environment(
            {"MTCL_HOME": str(self.sources.warehouse.path.parent), "REGISTERS_DIR": str(self.folder), **given}
        )

    def read(self, given: dict[str, str], listed: int = 2) -> int:
        """So many new versions a reading brings; the portal lists the first so many dossiers."""
        enter(self.settings(given), self.sources.warehouse)
        person = required(given)
        content = decode_page(json.dumps({"content": WIRE[:listed]}).encode()).content
        pages = {("portal", "dossiers"): [Page([record_of(one, person) for one in content], 1, 1, listed, 0)]}
        rooms = Registers(self.folder, person).read()
        pages |= {("registers", name): list(rooms.pages(name)) for name in PERSONAL}
        landed = 0
        for (system, resource), found in pages.items():
            with Extraction(self.sources.warehouse, system, resource, run_id="test") as extraction:
                for page in found:
                    extraction.add(page)
                extraction.finish(complete=system == "registers")
                landed += extraction.landed
        return landed

    def figures(self) -> list[tuple[object, ...]]:
        """Counts of officials by outcome and reason, and the applications that are one."""
        self.sources.build(CLOSING)
        return self.sources.query(
            "select indicator, definition, on_date, outcome, reason_code, count(*) from indicators.staff_records"
            " group by all union all"
            " select trap, signal, null, record_key, sentence, 1 from anomalies.t10_one_dossier_twice order by all"
        )


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path)
    yield home
    home.sources.close()


def raw(home: Home) -> list[tuple[str, str, int, str, str]]:
    tables = ("portal__dossiers", *(f"registers__{name}" for name in PERSONAL))
    return [
        row
        for table in tables
        for row in home.sources.query(
            f"select '{table}', record_key, version, payload, content_hash from raw.{table} order by all"
        )
    ]


def test_figures_versions_and_persons_are_the_same_after_a_rotation_and_the_old_key_is_refused(home: Home) -> None:
    home.read(BEFORE)
    figures, before = home.figures(), raw(home)
    assert ("T10", "trung_noi_dung") in {row[:2] for row in figures}
    assert "MT4a" in {row[0] for row in figures}
    done = rotated(home.settings(AFTER), home.sources.warehouse, lambda: "van-thu")
    assert done.rows == len(before)
    # The second application is listed no longer, and is still of the same person.
    assert home.read(AFTER, listed=1) == 0
    assert home.figures() == figures
    after = raw(home)
    assert not {row[4] for row in before} & {row[4] for row in after}
    assert sorted(row[2] for row in after) == sorted(row[2] for row in before)
    assert all(row[4] == hashlib.sha256(row[3].encode()).hexdigest() for row in after)
    assert [(number, by) for number, _, by in epochs(home.sources.warehouse)] == [(1, "van-thu")]
    with pytest.raises(OtherHome, match="khóa cũ đã thay"):
        home.read(BEFORE)


def test_a_second_rotation_stands_on_the_first_and_doing_it_again_changes_nothing(home: Home) -> None:
    home.read(BEFORE)
    rotated(home.settings(AFTER), home.sources.warehouse)
    assert rotated(home.settings(AFTER), home.sources.warehouse).rows is None
    third = {"PSEUDONYM_KEY": "khoa-thu-ba-rat-dai", "PSEUDONYM_KEY_RETIRED": json.dumps([SECOND, FIRST])}
    assert rotated(home.settings(third), home.sources.warehouse).epoch == 2
    assert home.read(third) == 0
    assert [number for number, *_ in epochs(home.sources.warehouse)] == [1, 2]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"PSEUDONYM_KEY": SECOND}, "không phải khóa mà kho đang dùng"),
        (AFTER | {"PSEUDONYM_KEY_RETIRED": "khoa-nao-do-khac"}, "không phải khóa mà kho đang dùng"),
    ],
)
def test_without_the_key_in_use_nothing_is_written(home: Home, given: dict[str, str], words: str) -> None:
    home.read(BEFORE)
    before = raw(home)
    with pytest.raises(RotationRefused, match=words):
        rotated(home.settings(given), home.sources.warehouse)
    with pytest.raises(OtherHome, match="H10"):
        rotated(home.settings(AFTER | {"MTCL_ORG_CODE": "H10"}), home.sources.warehouse)
    assert (raw(home), epochs(home.sources.warehouse)) == (before, [])


def test_a_payload_that_does_not_match_its_hash_is_left_for_whoever_looks_for_it(home: Home) -> None:
    home.read(BEFORE)
    home.sources.query(
        "update raw.portal__dossiers set payload = replace(payload, '1.000001', '1.000002') where record_key = 'H19.1'"
    )
    rotated(home.settings(AFTER), home.sources.warehouse)
    wrong = [row[1] for row in raw(home) if row[4] != hashlib.sha256(row[3].encode()).hexdigest()]
    assert wrong == ["H19.1"]


def test_a_rotation_that_is_cut_short_before_the_card_is_made_up_for(home: Home) -> None:
    home.read(BEFORE)
    card = home.sources.warehouse.path.parent / "identity.json"
    old = card.read_bytes()
    rotated(home.settings(AFTER), home.sources.warehouse)
    card.write_bytes(old)
    assert rotated(home.settings(AFTER), home.sources.warehouse).rows is None
    assert home.read(AFTER) == 0
    known = kept(home.sources.warehouse)
    assert known
    assert SECOND not in repr(known)

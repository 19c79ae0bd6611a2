"""Once a week the source's own counts find what slipped past the cursor and what vanished."""

from connectors.simulator.server import Simulator
from tests.support.office import Office
from warehouse import building


SLIPPED = """
delete from raw.portal__dossiers where record_key = (
    select min(record_key) from staging.portal__dossiers where accepted_at::date between '2025-03-01' and '2025-03-31'
)
"""
GHOST = """
insert into raw.portal__dossiers
select 'H19.01-250305-9999', 1, replace(payload, dossier_code, 'H19.01-250305-9999'), 'ghost', source_updated_at,
    raw.first_seen_at, raw.last_seen_at, null, run_id
from raw.portal__dossiers as raw
inner join staging.portal__dossiers using (record_key)
where accepted_at::date between '2025-05-01' and '2025-05-31'
order by record_key limit 1
"""
LAST_WEEK = """
update raw.portal__dossier_counts
set payload = replace(payload, '"2025-12-31"', '"2025-12-24"'), content_hash = md5(content_hash)
"""
MATCHED = """
select strftime(period_start, '%m') from marts.reconciliation
where subject = 'tap_khoa_ho_so' and verdict <> 'Khớp' order by all
"""


def test_what_slipped_is_landed_and_what_vanished_is_withdrawn(office: Office, simulator: Simulator) -> None:
    with office.open() as warehouse:
        before = building.table_hash(warehouse, "core.dossiers")
        for sql in (SLIPPED, GHOST, LAST_WEEK):
            warehouse.query(sql)
    asked = simulator.requests["/portal/pa/dossier/search"]
    assert office.night().success
    assert simulator.requests["/portal/pa/dossier/search"] - asked < 30
    with office.open() as warehouse:
        assert warehouse.query(MATCHED) == []
        assert warehouse.query("select record_key from raw.portal__dossiers where withdrawn_at is not null") == [
            ("H19.01-250305-9999",)
        ]
        assert building.table_hash(warehouse, "core.dossiers") == before


def test_in_the_simulated_province_no_difference_blocks_or_lowers_a_verdict(office: Office) -> None:
    with office.open() as warehouse:
        found = warehouse.query(
            "select subject, bool_and(consequence in ('none', 'note')) from marts.reconciliation"
            " group by subject order by subject"
        )
    assert found == [
        (subject, True)
        for subject in (
            "ban_sao_quoc_gia",
            "diem_tien_do_quoc_gia",
            "giai_quyet_quoc_gia",
            "ho_so_da_giai_quyet",
            "ho_so_qua_han",
            "ho_so_tiep_nhan",
            "tap_khoa_ho_so",
            "thu_tuc",
            "tiep_nhan_quoc_gia",
            "van_ban_den",
            "van_ban_di",
        )
    ]

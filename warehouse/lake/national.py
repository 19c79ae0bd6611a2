"""All organisations of a closing date together: the model of figures over the union of what each has measured.

The text of `indicators/figures.sql` is run as it stands, over the measures of all of them: a unit is `H19:H19.02`, an
Office's scope stays `VP`, a province is the nation, `VN`. What comes out is compared with the sum of the figures that
each has built itself, and is appended only where they are equal, row by row. Left out: figures of last year (data of
one province may not reach back so far as another's), and what is no rate (a median of medians is none).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from warehouse.lake.appending import Appended, Publication, append
from warehouse.lake.connection import NAME, Lake, text
from warehouse.lake.tables import shape, told
from warehouse.models import FOLDER


NATION = "VN"
# What a home writes beside its publication, for this.
MEASURED = ("indicators.measures", "indicators.repeats", "indicators.mt3_periods")
BUILT = "indicators.figures"
# Not published, not summed, and known by its columns alone.
VALUED = "indicators.valued_figures"
BESIDE = (*MEASURED, VALUED, BUILT)
# The same for all of them, or they cannot be added up.
ALIKE = ("core.periods", "core.period_spans", "reference.definitions", "reference.indicators")
KEY = "indicator, definition, unit_code, applicant_group, period_calendar, period_kind, period_start, period_end, as_at"
COUNTS = ("numerator", "denominator", "excluded", "quarantined", "doubtful", "early", "on_time")
SUMS = ", ".join(f"sum({name})::bigint as {name}" for name in COUNTS)
# A scope of the headlines, in the name that it has for the nation.
SCOPE = f"if({{column}} = closing.org_code, '{NATION}', {{column}})"


class NotTheSum(Exception):
    """The nation's figures are not the sum of the provinces'; nothing was appended."""


@dataclass(frozen=True)
class Sum:
    """`left_out`: organisation → why it is not in the sum."""

    closing_date: date | None
    organisations: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    appended: Appended | None = None


def sum_up(lake: Lake, closing_date: str | None = None) -> Sum:
    """Of that closing date, or of the one that most of the organisations have. Raises NotTheSum."""
    pointers: dict[str, date] = dict(
        lake.query(f"select organisation, closing_date from {NAME}.store.pointers where organisation <> '{NATION}'")
    )
    if not pointers:
        return Sum(None)
    day = date.fromisoformat(closing_date) if closing_date else Counter(sorted(pointers.values())).most_common(1)[0][0]
    left_out = {code: f"ngày chốt {own:%d/%m/%Y}" for code, own in pointers.items() if own != day}
    chosen = sorted(pointers.keys() - left_out.keys())
    left_out |= unlike(lake, chosen)
    chosen = [code for code in chosen if code not in left_out]
    if not chosen:
        return Sum(day, left_out=left_out)
    with united(lake, chosen, day):
        (rows,) = lake.query("select count(*) from nation")[0]
        refuse_other_sums(lake)
        return Sum(day, chosen, left_out, rows, kept(lake, chosen, day))


def unlike(lake: Lake, codes: Sequence[str]) -> dict[str, str]:
    """Those whose periods or definitions are not the ones that most of them have."""
    found: dict[str, str] = {}
    for table in ALIKE:
        columns = [name for name in shape(lake, f"{NAME}.{table}") if name != "organisation"]
        hashes = {code: told(lake, f"{NAME}.{table}", columns, "organisation = $1", [code])["hash"] for code in codes}
        usual = Counter(hashes.values()).most_common(1)[0][0] if hashes else ""
        found |= {code: f"{table} khác các tổ chức kia" for code, hashed in hashes.items() if hashed != usual}
    return found


@contextmanager
def united(lake: Lake, codes: Sequence[str], day: date) -> Iterator[None]:
    """The tables that the model reads, and `nation`, what it makes of them; in memory, gone after the block."""
    lake.query("attach ':memory:' as together")
    try:
        lake.query("use together")
        for schema in ("core", "reference", "indicators"):
            lake.query(f"create schema {schema}")
        lake.query("create temp table chosen as select unnest($1::varchar[]) as organisation", [list(codes)])
        lake.query(f"create table closings as from {NAME}.reference.closing semi join chosen using (organisation)")
        lake.query(f"create table reference.closing as select {text(str(day))}::date closing_date, '{NATION}' org_code")
        for table in ALIKE:
            lake.query(
                f"create table {table} as select distinct * exclude (organisation) from {NAME}.{table}"
                " semi join chosen using (organisation)"
            )
        for table in MEASURED:
            lake.query(
                f"create table {table} as select * exclude (organisation)"
                " replace (organisation || ':' || unit_code as unit_code)"
                f" from {NAME}.{table} semi join chosen using (organisation)"
            )
        lake.query(f"create table {VALUED} as select * exclude (organisation) from {NAME}.{VALUED} limit 0")
        headlines(lake)
        model = (FOLDER / "indicators" / "figures.sql").read_text(encoding="utf-8")
        # What is told by amounts is no rate, be it that of one organisation alone.
        lake.query(
            "create table no_rates as select distinct indicator, definition"
            f" from {NAME}.{BUILT} semi join chosen using (organisation) where amount is not null"
        )
        lake.query(
            f"create table nation as select {KEY}, {SUMS} from (\n{model}\n)"
            " anti join no_rates using (indicator, definition) group by all"
        )
        yield
    finally:
        lake.query("drop table if exists chosen")
        lake.query("use memory")
        lake.query("detach together")


def headlines(lake: Lake) -> None:
    lake.query(
        f"""
        create table core.headlines as
        select distinct told.* exclude (organisation)
            replace ({SCOPE.format(column="told.unit_code")} as unit_code)
        from {NAME}.core.headlines as told
        inner join closings as closing using (organisation)
        """
    )
    lake.query(
        f"""
        create table core.scope_spans as
        select told.* exclude (organisation) replace (
            told.organisation || ':' || told.unit_code as unit_code,
            {SCOPE.format(column="told.scope_code")} as scope_code
        )
        from {NAME}.core.scope_spans as told
        inner join closings as closing using (organisation)
        where told.scope_code in ('VP', closing.org_code)
        """
    )


def refuse_other_sums(lake: Lake) -> None:
    """Raises NotTheSum, which counts the rows that differ and names the first."""
    columns = f"{KEY}, {', '.join(f'coalesce({name}, 0) as {name}' for name in COUNTS)}"
    lake.query(
        f"""
        create temp table provinces as
        select {KEY.replace("unit_code", SCOPE.format(column="unit_code") + " as unit_code")}, {SUMS}
        from {NAME}.{BUILT} as built
        inner join closings as closing using (organisation)
        anti join no_rates using (indicator, definition)
        where built.unit_code in ('VP', closing.org_code)
        group by all
        """
    )
    either = [
        f"select {columns} from {one} except all select {columns} from {other}"
        for one, other in (("nation", "provinces"), ("provinces", "nation"))
    ]
    differing = lake.query(f"from ({either[0]}) union all from ({either[1]}) order by all")
    lake.query("drop table provinces")
    if differing:
        raise NotTheSum(f"Số toàn quốc khác tổng các tỉnh ở {len(differing)} dòng, dòng đầu: {differing[0]}")


def kept(lake: Lake, codes: Sequence[str], day: date) -> Appended:
    """The same organisations' same publications are the same publication of the nation."""
    named = lake.query(
        f"select string_agg(publication_id, ' ' order by organisation), max(published_at)::varchar"
        f" from {NAME}.store.pointers where list_contains($1, organisation)",
        [list(codes)],
    )
    (publications, published_at) = named[0]
    (digest,) = lake.query("select sha256($1)", [publications])[0]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "national.figures.parquet"
        lake.query(f"copy (from nation order by all) to {text(str(file))}")
        lake.query("use memory")
        version = f"vn-{day}"
        return append(lake, Publication(NATION, version, day, published_at, None, digest, Path(folder)))

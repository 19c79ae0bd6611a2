"""The report read back from each of its formats: to the digit what is published, whatever records hold."""

import io
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest
from click.testing import CliRunner
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from assets.reports.asking import Publication
from assets.reports.formats import count, ratio, share
from assets.reports.paper import annexes as annexed
from assets.reports.paper import (
    charts,
    columns,
    content,
    documents,
    figures,
    folder,
    lists,
    reasons,
    sections,
    template,
)
from assets.reports.paper.content import UnknownUnit
from assets.reports.paper.figures import Objective
from assets.reports.paper.files import made
from assets.reports.paper.lists import Failing
from assets.reports.paper.periods import UnknownPeriod, find
from pipelines.cli import main
from tests.support.office import Office, failures
from warehouse import access
from warehouse.reading import Published, latest, manifest_of, sha256_of


# Of the body.
MOST_PAGES = 4
HOSTILE = "=cmd|' /C calc'!A1 </w:t><script>x</script> {{ 7 * 7 }} {% raw %} #panic() \x0b Đồng"
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def files(published: Published) -> Files:
    """By ending; what belongs to the report and lies beside it, by name."""
    return by_ending(made(content.report(published), None)[0])


@pytest.fixture
def altered(published: Published, tmp_path: Path) -> Iterator[tuple[Published, duckdb.DuckDBPyConnection]]:
    """A copy of the version that a test may write into."""
    copy = tmp_path / "copy.duckdb"
    shutil.copyfile(published.path, copy)
    with duckdb.connect(str(copy)) as connection:
        yield Published(published.version, copy, published.manifest), connection


def asked(published: Published, period: str = "year_to_date", unit: str | None = None) -> dict[str, object]:
    """What the questions of a report are asked with."""
    return find(Publication(published.path), period).values | {"unit": unit}


def objectives(published: Published, period: str = "year_to_date") -> list[Objective]:
    return Publication(published.path).ask(figures.OBJECTIVES, **asked(published, period))


def failing(published: Published, period: str = "year_to_date", unit: str | None = None) -> list[Failing]:
    return Publication(published.path).ask(lists.FAILING, **asked(published, period, unit))


def by_ending(files: Files) -> Files:
    return {name if "/" in name else Path(name).suffix[1:]: text for name, text in files.items()}


@pytest.fixture(scope="module")
def told(files: Files) -> dict[str, str]:
    return plain(files)


def annexes(files: Files, ending: str) -> Files:
    return {name: text for name, text in files.items() if "/" in name and name.endswith(ending)}


def plain(files: Files) -> dict[str, str]:
    """The text of each format, annexes and all, without the spaces and breaks that belong to its layout."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"]))
    sheets = [
        str(value) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for value in row
    ]
    found = {
        "docx": " ".join(in_word(one) for one in (files["docx"], *annexes(files, ".docx").values())),
        "pdf": " ".join(in_pdf(one) for one in (files["pdf"], *annexes(files, ".pdf").values())),
        "html": re.sub(r"<[^>]+>", " ", files["html"].decode()),
        "xlsx": " ".join(sheets),
    }
    return {name: re.sub(r"[\s\u200b\xa0]+", "", text) for name, text in found.items()}


def in_pdf(file: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)


def in_word(file: bytes) -> str:
    word = Document(io.BytesIO(file))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return " ".join([*(line.text for line in word.paragraphs), *cells])


def parts(packed: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def board(published: Published) -> list[tuple[str, int, int, float | None, float, str]]:
    with duckdb.connect(str(published.path), read_only=True) as reader:
        return reader.execute(
            "select indicator, numerator, denominator, actual, target::double, verdict"
            " from marts.scoreboard order by position"
        ).fetchall()


def test_every_format_says_what_is_published_to_the_digit(
    published: Published, files: Files, told: dict[str, str]
) -> None:
    rows = board(published)
    assert sum(row[3] is not None for row in rows) >= 10
    digest = sha256_of(manifest_of(published.path))
    assert {ending for ending, text in told.items() if digest in text} == {"docx", "html", "pdf"}
    first_page = PdfReader(io.BytesIO(files["pdf"])).pages[0].extract_text()
    assert digest in re.sub(r"\s", "", first_page)
    for _, numerator, denominator, actual, target, verdict in rows:
        figure = f"{count(numerator)}/{count(denominator)}"
        figure += "" if actual is None else f"={share(actual, target)}"
        for name, text in told.items():
            assert re.sub(r"\s", "", figure) in text, (name, figure)
            assert verdict.replace(" ", "") in text, (name, verdict)


def test_every_reading_stands_in_its_annex_and_one_sentence_counts_them(
    published: Published, told: dict[str, str]
) -> None:
    with duckdb.connect(str(published.path), read_only=True) as reader:
        rows = reader.execute(
            "select indicator, label, numerator, denominator, verdict, used_by, citation, is_kept from marts.reading"
            " qualify count(*) over (partition by indicator) > 1"
        ).fetchall()
    compared = [row[-1] for row in rows if row[-1] is not None]
    sentence = f"Kết luận giữ nguyên trong {sum(compared)}/{len(compared)} cách đọc"
    for name in ("docx", "pdf", "html"):
        # In the summary and in the annex that says the same in full.
        assert told[name].count(re.sub(r"\s", "", sentence)) == 2
    texts = {(row["indicator"], row["label"]): row for row in content.report(published).texts["readings"]}
    assert set(texts) == {row[:2] for row in rows}
    for indicator, label, numerator, denominator, verdict, used_by, citation, is_kept in rows:
        row = texts[indicator, label]
        assert row["result"].startswith("—" if numerator is None else f"{count(numerator)}/{count(denominator)}")
        assert row["verdict"].startswith(verdict)
        assert row["verdict"].startswith(f"{verdict}; đổi kết luận") == (is_kept is False)
        assert (row["used_by"], row["citation"]) == (used_by, citation)
    assert content.report(published, unit="H19.02").texts["readings"] == []


def test_the_national_portal_s_figures_stand_beside_ours(published: Published, told: dict[str, str]) -> None:
    with duckdb.connect(str(published.path), read_only=True) as reader:
        rows = reader.execute(
            "select score_total::double, received, received_here, actual from marts.national_score"
            " where unit_code = 'H19' and period_kind = 'month'"
        ).fetchall()
    assert rows
    for score, received, here, actual in rows:
        for name in ("docx", "pdf", "html"):
            assert "ĐiểmcủaCổngDịchvụcôngquốcgia" in told[name]
            for words in (f"{score:.2f}".replace(".", ","), f"{count(received)}/{count(here)}", share(actual)):
                assert re.sub(r"\s", "", words) in told[name], (name, words)
    units = content.report(published, unit="H19.02").texts["national_scores"]
    assert any(row["received"] != "— / —" for row in units if row["period"].startswith("Tháng"))


def test_words_without_a_figure_and_sectors_stand_in_every_format(published: Published, told: dict[str, str]) -> None:
    with duckdb.connect(str(published.path), read_only=True) as reader:
        rows = reader.execute(
            "select words, reason, what_is_needed from marts.not_measured where objective_year = 2025"
        ).fetchall()
        sectors = reader.execute(
            "select sector_name, numerator, denominator, actual from marts.sector_result"
            " where unit_code = 'VP' and period_calendar = 'iso' and period_kind = 'year_to_date'"
        ).fetchall()
        ((early, on_time),) = reader.execute(
            "select settled_early, settled_on_time from marts.scoreboard where indicator = 'MT1'"
        ).fetchall()
    assert len(rows) > 5 < len(sectors)
    # In the main table and in that of every definition.
    split = f"(trướchạn{count(early)},đúnghạn{count(on_time)})"
    assert min(told[name].count(split) for name in ("docx", "html")) >= 1 + 4
    assert "Câuchữcủaquyếtđịnhkhôngcóconsố" in told["pdf"]
    for name in ("docx", "html", "xlsx"):
        for text in (text for row in rows for text in row):
            assert re.sub(r"\s", "", text).replace("&#39;", "'") in told[name], (name, text)
    for sector, numerator, denominator, actual in sectors:
        words = f"{sector}{count(numerator)}{count(denominator)}{share(actual)}"
        for name in ("docx", "html"):
            assert re.sub(r"\s", "", words) in told[name], (name, words)


def test_the_list_of_failing_records_explains_the_year_to_date(published: Published, files: Files) -> None:
    rows = failing(published)
    for indicator, numerator, denominator, *_ in board(published):
        assert sum(row.indicator == indicator for row in rows) == denominator - numerator, indicator
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"])).get_sheet_by_name("Bản ghi chưa đạt").to_python()
    assert len(sheet) - 2 == len(rows)


def test_numbers_of_the_workbook_are_numbers_with_the_exact_fraction(published: Published, files: Files) -> None:
    head, *body = (
        CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"])).get_sheet_by_name("Bảng điểm").to_python()[1:]
    )
    known = [row[3] * 100 for row in board(published) if row[3] is not None]
    column = next(place for place in range(len(head)) if body[0][place] == pytest.approx(known[0]))
    assert [row[column] for row in body if row[column] != ""] == pytest.approx(known)


def test_the_workbook_speaks_to_people(files: Files) -> None:
    """Words instead of codes, local instants with their zone, years without a dot, and a print that can be read."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"]))
    cells = {
        name: [str(value) for row in book.get_sheet_by_name(name).to_python() for value in row]
        for name in book.sheet_names
    }
    coded = re.compile(r"[a-z]_[a-z]|^(all|iso|year|flow|state|rate|dossier|portal|>=|<=)$")
    for name, told in cells.items():
        # A citation may name the Office's own parameter.
        assert [text for text in told if coded.search(text.replace("report_limit", ""))] == [], name
    assert any(text.endswith("(UTC+7)") for text in cells["Tách riêng"])
    packed = parts(files["xlsx"])
    sheets = [text.decode() for name, text in packed.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == len(cells)
    for text in sheets:
        scale = re.search(r'<pageSetup [^>]*scale="(\d+)"', text)
        assert "fitToPage" in text or (scale is not None and int(scale[1]) >= 65)
    styled = {
        style for text in sheets for style, value in re.findall(r's="(\d+)"><v>(\d+)</v>', text) if value == "2025"
    }
    kinds = re.findall(r"<xf [^>]*numFmtId=\"(\d+)\"", packed["xl/styles.xml"].decode().partition("<cellXfs")[2])
    # Of Excel's own formats the first: 2025 and not 2.025.
    assert {kinds[int(style)] for style in styled} == {"1"}
    assert "<dc:title>Báo cáo kết quả thực hiện Mục tiêu" in packed["docProps/core.xml"].decode()


def test_a_past_quarter_is_that_of_the_published_table(published: Published) -> None:
    told = content.report(published, "quarter:2025-Q2")
    with duckdb.connect(str(published.path), read_only=True) as reader:
        expected = reader.execute(
            "select numerator, denominator from marts.indicator_result where indicator = 'MT1' and definition = 'R1'"
            " and unit_code = 'VP' and applicant_group = 'all' and period_calendar = 'iso' and period_kind = 'quarter'"
            " and period_start = '2025-04-01' and closing_date = (select max(as_of) from marts.scoreboard)"
        ).fetchall()
    mine = next(row for row in objectives(published, "quarter:2025-Q2") if row.indicator == "MT1")
    assert [(mine.numerator, mine.denominator)] == expected
    listed = failing(published, "quarter:2025-Q2")
    assert sum(row.indicator == "MT1" for row in listed) == mine.denominator - mine.numerator
    assert "quý II năm 2025 (từ 01/04/2025 đến 30/06/2025)" in told.texts["period"]


def test_hostile_records_stay_text(altered: tuple[Published, duckdb.DuckDBPyConnection]) -> None:
    published, connection = altered
    connection.execute("update marts.failing_record set reason = $1, record_key = $1", [HOSTILE])
    connection.execute("update marts.risk set description = $1", [HOSTILE])
    connection.close()
    files = by_ending(made(content.report(published), None)[0])
    assert b"<script>x" not in files["html"]
    told = plain(files)
    for name in ("docx", "pdf", "xlsx"):
        assert "=cmd|'/Ccalc'!A1</w:t><script>x</script>{{7*7}}{%raw%}#panic()" in told[name], name
    with ZipFile(io.BytesIO(files["xlsx"])) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_an_empty_year_is_said_and_breaks_nothing(altered: tuple[Published, duckdb.DuckDBPyConnection]) -> None:
    published, connection = altered
    for table in ("failing_record", "risk", "unit_objective", "quarantine_summary", "form_ii_06a"):
        connection.execute(f"delete from marts.{table}")
    for table in ("indicator_result", "headline_result"):
        connection.execute(f"delete from marts.{table} where period_kind <> 'year' or indicator like 'MT%'")
    connection.close()
    told = plain(by_ending(made(content.report(published, "year:2025"), None)[0]))
    for name in ("docx", "pdf", "html", "xlsx"):
        assert "Khôngphátsinh" in told[name], name
        assert "Chưacósốliệu" in told[name], name


def test_the_pages_stand_as_the_decree_on_records_asks(files: Files) -> None:
    word = Document(io.BytesIO(files["docx"]))
    assert word.styles["Normal"].font.name == "Times New Roman"
    assert {(round(s.left_margin.mm), round(s.right_margin.mm), round(s.top_margin.mm)) for s in word.sections} == {
        (30, 15, 20)
    }
    assert all(section.different_first_page_header_footer for section in word.sections)
    assert "PAGE" in word.sections[0].header.part.element.xml
    headings = [line.text for line in word.paragraphs if line.style.name == "Heading 1"]
    assert headings[:2] == ["Tóm tắt", "I. Tình hình chung và công tác triển khai"]
    told = word.core_properties
    assert "Mục tiêu chất lượng năm 2025" in told.title
    assert told.author.startswith("Văn phòng Ủy ban nhân dân")
    for table in word.tables:
        assert 160 < sum(column.width.mm for column in table.columns) < 166
    body = PdfReader(io.BytesIO(files["pdf"]))
    assert len(body.pages) <= MOST_PAGES
    tables = [one for name, one in annexes(files, ".pdf").items() if not name.endswith("bieu-do.pdf")]
    wide = [page for one in tables for page in PdfReader(io.BytesIO(one)).pages]
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in body.pages} == {(595, 842)}
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in wide} == {(842, 595)}
    # The number of the page at its head, from the second on.
    assert [page.extract_text().strip()[:1] for page in body.pages[1:]] == [
        str(number) for number in range(2, len(body.pages) + 1)
    ]
    # In so small a province nothing has cases enough for a control chart.
    (drawn,) = (text for name, text in files.items() if name.endswith("bieu-do.docx"))
    assert [round(chart.width.mm) for chart in Document(io.BytesIO(drawn)).inline_shapes] == [160] * 4
    # The drawing itself beside each picture, for programs that draw it.
    vectors = [part for name, part in parts(drawn).items() if name.endswith(".svg")]
    html = files["html"].decode()
    assert len(vectors) == html.count("<svg") == 4
    assert all(vector.startswith(b"<svg") for vector in vectors)
    assert parts(drawn)["word/document.xml"].count(b"svgBlip") == 4
    assert not re.search(r"""(src|href)=["']?(?!#|data:)|url\(""", html.replace("xlink:href", "href"))


def test_the_pdf_is_made_for_keeping_with_the_fonts_of_this_house_alone(files: Files) -> None:
    for one in (files["pdf"], *annexes(files, ".pdf").values()):
        read = PdfReader(io.BytesIO(one))
        assert b"<pdfaid:part>2</pdfaid:part>" in read.xmp_metadata.stream.get_data()
        assert b"<pdfaid:conformance>A</pdfaid:conformance>" in read.xmp_metadata.stream.get_data()
        assert read.root_object["/MarkInfo"]["/Marked"]
        assert read.root_object["/Lang"] == "vi"
        # Headings and tables are told apart by whoever cannot see them, colours mean the same everywhere.
        assert read.root_object["/StructTreeRoot"]["/K"]
        (intent,) = read.root_object["/OutputIntents"]
        assert (intent["/S"], intent["/DestOutputProfile"]["/N"]) == ("/GTS_PDFA1", 3)
        assert not read.is_encrypted
        assert {font for page in read.pages for font in page._get_fonts()[1]} == set()
        fonts = {font for page in read.pages for font in page._get_fonts()[0]}
        assert {re.sub(r"^/?[A-Z]{6}\+", "", font).partition("-")[0] for font in fonts} == {"LiberationSerif"}


def test_annexes_are_files_of_their_own_that_the_body_names(published: Published, files: Files) -> None:
    """One for each that has rows, in both formats, with the line that says what it belongs to."""
    told = content.report(published)
    wanted = annexed.annexes(told.texts, charts.drawn(told.frames))
    in_body = re.sub(r"\s", "", in_word(files["docx"]))
    assert {one.number for one in wanted} >= {"I", "IV", "XVII"}
    for one in wanted:
        assert f"Phụlục{one.number}" + re.sub(r"\s", "", one.title) in in_body
    names = {Path(name).stem for name in annexes(files, ".pdf")}
    assert names == {one.file for one in wanted if not one.is_empty}
    assert names == {Path(name).stem for name in annexes(files, ".docx")}
    for name, file in annexes(files, ".docx").items():
        assert re.search(r"\(Kèm theo Báo cáo số ………/BC-VP ngày \d\d tháng \d\d năm 2025 của ", in_word(file)), name
    assert set(told.texts["risks"][0]) >= {field for _, field, _ in columns.RISKS}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_word_has_as_many_pages_as_the_pdf_give_or_take_one(files: Files, tmp_path: Path) -> None:
    soffice = shutil.which("soffice") or ""
    pairs = {"bao-cao": "", "nhan-xet": "nhan-xet", "chua-dat": "chua-dat", "rui-ro": "rui-ro"}
    expected = {}
    for name, part in pairs.items():
        word, printed = (
            files[ending] if not part else next(one for told, one in files.items() if told.endswith(f"{part}.{ending}"))
            for ending in ("docx", "pdf")
        )
        (tmp_path / f"{name}.docx").write_bytes(word)
        expected[name] = len(PdfReader(io.BytesIO(printed)).pages)
    own_home = f"-env:UserInstallation=file://{tmp_path}/home"
    words = map(str, tmp_path.glob("*.docx"))
    asked = [soffice, own_home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *words]
    subprocess.run(asked, check=True, capture_output=True, timeout=120)
    found = {name: len(PdfReader(tmp_path / f"{name}.pdf").pages) for name in expected}
    assert {name: abs(found[name] - pages) <= 1 for name, pages in expected.items()} == dict.fromkeys(expected, True)
    assert found["bao-cao"] <= MOST_PAGES


def test_the_offices_own_template_replaces_ours_and_a_broken_one_is_named(published: Published, tmp_path: Path) -> None:
    own = Document(io.BytesIO(template.default()))
    own.paragraphs[0].insert_paragraph_before("MẪU RIÊNG {{ unit }}")
    file = tmp_path / documents.TEMPLATE
    own.save(str(file))
    report = content.report(published)
    assert "MẪU RIÊNG Văn phòng UBND tỉnh" in in_word(documents.document(report, file))
    own.paragraphs[0].insert_paragraph_before("{% if %}")
    own.save(str(file))
    with pytest.raises(documents.BrokenTemplate, match=re.escape(documents.TEMPLATE)):
        documents.document(report, file)
    file.write_bytes(b"not a document")
    files, warning = made(report, file)
    assert warning is not None
    assert documents.TEMPLATE in warning
    assert "MẪU RIÊNG" not in in_word(by_ending(files)["docx"])


def test_a_unit_gets_its_own_figures_and_records(published: Published) -> None:
    told = content.report(published, unit="H19.02.08")
    assert told.texts["unit"] == "Phòng Kiểm soát thủ tục hành chính"
    assert set(told.frames["unit_objectives"]["unit_code"]) == {"H19.02.08"}
    assert all(row.unit_code == "H19.02.08" for row in failing(published, unit="H19.02.08"))
    with pytest.raises(UnknownUnit, match="H99"):
        content.report(published, unit="H99")
    with pytest.raises(UnknownPeriod, match="Q5"):
        content.report(published, "quarter:2025-Q5")


def test_the_list_of_any_unit_explains_its_figure_with_the_units_below_it(published: Published) -> None:
    with duckdb.connect(str(published.path), read_only=True) as reader:
        figures = reader.execute(
            "select unit_code, denominator - numerator from marts.indicator_result"
            " where indicator = 'MT1' and definition = 'R1' and applicant_group = 'all' and period_calendar = 'iso'"
            " and period_kind = 'year_to_date' and closing_date = (select max(as_of) from marts.scoreboard)"
            " and unit_code in ('H19.02', 'H19.02.20') union all"
            " (select unit_code, max(denominator - numerator) from marts.indicator_result"
            " where indicator = 'MT1' and definition = 'R1' and applicant_group = 'all' and period_calendar = 'iso'"
            " and period_kind = 'year_to_date' and closing_date = (select max(as_of) from marts.scoreboard)"
            " and unit_code like 'H19.%'"
            " and unit_code not in (select unit_code from core.scopes where scope_code = 'VP')"
            " group by unit_code order by 2 desc, 1 limit 3)"
        ).fetchall()
    assert len(figures) == 5
    assert all(missed > 0 for _, missed in figures)
    for unit, missed in figures:
        assert sum(row.indicator == "MT1" for row in failing(published, unit=unit)) == missed, unit


def test_charts_draw_the_published_figures(published: Published) -> None:
    frames = content.report(published).frames
    drawn = {chart["title"].partition(".")[0].partition(",")[0]: chart["svg"] for chart in charts.drawn(frames)}
    for unit in Publication(published.path).ask(figures.UNITS, **asked(published))[: charts.MOST_UNITS]:
        label = ratio(unit.numerator, unit.denominator, unit.actual, unit.target)
        assert label in drawn["Tỷ lệ hồ sơ đúng hạn của từng đơn vị"]
    for cause, number in reasons.all_causes(frames["failing"]).head(charts.MOST_CAUSES).values.tolist():
        assert cause in drawn["Dạng chưa đạt"]
        assert f">{number}</text>" in drawn["Dạng chưa đạt"]
    ends = charts.course_values(frames)["forecast"].dropna().tolist()
    told = objectives(published)
    assert ends == pytest.approx([row.forecast_year_end * 100 for row in told if row.forecast_year_end is not None])
    assert len(ends) > 2
    # The sum so far ends where the year to date stands.
    running = dict(frames["months"][["indicator", "running"]].values.tolist())
    assert running["MT1"] == pytest.approx(next(row.actual for row in told if row.indicator == "MT1"))
    assert charts.drawn({name: frame.head(0) for name, frame in frames.items()}) == []


def test_each_unit_has_its_report_beside_the_offices(office: Office) -> None:
    config = {"ops": {"reports__units": {"config": {"units": ["H19.02.08", "H19.02"]}}}}
    result = office.night("reports", config=config)
    assert result.success, failures(result)
    named = {path.name for path in (office.home / "reports" / folder.LATEST / "don_vi").iterdir()}
    assert {f"bao-cao-muc-tieu-chat-luong-{unit}-year_to_date.docx" for unit in ("H19.02.08", "H19.02")} <= named
    # Four files and a folder of annexes each.
    assert len(named) == 10
    found = latest(office.home / "published")
    assert found is not None
    assert {"H19.02", "H19.02.08", "H19.02.20"} <= set(content.reporting_units(found))
    wrong = office.night("reports", config={"ops": {"reports__units": {"config": {"units": ["H99"]}}}})
    assert "H99" in failures(wrong)["reports__units"]


def test_the_nights_report_lies_in_a_folder_of_its_version(first_night: Path, published: Published) -> None:
    newest = first_night / "reports" / folder.LATEST
    assert newest.resolve().name == published.version
    (beside,) = newest.glob("*-phu-luc")
    lying = [path for path in newest.iterdir() if path != beside]
    assert sorted(path.suffix for path in lying) == [".docx", ".html", ".pdf", ".xlsx"]
    assert {path.suffix for path in beside.iterdir()} == {".docx", ".pdf"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (*lying, *beside.iterdir())} == {access.READERS_FILE}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (newest, beside)} == {access.READERS_FOLDER}


def test_a_report_is_written_on_demand_and_a_slip_of_the_pen_is_told(
    first_night: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MTCL_HOME", str(first_night))
    asked = ["report", "--output", str(tmp_path), "--unit", "H19.02.08", "--period", "quarter:2025-Q3"]
    answer = CliRunner().invoke(main, asked)
    assert answer.exit_code == 0, answer.output
    endings = sorted(path.name.split("-Q3")[1] for path in tmp_path.iterdir())
    assert endings == ["-phu-luc", ".docx", ".html", ".pdf", ".xlsx"]
    assert len(answer.stdout.splitlines()) == 4
    assert f"{len(list(tmp_path.glob('*-phu-luc/*')))} tệp phụ lục" in answer.stderr
    for slip in (["--period", "q3"], ["--unit", "H99"]):
        answer = CliRunner().invoke(main, ["report", "--output", str(tmp_path), *slip])
        assert answer.exit_code == 2
        assert slip[1] in answer.output


def test_a_long_list_is_cut_on_paper_indicator_by_indicator_and_says_what_is_left() -> None:
    rows = [
        Failing(
            indicator,
            "R1",
            "?",
            "dossier",
            f"{indicator}-{number}",
            None,
            "QUA_HAN",
            "Quá hạn",
            3,
            10,
            None,
            False,
            False,
        )
        for indicator, records in (("MT1", sections.MOST_LISTED + 7), ("MT3", 2))
        for number in range(records)
    ]
    listed = sections.listed(rows)
    assert [text["indicator"] for text in listed].count("MT1") == sections.MOST_LISTED + 1
    assert listed[sections.MOST_LISTED]["reason"] == "Còn 7 bản ghi: xem tệp Excel kèm theo."
    assert [text["key"] for text in listed[-2:]] == ["MT3-0", "MT3-1"]
    assert [text["tt"] for text in listed[-2:]] == [str(sections.MOST_LISTED + 1), str(sections.MOST_LISTED + 2)]

"""Published files over http: what is there comes as what it is, everything else of the home stays where it is."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse

from pipelines.documents import Documents
from pipelines.door import AUDITOR, VIEWER, Door
from tests.support.web import Browser, served


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    files = {
        "warehouse.duckdb": "kho",
        "published/mtcl-2025-12-31-1.html": "<h1>Trang</h1>",
        "published/mtcl-2025-12-31-1.json": "{}",
        "published/mtcl-2025-12-31-1.duckdb": "bảng",
        "published/data_docs/index.html": "<h1>Quy tắc</h1>",
        "published/exports/1/scoreboard.csv": "a,b",
        "published/exports/1/<b>.csv.unfinished": "",
        "reports/1/bao-cao.pdf": "%PDF",
        "reports/1/<b>.html": "<h1>Báo cáo</h1>",
    }
    for name, text in files.items():
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (home / "published/index.html").symlink_to("mtcl-2025-12-31-1.html")
    (home / "published/lac.html").symlink_to("../warehouse.duckdb")
    (home / "reports/latest").symlink_to("1")
    return home


@pytest.fixture(scope="module")
def auditor(home: Path) -> Iterator[Browser]:
    with served(Door(Documents(PlainTextResponse("Dagster"), home), lambda scope: AUDITOR)) as browser:
        yield browser


@pytest.mark.parametrize(
    ("path", "kind", "policy"),
    [
        ("/published/", "text/html; charset=utf-8", "sandbox allow-scripts"),
        ("/published/index.html", "text/html; charset=utf-8", "sandbox allow-scripts"),
        ("/published/data_docs/", "text/html; charset=utf-8", "default-src 'none'"),
        ("/reports/latest/%3Cb%3E.html", "text/html; charset=utf-8", "default-src 'none'"),
        ("/reports/latest/", "text/html; charset=utf-8", "default-src 'none'"),
    ],
)
def test_pages_are_shown_and_run_nothing_but_in_a_sandbox(auditor: Browser, path: str, kind: str, policy: str) -> None:
    answer = auditor.get(path)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["content-security-policy"].startswith(policy)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_folder_without_a_page_lists_its_finished_files_by_name_alone(auditor: Browser) -> None:
    page = auditor.get("/reports/latest/").text
    assert '<a href="%3Cb%3E.html">&lt;b&gt;.html</a>' in page
    exports = auditor.get("/published/exports/1/").text
    assert "scoreboard.csv" in exports
    assert "unfinished" not in exports


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/reports/latest/bao-cao.pdf", "application/pdf"),
        ("/published/exports/1/scoreboard.csv", "text/csv; charset=utf-8"),
        ("/published/mtcl-2025-12-31-1.duckdb", "application/octet-stream"),
    ],
)
def test_other_files_are_saved_under_their_names(auditor: Browser, path: str, kind: str) -> None:
    answer = auditor.get(path)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["content-disposition"] == f'attachment; filename="{path.rpartition("/")[2]}"'
    assert auditor.get(path, ("If-None-Match", answer.headers["etag"])).status == 304


@pytest.mark.parametrize(
    "path",
    [
        "/published/%2e%2e/warehouse.duckdb",
        "/published/data_docs/%2e%2e/%2e%2e/warehouse.duckdb",
        "/published/..%2fwarehouse.duckdb",
        "/published//etc/passwd",
        "/published/%00",
        "/published/lac.html",
        "/published/exports/1/%3Cb%3E.csv.unfinished",
        "/published/" + "a" * 5000,
        "/reports/%2e%2e/published/index.html",
    ],
)
def test_nothing_beside_the_two_folders_is_served(auditor: Browser, path: str) -> None:
    answer = auditor.get(path)
    assert answer.status == 404
    assert "kho" not in answer.text


def test_who_sees_no_evidence_sees_pages_and_reports(home: Path) -> None:
    with served(Door(Documents(PlainTextResponse("Dagster"), home), lambda scope: VIEWER)) as viewer:
        assert viewer.statuses(("/published/", "/reports/latest/bao-cao.pdf")) == [200, 200]
        kept = ("/published/mtcl-2025-12-31-1.duckdb", "/published/data_docs/", "/published/x/%2e%2e/index.html")
        assert viewer.statuses(kept) == [403, 403, 403]


def test_nothing_is_written_a_folder_is_named_with_its_slash_and_the_rest_is_dagster(auditor: Browser) -> None:
    assert auditor.get("/published/index.html", method="PUT").status == 405
    assert auditor.get("/published/data_docs").headers["location"] == "/published/data_docs/"
    assert auditor.get("/publishedness").text == auditor.get("/runs").text == "Dagster"


def test_the_page_for_leaders_holds_what_stands_beside_it_since_its_sandbox_may_ask_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "published").mkdir()
    page = tmp_path / "published" / "mtcl-2025-12-31-1.html"
    page.write_text("<html><body>Trang</body></html>", encoding="utf-8")
    page.with_suffix(".js").write_text('globalThis.hoSo = {"H19":[["</script><b>Đồng"]]};\n', encoding="utf-8")
    with served(Door(Documents(PlainTextResponse("Dagster"), tmp_path), lambda scope: VIEWER)) as viewer:
        answer = viewer.get(f"/published/{page.name}")
        again = viewer.get(f"/published/{page.name}", ("If-None-Match", str(answer.headers["etag"])))
    (data,) = re.findall(r'Trang<script type="application/json" id="beside">(.*?)</script></body>', answer.text)
    assert json.loads(data) == {"H19": [["</script><b>Đồng"]]}
    assert (again.status, again.text) == (304, "")


def test_a_refusal_is_a_page_to_a_browser_and_a_line_to_a_program(auditor: Browser) -> None:
    sentence = "Không có tệp này trong phần đã công bố."
    assert auditor.get("/published/x").text == f"{sentence}\n"
    shown = auditor.get("/published/x", ("Accept", "text/html,application/xhtml+xml"))
    assert (shown.status, shown.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert f"<h1>{sentence}</h1>" in shown.text

"""The documents of the rules: what was asked of each table, what came of it, what to do; beside the published files.

Made after the publication of which they speak, so that nothing here can hold it up; and when a critical rule fails, of
what was asked until then, so that what stops a publication can be read that night. Bounded: a folder for each of the
last runs, and a line for more of them; every result for ever stands in the table ledger.checks.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import dagster as dg
from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from assets.outputs import published_version
from assets.partitions import closing_dates
from assets.reports.formats import count, day
from assets.run_settings import LOCAL, RunSettings
from warehouse import access, data_docs, expectations, models, whole_files
from warehouse.data_docs import Result
from warehouse.database import Database


FOLDER = "data_docs"
SERVED = f"/published/{FOLDER}/"
KEPT_FOLDERS = 10
SHOWN_RUNS = 60
OUTCOMES = {
    "published": "Đã công bố",
    "failed": "Không công bố: có bước lỗi",
    "abandoned": "Bị ngắt giữa chừng",
    "finished": "Đã chạy, không công bố",
    "running": "Đang chạy",
}


@dg.asset(
    key=["published", "data_docs"],
    deps=[["published", "mtcl"]],
    group_name="published",
    kinds={"html", "greatexpectations"},
    partitions_def=closing_dates,
    description="Tài liệu kiểm tra dữ liệu: từng quy tắc, kết quả, số dòng không đạt và việc cần làm.",
)
def documents(
    context: dg.AssetExecutionContext, database: dg.ResourceParam[Database], run_settings: dg.ResourceParam[RunSettings]
) -> dg.MaterializeResult[None]:
    started = perf_counter()
    published = published_version(run_settings)
    folder = write(
        database, RunDocuments(published.manifest["run_id"], published.version), run_settings.published / FOLDER
    )
    pages = list((folder / published.version).iterdir())
    context.log.info(f"Đã lập {len(pages)} trang kiểm tra dữ liệu của {published.version}")
    return dg.MaterializeResult(
        metadata={
            "Phiên bản": published.version,
            "Trang": dg.MetadataValue.url(SERVED),
            "Số trang": len(pages),
            "Dung lượng (byte)": sum(path.stat().st_size for path in folder.rglob("*.html")),
            "Thời gian (giây)": round(perf_counter() - started, 3),
        }
    )


@dataclass(frozen=True)
class RunDocuments:
    """What one run asked: under the version it published, or under its own name when it published none."""

    run_id: str
    version: str | None = None

    @property
    def folder(self) -> str:
        return self.version or f"run-{self.run_id.partition('-')[0]}"


@dataclass(frozen=True)
class Table:
    name: str
    description: str
    results: list[Result]

    @property
    def failed(self) -> int:
        return sum(not result.success for result in self.results)

    @property
    def blocking(self) -> int:
        return sum(not result.success and result.severity == "critical" for result in self.results)


def write(database: Database, book: RunDocuments, folder: Path) -> Path:
    """A folder for the run, complete before its name appears, and the first page anew."""
    access.make_folder(folder, access.READERS_FOLDER)
    tables = checked_tables(database, book.run_id)
    target = folder / book.folder
    draft = folder / f"{book.folder}{whole_files.UNFINISHED}"
    for debris in (draft, target):
        shutil.rmtree(debris, ignore_errors=True)
    access.make_folder(draft, access.READERS_FOLDER)
    pages, rules = templates(), expectations.load()
    index = pages.get_template("data_docs_index.html")
    facts = {"book": book, "made_at": database.clock(), "tables": tables, "outcomes": OUTCOMES}
    for table in tables:
        details = Markup(data_docs.rendered(table.results, rules.get(table.name, [])))  # noqa: S704  # escaped by its maker
        page = pages.get_template("data_docs_table.html").render(**facts, table=table, details=details)
        seal(draft / f"{table.name}.html", page)
    seal(draft / "index.html", index.render(**facts, below=""))
    draft.rename(target)
    kept = prune(folder)
    runs = [(run, RunDocuments(run.run_id, run.version).folder) for run in data_docs.runs(database, SHOWN_RUNS)]
    seal(folder / "index.html", index.render(**facts, below=f"{book.folder}/", runs=runs, kept=kept))
    return folder


def checked_tables(database: Database, run_id: str) -> list[Table]:
    """Those with failures first, the blocking ones before the rest."""
    described = {model.table: model.description for model in models.load()}
    found = [
        Table(name, described.get(name, ""), results) for name, results in data_docs.results(database, run_id).items()
    ]
    return sorted(found, key=lambda table: (-table.blocking, -table.failed, table.name))


def seal(file: Path, text: str) -> None:
    whole_files.put(file, text.encode(), access.READERS_FILE)


def prune(folder: Path) -> set[str]:
    """The names of the folders that are left: those of the last runs."""
    for debris in folder.glob(f"*{whole_files.UNFINISHED}"):
        shutil.rmtree(debris, ignore_errors=True)
    folders = sorted((path for path in folder.iterdir() if path.is_dir()), key=lambda path: -path.stat().st_mtime)
    for path in folders[KEPT_FOLDERS:]:
        shutil.rmtree(path)
    return {path.name for path in folders[:KEPT_FOLDERS]}


def templates() -> Environment:
    made = Environment(
        loader=PackageLoader("assets"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(
        count=count,
        moment=lambda moment: f"{moment.astimezone(LOCAL):%H:%M ngày %d/%m/%Y}",
        day=day,
    )
    return made

"""A session of Spark that knows the house's words: one for a whole build, since starting it costs more than a model."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

from warehouse.engines.spark import macros


WORDS = Path(__file__).with_name("Words.java")
# Name in SQL: method of Words.java, its types (those of its arguments, then what it gives).
TOLD = {
    "nfc_normalize": ("nfc", "String", "String"),
    "strip_accents": ("stripAccents", "String", "String"),
    "lower_letters": ("lower", "String", "String"),
    "upper_letters": ("upper", "String", "String"),
    "trim_spaces": ("trim", "String", "String"),
    "json_text": ("jsonText", "String", "String"),
    "name_of": ("nameOf", "String", "String"),
    "double_text": ("number", "Double", "String"),
    "double_json": ("jsonNumber", "Double", "String"),
    "fixed_text": ("fixed", "Double", "Integer", "String"),
    "general_text": ("general", "Double", "Integer", "String"),
    "round_double": ("round", "Double", "Integer", "Double"),
    "jaro_winkler": ("jaroWinkler", "String", "String", "Double"),
    "log_gamma": ("logGamma", "Double", "Double"),
}
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # Sessions of DuckDB stand in UTC too; what has no zone is local time of Viet Nam.
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.timeType.enabled": "true",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    # What cannot be computed stops, as in DuckDB, instead of being NULL.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


class NoJava(Exception):
    """The engine cannot run here; the message says what is missing, for whoever operates it."""


def java_there() -> None:
    """Raises NoJava."""
    if which("java") is None:
        raise NoJava("ENGINE=spark cần Java 17 (openjdk-17-jre-headless); máy này không có lệnh java.")
    try:
        import pyspark  # noqa: F401 - an extra: asked for only where the engine is
    except ImportError as error:
        raise NoJava("ENGINE=spark cần PySpark: pip install 'mtcl[spark]'.") from error


@contextmanager
def session(folder: Path, master: str = "local[1]", settings: Mapping[str, str] | None = None) -> Iterator[Any]:
    """Open, with every word and macro; `folder` takes what Spark keeps on disk. Raises NoJava."""
    java_there()
    from pyspark.sql import SparkSession

    folder.mkdir(parents=True, exist_ok=True)
    builder = SparkSession.builder.master(master).appName("mtcl")
    own = {"spark.sql.warehouse.dir": str(folder / "tables"), "spark.local.dir": str(folder / "spilt")}
    for name, value in (SETTINGS | own | dict(settings or {})).items():
        builder = builder.config(name, value)
    opened = builder.getOrCreate()
    try:
        opened.sparkContext.setLogLevel("OFF")
        teach(opened, folder / "words.jar")
        yield opened
    finally:
        opened.stop()


def teach(opened: Any, jar: Path) -> None:
    """Words.java by the compiler that Spark carries with it, then the macros: no JDK, no binary in the repository."""
    compiler = opened.sparkContext._jvm.org.codehaus.janino.SimpleCompiler()
    compiler.cook(WORDS.read_text(encoding="utf-8") + "".join(wrapper(name) for name in TOLD))
    with zipfile.ZipFile(jar, "w") as packed:
        for name, code in compiler.getBytecodes().items():
            packed.writestr(f"{name}.class", bytes(code))
    opened.sql(f"add jar '{jar}'")
    # By the session's own loader, and as objects: registerJavaFunction asks for types that the compiler does not note.
    loader, register = opened._jsparkSession.sharedState().jarClassLoader(), opened._jsparkSession.udf().register
    kinds = opened.sparkContext._jvm.org.apache.spark.sql.types.DataType
    for name, (_, *_, returns) in TOLD.items():
        made = loader.loadClass(class_of(name)).getDeclaredConstructor(None).newInstance(None)
        register(name, made, kinds.fromDDL(returns))
    for statement in macros.statements():
        opened.sql(statement)


def class_of(name: str) -> str:
    return "Word_" + name


def wrapper(name: str) -> str:
    method, *types, _ = TOLD[name]
    arguments = ", ".join(f"Object a{place}" for place in range(len(types)))
    given = ", ".join(f"({kind}) a{place}" for place, kind in enumerate(types))
    interface = f"org.apache.spark.sql.api.java.UDF{len(types)}"
    return (
        f"\npublic class {class_of(name)} implements {interface} {{"
        f" public Object call({arguments}) {{ return Words.{method}({given}); }} }}\n"
    )

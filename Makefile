# Every target sets up what it needs in .venv and skips that when it is up to date. Needs Python >= 3.11, make and the package registry.
# The locks are complete, so nothing is resolved at set-up (--no-deps): old versions of pip cannot match extras against hashes.
PYTHON ?= python3
PORT ?= 3000
BIN := .venv/bin
export DAGSTER_DISABLE_TELEMETRY := 1

# One bar over all packages of a lock; mawk and BSD's awk do.
define install
@echo "Cài các gói của $(1) vào .venv (lần đầu mất vài phút, tùy mạng):"
@{ $(BIN)/pip install --disable-pip-version-check --no-deps --require-hashes --progress-bar off -r $(1) || echo "pip has failed"; } \
	| awk -f deploy/installing.awk -v total=$$(grep -c '==' $(1)) -v live=$$(test -t 1 && echo 1 || echo 0)
endef

.PHONY: release run ui quick test coverage soak chaos lake check check-next check-readers bench engines locks clean

run: .venv/run.stamp
	@$(BIN)/mtcl run --or-demo

ui: .venv/run.stamp
	@$(BIN)/mtcl ui --port $(PORT)

# The developer's minute: form, types, imports, what has changed of SQL, the tests that speak of what has changed.
quick: .venv/dev.stamp
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	git diff --name-only --diff-filter=d HEAD -- '*.sql' ':!warehouse/migrations' | xargs -r $(BIN)/sqlfluff lint --disable-progress-bar
	$(BIN)/python -m pytest -q $$($(BIN)/python -m tests.quick)

# The same examples every time, so that a change alone can break it; new ones are looked for by `make soak`.
# Three workers on two cores: a test that waits for a socket or the disk leaves a fifth of them idle.
test: .venv/dev.stamp
	$(BIN)/python -m pytest -n 3 --hypothesis-profile=ci

# The same with the branches that were taken; what child processes run is not counted.
coverage: .venv/dev.stamp
	$(BIN)/python -m pytest -n 3 --hypothesis-profile=ci --cov --cov-branch --cov-report=term

# What takes long, resumed from .soak/: new examples for the parsers, histories of faults (SOAK_MINUTES), the whole default world, a home of
# 400 nights (SOAK_NIGHTS; two hours).
soak: .venv/dev.stamp
	$(BIN)/python -m pytest -n 2 tests/connectors/test_any_wire.py tests/connectors/registers/test_any_cells.py
	$(BIN)/python -m pytest -m soak -rP --timeout 3600

# Kills, damaged files, errors of the disk, power cuts, clocks that jump, a wire that spoils: CHAOS_MINUTES (10), needs gcc.
chaos: .venv/dev.stamp
	$(BIN)/python -m tests.chaos

check: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --disable-progress-bar warehouse/models assets
	$(BIN)/python -m tests.sql_in_files
	$(BIN)/python -m tests.column_lineage --check
	$(BIN)/python -m tests.engines_in_check
	home=$$(mktemp -d) && trap "rm -rf $$home" EXIT && touch $$home/dagster.yaml && \
		DAGSTER_HOME=$$home $(BIN)/dagster definitions validate --log-level warning

# The tests on the next major version of DuckDB, in an environment of its own.
check-next: .venv-next/stamp
	.venv-next/bin/python -m pytest -n 2

# A published file read by the oldest DuckDB that readers may have, in an environment of its own.
check-readers: .venv/dev.stamp .venv-readers/stamp
	READERS_PYTHON=$(CURDIR)/.venv-readers/bin/python $(BIN)/python -m pytest -s tests/pipelines/test_old_readers.py

# The tests of the shared store, whose extensions need an environment of its own, on a PostgreSQL server of this machine.
lake: .venv/dev.stamp .venv-lake/stamp
	$(BIN)/python -m pytest -n 0 -m "soak or not soak" -rP tests/warehouse/test_lake.py tests/warehouse/test_lake_national.py tests/assets/test_lake.py

bench: .venv/dev.stamp
	$(BIN)/python -m tests.bench

# Every model on DuckDB and on Spark from the same tables; writes warehouse/engines/spark/proof.csv. Needs Java 17, says so where there is none.
engines: .venv-engines/stamp
	.venv-engines/bin/python -m tests.engines

# For machines without network: wheels with hashes, SBOM, checksums, papers; then installed from there alone, and started.
release: .venv/run.stamp
	$(BIN)/python deploy/release.py dist
	$(BIN)/python deploy/release.py --prove dist

.venv/python.stamp:
	@echo "Lần đầu: lập môi trường .venv, cài phần mềm, rồi chạy."
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv
	touch $@

.venv/run.stamp: requirements.lock pyproject.toml .venv/python.stamp
	$(call install,requirements.lock)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/dev.stamp: requirements-dev.lock requirements-postgres.lock .venv/run.stamp
	$(call install,requirements-dev.lock)
	$(call install,requirements-postgres.lock)
	touch $@

.venv-engines/stamp: requirements-dev.lock requirements-spark.lock
	$(PYTHON) -m venv .venv-engines
	.venv-engines/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	.venv-engines/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-spark.lock
	.venv-engines/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv-next/stamp: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv .venv-next
	.venv-next/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	.venv-next/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	.venv-next/bin/pip install --quiet --disable-pip-version-check --upgrade 'duckdb>=2,<3'
	touch $@

.venv-lake/stamp: requirements-lake.lock
	$(PYTHON) -m venv .venv-lake
	.venv-lake/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-lake.lock
	touch $@

.venv-readers/stamp:
	$(PYTHON) -m venv .venv-readers
	.venv-readers/bin/pip install --quiet --disable-pip-version-check 'duckdb==1.4.0' pytz
	touch $@

# Names, versions and hashes, never an address.
locks:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra spark -c requirements-dev.lock pyproject.toml -o requirements-spark.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --no-deps deploy/postgres.in -o requirements-postgres.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --no-deps deploy/lake.in -o requirements-lake.lock

clean:
	rm -rf .venv .venv-next .venv-engines .venv-readers .venv-lake build dist *.egg-info

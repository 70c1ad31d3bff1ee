# make run    set up, then run the pipeline on the sample corpus
# make test   set up, then lint, type check and run all tests
# make help   list all targets
.DEFAULT_GOAL := help
.PHONY: help setup run report test lint types tests format lock bench clean

PYTHON ?= python3
BIN := .venv/bin
export PREFECT_HOME ?= $(CURDIR)/.prefect

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "demarche needs Python 3.11 or newer; $(PYTHON) is older. Try: make setup PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Python cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2; exit 2; }

# A stamp per lock file: an unchanged lock costs nothing, a changed one installs again.
.venv/.runtime: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

setup: .venv/.runtime ## Make .venv with the locked dependencies

run: setup ## Run the pipeline on the sample corpus
	$(BIN)/demarche run

report: .venv/.dev run ## Write the sample's report page, report.html
	$(BIN)/demarche report

test: .venv/.dev lint types tests ## Lint, type check and run all tests

lint: .venv/.dev ## Check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.dev ## Check types
	$(BIN)/mypy

tests: .venv/.dev ## Run the tests with coverage, a file a process
	$(BIN)/python -m pytest -n auto --dist loadfile --cov --cov-report=
	$(BIN)/python -m coverage report --skip-covered | tail -n 40

format: .venv/.dev ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# --universal: one lock for every platform and Python; no index address is written.
LOCK := uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet --python-version 3.11 pyproject.toml
lock: ## Resolve the dependencies anew (needs uv)
	$(LOCK) --group build -o requirements.lock
	$(LOCK) --group build --group dev --all-extras -c requirements.lock -o requirements-dev.lock

bench: setup ## Measure the pipeline from end to end
	$(BIN)/python benchmarks/end_to_end.py

clean: ## Remove everything that was made here, the sample warehouse too
	rm -rf .venv .prefect .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* warehouse build dist

# Mingchuang: `make` lists what there is to make. Needs: git, make, python3 with venv. Everything else makes itself.
.DEFAULT_GOAL := help
.PHONY: help run test check bench reset lock docs migrations
SHELL := /bin/bash
# Container images like to set it; every process would then compile all sources anew, a third of a second each.
unexport PYTHONDONTWRITEBYTECODE
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet install

help: ## explain these targets
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.run ## set up and start the product with the demonstration county, at http://127.0.0.1:8000/
	@exec .venv/bin/mingchuang run --demo

test: .venv/.dev ## set up and run every check and test: SQLite, PostgreSQL, real Chromium
	@tools/system_packages.sh
	@$(PY) tools/test_command.py

check: .venv/.dev ## the checks alone: ruff, mypy, import-linter, house rules
	@$(PY) tools/test_command.py --checks-only

bench: .venv/.dev ## measure ours beside the peer and print the ratio
	@tools/system_packages.sh
	@$(PY) -m benchmarks

docs: .venv/.dev ## write the generated pages of docs/ anew (a test fails when they are stale)
	@$(PY) tools/generate_docs.py

migrations: .venv/.dev ## write the migrations that changed models ask for; touches no database
	@$(PY) -W ignore::RuntimeWarning -m django makemigrations --settings mingchuang.site.settings

reset: ## remove the demonstration's data (var/), after asking; never while a server uses it
	@python3 tools/reset_command.py var

lock: .venv/.dev ## pin every dependency again, with hashes, from requirements/*.in
	@.venv/bin/uv pip compile requirements/run.in --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 --custom-compile-command "make lock" -o requirements/run.txt
	@.venv/bin/uv pip compile requirements/run.in requirements/dev.in --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 --custom-compile-command "make lock" -o requirements/dev.txt

.venv/bin/python:
	@python3 -m venv .venv || { echo "python3-venv is missing: apt-get install python3-venv" >&2; rm -rf .venv; exit 1; }

.venv/.run: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "Installing into .venv/ (once; a minute or two) ..."
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@echo "Installing the test tools into .venv/ ..."
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

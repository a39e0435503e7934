# `make help` lists the targets.  Each makes .venv when it is missing or out of date.

PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
HYPOTHESIS ?= ci

BIN := .venv/bin
READY := .venv/.ready

# Modules are compiled when they are first imported, and once: not all that are
# installed, and not again by each process.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test lint acceptance coverage bench requirements clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(READY) ## assess the example units and explain the verdicts
	@$(BIN)/python examples/demo.py

# The checks of one process run beside the tests, and are shown after them.
test: $(READY) ## ruff, mypy and pytest; HYPOTHESIS=search tries new examples
	@$(MAKE) --no-print-directory lint > .lint.log 2>&1 & lint=$$!; \
	$(BIN)/pytest --numprocesses=auto --dist=loadfile \
		--hypothesis-profile=$(HYPOTHESIS); tests=$$?; \
	wait $$lint; linted=$$?; cat .lint.log; rm -f .lint.log; \
	test $$tests -eq 0 && test $$linted -eq 0

lint: $(READY) ## ruff and mypy alone
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

acceptance: $(READY) ## install the wheel elsewhere, run the main job there, and a cluster (Java 17)
	$(BIN)/pytest -m acceptance

coverage: $(READY) ## the tests, with the lines and branches they miss
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report

bench: $(READY) ## time the import, loading and evaluation
	$(BIN)/python -m benchmarks.startup

PIN := .tools/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate
EXTRAS := cli dask duckdb frames smt testing

requirements: .tools/bin/uv ## pin the development environment anew, and the cluster's
	$(PIN) $(addprefix --extra ,$(EXTRAS)) --group dev \
		--output-file requirements-dev.txt pyproject.toml
	$(PIN) --extra spark --output-file requirements-spark.txt pyproject.toml

clean: ## remove what was made, the environments too
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements-dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes \
		-r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.tools/bin/uv:
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet uv

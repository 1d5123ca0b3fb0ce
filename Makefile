# Huixun 会讯. Every target works on a machine that has Python 3.11, make, git and a package index.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help setup demo test check lint types gate format schema bench-text bench-clean bench-extract bench-hostile clean

help: ## show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/ready ## make .venv with the pinned packages and the huixun command

$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "setting up $(VENV) (once, about a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps -e .
	@touch $@

demo: setup ## serve the sample sites, crawl them into a database, show what was stored
	@$(BIN)/huixun demo

test: setup ## run all tests (SQLite and PostgreSQL)
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: setup ## style, imports, security rules, formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup ## strict type check
	@$(BIN)/mypy

gate: setup ## figures that may not fall, generated documents that must be fresh
	@$(BIN)/python -m tests.gate

check: lint types test gate ## all of the above: what must be green before a commit lands

format: setup ## put imports and layout in order
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .

schema: setup ## write docs/schema.md from the tables
	@$(BIN)/python -m crawler.database.describe

$(VENV)/peers: $(VENV)/ready
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --constraint requirements.lock -e '.[peers]'
	@touch $@

bench-text: $(VENV)/peers ## time and score decode and restore beside their peers
	@$(BIN)/python -m bench.decode
	@$(BIN)/python -m bench.restore

bench-clean: $(VENV)/peers ## time and score clean beside its peers
	@$(BIN)/python -m bench.clean

bench-extract: setup ## time extract beside a fixed work on the same texts
	@$(BIN)/python -m bench.extract

bench-hostile: setup ## the worst pages must take no more than two seconds each
	@$(BIN)/python -m bench.hostile

clean: ## remove the environment, caches and demo data
	rm -rf $(VENV) build demo-data *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# make run: the demonstration hospital on http://127.0.0.1:8080     make test: everything
# Where make is missing (Windows), README.md has the same as plain commands.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8080
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test check bench privacy-report soak search-quality search-growth fanout screenshots clean

run: $(VENV)/.installed
	@$(BIN)/board demo --if-empty && exec $(BIN)/board serve --port $(PORT)

test: $(VENV)/.tested
	@$(BIN)/python -m pytest -q -n auto

check: $(VENV)/.tested
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy board

# Long campaigns: hundreds of kills, load.
soak: $(VENV)/.tested
	@$(BIN)/python -m pytest -q -m soak

# How quick the board is, side by side with a one-line page, in one run.
bench: $(VENV)/.tested
	@$(BIN)/python tests/load/bench.py

# What the patient-identifier detector finds and misses, by kind; MEDQUAD=path adds clean texts.
privacy-report: $(VENV)/.tested
	@$(BIN)/python tests/privacy/report.py $(if $(MEDQUAD),--clean "$(MEDQUAD)")

# How well the board finds what it has, beside a naive search: make search-quality MEDQUAD=path
search-quality: $(VENV)/.tested
	@$(BIN)/python tests/search/quality.py $(or $(MEDQUAD),$(error MEDQUAD=path/to/medquad.jsonl.gz is missing))
	@$(BIN)/python tests/search/quality.py $(MEDQUAD) --database postgres

# What a search costs on 10,000, 100,000 and 1,000,000 questions: make search-growth MEDQUAD=path
search-growth: $(VENV)/.tested
	@$(BIN)/python tests/load/growth.py $(or $(MEDQUAD),$(error MEDQUAD=path/to/medquad.jsonl.gz is missing))

# What it costs to ask where 5,000 people watch, and what 1,000 saved searches cost the worker.
fanout: $(VENV)/.tested
	@$(BIN)/python tests/load/fanout.py

# The pictures in the README, of the demonstration as it is now.
screenshots: $(VENV)/.tested
	@$(BIN)/python tests/browser/screenshots.py docs/images

clean:
	rm -rf $(VENV) build dist *.egg-info

$(VENV)/.installed: setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Wardboard needs Python 3.11 or newer. Name one: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing. Install it first: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing Wardboard into $(VENV) (once)."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	@echo "Installing what the tests need (once)."
	@$(PIP) install --editable '.[test]'
	@touch $@

# Two commands do everything: `make run` opens the dashboard, `make test` checks all of it.
# The newest Python here that is 3.11 or later and can make a virtual environment.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: run test lint types unit browser score figures format pictures bench load fuzz lock audit clean

# As on a server: what the many short-lived threads free goes back to the system (deploy/entente.service).
run: $(VENV)/.installed
	MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072 $(BIN)/streamlit run dashboard.py --server.port $(PORT)

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Entente needs Python 3.11 or newer with venv; install it (Debian: apt install python3 python3-venv) and run make again."; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)

# Packages by the name of their file. uv takes some seconds where pip takes minutes; pip does it where uv cannot be had or reaches nothing,
# and where it was told of an index of one's own, of which uv does not know.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
define install
@if ! $(BIN)/python -m pip config list 2>/dev/null | grep -q '[.]index-url' && $(PIP) uv 2>/dev/null \
  && UV_HTTP_TIMEOUT=20 $(BIN)/uv pip install --quiet --python $(BIN)/python -r $(1); then :; else $(PIP) -r $(1); fi
endef

$(VENV)/.installed: requirements.txt | $(BIN)/python
	$(call install,requirements.txt)
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements.txt | $(BIN)/python
	$(call install,requirements-dev.txt)
	touch $@ $(VENV)/.installed

# mypy has one core to itself and leaves the other to the tests.
test: lint
	$(MAKE) --no-print-directory -j2 types unit
	$(MAKE) --no-print-directory browser

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

# Unit tests use both cores until the end: who is done takes tests from the other. The app's pages run in process.
unit: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 2 --dist worksteal --ignore tests/browser

# A real browser with the network closed. Without one this fails, and says what to install. Each core has a browser and a dashboard of its own.
browser: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 2 --dist worksteal tests/browser

score: $(VENV)/.installed
	$(BIN)/python -m entente score

# The figures in docs/accuracy.md, measured again.
figures: $(VENV)/.installed
	$(BIN)/python scripts/write_accuracy.py

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pictures: $(VENV)/.installed-dev
	$(BIN)/python scripts/take_screenshots.py

# Speed and memory, beside what users have instead: a table for each benchmark, JSON with facts of the machine, and one table of all goals.
# With TEXT=FILE.jsonl articles of that file in place of the sample's, which are few and of one outlet. SIZES are events; 10 million take some 4 GB of disk and half an hour.
# The corpora made stay in .cache/bench. A goal of the load that is missed stands in the table and stops nothing.
TEXT ?= data/sample/briefs.jsonl
SIZES ?= 10000 1000000
bench: $(VENV)/.installed-dev
	$(call install,requirements-bench.txt)
	mkdir -p benchmarks/results .cache/bench
	$(BIN)/python benchmarks/coding.py --json benchmarks/results/coding.json
	$(BIN)/python benchmarks/intake.py $(TEXT) --json benchmarks/results/intake.json
	$(BIN)/python benchmarks/queries.py $(TEXT) --sizes $(SIZES) --folder .cache/bench --json benchmarks/results/queries.json
	$(BIN)/python benchmarks/browser.py $(TEXT) --events 1000000 --folder .cache/bench --json benchmarks/results/browser.json
	rm -f benchmarks/results/load.json
	$(BIN)/python benchmarks/load.py --json benchmarks/results/load.json || test -s benchmarks/results/load.json
	$(BIN)/python benchmarks/table.py

# Known weaknesses of the packages in requirements.lock, by the advisories of pypi.org. A package that could not be looked up fails it too.
audit: $(VENV)/.installed-dev
	@$(BIN)/pip-audit --strict --disable-pip --progress-spinner off --requirement requirements.lock || { \
	  echo "Not clean. Where a weakness is named above, raise the package in requirements.txt and run make lock. Where a package could not"; \
	  echo "be audited, or nothing was reached, the advisories of pypi.org cannot be had from here: run make audit where they can."; exit 1; }

# Fifty readers for ten minutes, with articles added in the middle.
load: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/load.py

# Files of every format, damaged at random, are given to the readers: SECONDS long.
SECONDS ?= 600
fuzz: $(VENV)/.installed-dev
	$(BIN)/python tests/reading/fuzzing.py --seconds $(SECONDS)

# requirements.lock from requirements.txt, with hashes. No host of an index and no folder of this machine is named in it.
lock: $(VENV)/.installed
	@$(BIN)/python -c 'import sys; sys.exit(not sys.version_info[:2] == (3, 11))' || { echo "requirements.lock is made with Python 3.11, which the container has: make lock PYTHON=python3.11 VENV=.venv-lock"; exit 1; }
	$(PIP) pip-tools
	{ head -2 requirements.lock; $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-header --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links --output-file - requirements.txt; } > requirements.lock.new
	mv requirements.lock.new requirements.lock

clean:
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache

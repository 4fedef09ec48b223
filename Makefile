# Two commands: `make run` (an invented city to look at) and `make test`.
PYTHON ?= python3.11
PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install
INSTALL := $(BIN)/python scripts/install.py
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard hssk/locale/*/LC_MESSAGES/*.po))
WORKERS ?= 2
TIMED := test_time_does_not_tell_who_is_there

.PHONY: run real plan test prove-access prove-lists check bench lock clean catalogues
.PHONY: check-types check-house check-rooms check-migrations check-messages check-style

run: .venv/ready catalogues
	@$(BIN)/hssk demo --serve --port $(PORT)

# Real data: an empty home of its own, ./var, which the invented city (./var/demo) never touches.
real: .venv/ready catalogues
	@$(BIN)/hssk serve --port $(PORT)

# The optional extra with which weekends are planned; everything else runs without.
plan: .venv/ready requirements/plan.txt
	@$(INSTALL) requirements/plan.txt

test: check
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal \
	  --deselect tests/test_house_rules.py --deselect tests/docs

# That nobody sees whom they should not: a hundred thousand attempts, planted holes, two worlds, and
# tampering with the log of looks; an hour. Time is judged last, with nobody else at work.
prove-access: .venv/ready-dev catalogues
	$(BIN)/python -c "import os, platform; print(os.cpu_count(), 'CPUs,', platform.platform())"
	HSSK_PROVE=long $(BIN)/python -m pytest -s -n $(WORKERS) --dist worksteal \
	  -k "not $(TIMED)" tests/proof hssk/access/tests/test_seals.py
	HSSK_PROVE=long $(BIN)/python -m pytest -s -k $(TIMED) tests/proof

# That any list for a hamlet keeps its fields, its area, its end and who objects: a hundred thousand drawn ones.
prove-lists: .venv/ready-dev catalogues
	HSSK_PROVE=long $(BIN)/python -m pytest -s hssk/outreach/tests/test_lists.py

# Side by side, the longest first; each says its words whole.
check: .venv/ready-dev catalogues
	@$(MAKE) --no-print-directory --jobs=$(WORKERS) --output-sync=target \
	  check-types check-house check-rooms check-migrations check-messages check-style

check-types:
	$(BIN)/mypy hssk

check-house:
	$(BIN)/python -m pytest tests/test_house_rules.py $(wildcard tests/docs)

check-rooms:
	$(BIN)/lint-imports

check-migrations:
	$(BIN)/python scripts/missing_migrations.py

check-messages:
	$(BIN)/python scripts/messages.py check

check-style:
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet

bench: .venv/ready-bench catalogues
	$(BIN)/python -m bench

catalogues: .venv/ready $(CATALOGUES)

%.mo: %.po
	@$(BIN)/python scripts/messages.py compile
	@touch $(CATALOGUES)

# New versions into the lock files, with digests; needs a package registry.
lock: .venv/bin/python
	$(PIP) uv
	for name in setup run plan dev bench; do \
	  UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip compile --quiet --upgrade --python $(BIN)/python \
	    --generate-hashes --no-emit-index-url --no-header \
	    --output-file requirements/$$name.txt requirements/$$name.in || exit 1; \
	done

# Never touches ./var: that is somebody's data.
clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find hssk tests bench scripts -name __pycache__ -prune -exec rm -rf {} +
	rm -f $(CATALOGUES)

.venv/bin/python:
	@$(PYTHON) -m venv .venv

.venv/packages: requirements/run.txt requirements/setup.txt | .venv/bin/python
	@echo "Installing what HSSK runs on ..."
	@$(INSTALL) requirements/setup.txt requirements/run.txt
	@$(BIN)/python -m compileall -q -j 0 .venv/lib
	@touch $@

.venv/ready: .venv/packages pyproject.toml
	@$(PIP) --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m compileall -q hssk
	@touch $@

.venv/ready-dev: .venv/ready requirements/dev.txt
	@echo "Installing what the tests need ..."
	@$(INSTALL) requirements/dev.txt
	@touch $@

.venv/ready-bench: .venv/ready-dev requirements/bench.txt
	@$(INSTALL) requirements/bench.txt
	@touch $@

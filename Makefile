# Two commands matter: `make demo` and `make test`. Both set up everything they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := $(VENV)/.ready
VALIDATOR := $(VENV)/.validator
OFFICE := $(VENV)/.office
PROGRAMS := $(VENV)/.programs
SCREEN := $(VENV)/.screen
DATABASE := $(VENV)/.database
BROWSER := $(VENV)/.browser
# Processes, each with a share of the tests, of which the first to be done takes some of another's.
PROCESSES ?= 2
PYTEST := $(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist worksteal

# Where the environment asks for no bytecode, each command that the tests start would compile anew.
test test-without-office coverage deep: export PYTHONDONTWRITEBYTECODE =

.PHONY: help demo test test-without-office coverage deep check style types suite format lock workbooks examples docs pictures messages bench clean

help:
	@echo "make demo    run the main job on the example session"
	@echo "make test    check the code, and run every test"
	@echo "make test-without-office  check the code, then run the tests that need no LibreOffice nor PostgreSQL"
	@echo "make coverage  run every test, and say which lines none reaches"
	@echo "make deep    run the long sweeps, minutes: damaged grids, other programs, ten times the cases"
	@echo "make check   lint, types, imports, spelling, docs"
	@echo "make format  format the code"
	@echo "make pictures  take the pictures of docs/images again"
	@echo "make bench   measure speed and memory, and write docs/benchmarks.md"

$(READY): pyproject.toml requirements-dev.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "sheetgen needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# A validator judges the files that the tests write.
$(VALIDATOR): scripts/install-validator $(READY)
	sh scripts/install-validator $(VENV)
	@touch $@

# LibreOffice fills and recalculates real grids in the tests.
$(OFFICE): scripts/install-office $(VALIDATOR)
	sh scripts/install-office
	@touch $@

# A PostgreSQL server holds a register in the tests.
$(DATABASE): scripts/install-database $(READY)
	sh scripts/install-database
	@touch $@

# A browser opens the page where papers are verified, and the desk.
$(BROWSER): scripts/install-browser $(READY)
	sh scripts/install-browser
	@touch $@

# Other programs save grids anew, for what docs/compatibilite.md says of them.
$(PROGRAMS): scripts/install-programs $(OFFICE)
	sh scripts/install-programs $(VENV)
	@touch $@

# A screen without a monitor shows workbooks, for pictures and for tests with real key strokes.
$(SCREEN): scripts/install-screen $(OFFICE)
	sh scripts/install-screen
	@touch $@

demo: $(READY)
	$(BIN)/python examples/demo.py

check: style types

style: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/python scripts/make_docs.py --check

types: $(READY)
	$(BIN)/mypy

# Types take half a minute where nothing is cached, and one processor: beside the tests, which often
# wait, it costs little. What is wrong with them is told again below the tests.
test: style $(OFFICE) $(DATABASE) $(BROWSER)
	$(MAKE) --jobs 2 types suite || ($(BIN)/mypy && false)

suite:
	$(PYTEST)

# For Windows, for macOS, and wherever LibreOffice and PostgreSQL are not to be installed.
test-without-office: check $(VALIDATOR)
	$(PYTEST) -m "not deep and not office and not database"

# The same tests, measured: slower by a third, and below the floor of pyproject.toml it fails.
coverage: $(OFFICE) $(DATABASE) $(BROWSER)
	$(BIN)/coverage erase
	$(PYTEST) --cov --cov-report=term

# What takes minutes and is not run with every change.
deep: $(PROGRAMS) $(SCREEN) $(BROWSER)
	$(PYTEST) -m deep
	$(PYTEST) -m "hypothesis and not deep" --hypothesis-profile deep

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Exact development pins, without any registry's address.
lock:
	rm -rf $(VENV)-lock
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet -r requirements-dev.in .
	@echo "# Exact pins for development; remade by 'make lock'." > requirements-dev.txt
	$(VENV)-lock/bin/python -m pip freeze --exclude sheetgen >> requirements-dev.txt
	rm -rf $(VENV)-lock

workbooks: $(READY)
	$(BIN)/python scripts/make_workbooks.py
	$(BIN)/python examples/make_session.py
	$(BIN)/python examples/make_referential.py
	$(BIN)/python examples/make_referentials.py

# The example session's files, from its data: grids filled and decisions typed in LibreOffice.
examples: $(OFFICE)
	$(BIN)/python examples/make_examples.py

# The reference pages that the program writes itself, and what the README shows of it.
docs: $(READY)
	$(BIN)/python scripts/make_docs.py
	$(BIN)/python scripts/make_tour.py
	$(BIN)/python scripts/real_life.py

# The pictures of docs/images: workbooks as LibreOffice shows them, documents as it prints them, the
# desk's pages as its journey sees them.
pictures: $(SCREEN) $(BROWSER)
	$(BIN)/python scripts/make_pictures.py
	SHEETGEN_PICTURES=docs/images $(BIN)/python -m pytest tests/desk/test_journey.py

# French for the command-line library's own words.
messages: $(READY)
	$(BIN)/pybabel compile --directory sheetgen/locale --locale fr

# A quarter of an hour on an idle machine; BENCH=--quick takes minutes, BENCH=--large adds 5,000 candidates.
bench: $(READY)
	$(BIN)/python benchmarks/run.py $(BENCH)

clean:
	rm -rf $(VENV) .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist

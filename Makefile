# The few commands that people and CI share. `make` alone lists them.
# Every one makes the virtual environment that it needs, and after that works without a network.

PYTHON ?= $(shell .ci/python)
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready

SECONDS ?= 60
KILLS ?= 1000

.DEFAULT_GOAL := help
.PHONY: help demo test check fmt lint types imports pytest coverage wheel versions docs bench measure fuzz torture demo-consent clean

help: ## list the commands
	@echo "usage: make COMMAND"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{ printf "%-12s %s\n", $$1, $$2 }'

demo: $(READY) ## let a real ruleset decide real messages
	@$(BIN)/python docs/examples/demo.py

demo-consent: $(READY) ## play a story of consent on SQLite, to read
	@$(BIN)/python docs/examples/consent_story.py

test: check wheel versions coverage ## everything that CI runs

check: lint types imports ## the static checks: layout, lint, types, import contracts

fmt: $(READY) ## lay out the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only .

lint: $(READY) ## layout and lint of the code, and of the rule packs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/optout fmt --check rules
	$(BIN)/optout check --strict rules > $(VENV)/check.txt || { cat $(VENV)/check.txt; exit 1; }

types: $(READY) ## mypy, strict, over src and tests
	$(BIN)/mypy

imports: $(READY) ## the import contracts of pyproject.toml
	$(BIN)/lint-imports

pytest: $(READY) ## the tests alone, without coverage
	$(BIN)/pytest -n auto

coverage: $(READY) ## the tests and the coverage gates
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --fail-under=100 \
	  --include='src/optoutlang/runtime/*,src/optoutlang/language/compiler/*,src/optoutlang/language/model/*,src/optoutlang/language/reference/*'
	$(BIN)/coverage report --fail-under=95

wheel: $(VENV)/wheels/.ready ## build the wheel and use it from clean environments
	.ci/wheel $(BIN)/python $(VENV)/wheels

versions: $(READY) ## the same artefact bytes from every Python found here
	.ci/versions $(VENV)

docs: $(READY) ## write the generated pages of docs/ again
	$(BIN)/python -m tests.docs.pages

bench: $(READY) ## compare with the naive way; prints a table
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/growth.py

fuzz: $(VENV)/.fuzz ## break parser, formatter, compiler, loader and match; SECONDS=60 is for each
	$(BIN)/python -m tests.fuzz.run --seconds $(SECONDS) --corpus $(VENV)/fuzz

torture: $(READY) ## kill consent stores 1,000 times each on SQLite and PostgreSQL; KILLS=1000
	$(BIN)/python -m tests.consent.torture.run --kills $(KILLS)

measure: $(READY) ## measure how often `world` is right; writes and prints docs/figures.md
	$(BIN)/python -m benchmarks.measure --write

mutants: $(VENV)/.mutants ## change the code in small ways and see that tests fail; MUTANTS="--every 10 matcher" for a sample
	$(BIN)/python -m tests.mutation.run $(MUTANTS)

clean: ## remove the virtual environment and what the tools left
	rm -rf $(VENV) build dist .coverage* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "optoutlang needs Python 3.11 or later; say which: make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' 'hatchling>=1.25'
	@touch $@

# atheris has wheels for some Pythons on Linux only, and cannot be built without clang's libFuzzer.
$(VENV)/.fuzz: $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary atheris --editable '.[fuzz]' || { \
	  echo "make fuzz: atheris has no wheel for this Python on this machine; CPython 3.11 to 3.13 on Linux have one" >&2; exit 1; }
	@touch $@

$(VENV)/.mutants: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[mutants]'
	@touch $@

# What a user's installation fetches, kept so that the wheel can be tried without a network.
$(VENV)/wheels/.ready: $(READY)
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --wheel-dir $(VENV)/wheels '.[author]'
	@rm $(VENV)/wheels/optoutlang-*.whl
	@touch $@

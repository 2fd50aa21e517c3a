# The few commands that people and CI share. `make` alone lists them.
# Every one makes the virtual environment that it needs, and after that works without a network.

PYTHON ?= $(shell .ci/python)
VENV ?= .venv
BIN = $(VENV)/bin
MADE = $(VENV)/.made
AUTHOR = $(VENV)/.author
CONSENT = $(VENV)/.consent
GATEWAY = $(VENV)/.gateway
READY = $(VENV)/.ready
# What an editable installation compiles, where there is a compiler (hatch_build.py).
CORE = hatch_build.py src/optoutlang/runtime/native/prefilter.pyx $(wildcard src/optoutlang/runtime/native/*.pxi)
PIP = $(BIN)/python -m pip --quiet --disable-pip-version-check

SECONDS ?= 60
EXAMPLES ?= 10000
KILLS ?= 1000
# A process that has no test left takes over from the other ones, so that none waits for the longest.
PARALLEL = -n auto --dist worksteal

# What `optout` keeps between runs stays out of the user's own cache.
export OPTOUT_CACHE_DIR := $(abspath $(VENV))/cache

# The tests start Python some hundred times; without byte code each of them compiles the whole package anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test check fmt lint packs types imports pytest thorough deep coverage wheel versions docs bench bench-quick bench-compare measure suggester searches fuzz fuzz-core gate torture clean \
  demo-consent demo-gateway torture-gateway memory-gateway bench-gateway test-browser test-spark new-check new-command new-pack

help: ## list the commands
	@echo "usage: make COMMAND"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{ printf "%-12s %s\n", $$1, $$2 }'

demo: $(AUTHOR) ## let a real ruleset decide real messages
	@$(BIN)/python docs/examples/demo.py

demo-consent: $(CONSENT) ## play a story of consent on SQLite, to read
	@$(BIN)/python docs/examples/consent_story.py

demo-gateway: $(GATEWAY) ## play a day of texts through a gateway that runs, to read
	@$(BIN)/python docs/examples/gateway_day.py

# The packs before the tests, whose processes take them from where they are kept.
test: $(READY) ## the static checks, the wheel and the tests; CI runs `make coverage versions thorough` too
	@$(MAKE) --no-print-directory --jobs=2 packs check wheel
	@$(MAKE) --no-print-directory pytest

check: lint types imports ## the static checks: layout, lint, types, import contracts

fmt: $(READY) ## lay out the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only .

lint: $(READY) ## layout and lint of the code, and of the rule packs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/optout fmt --check rules
	$(BIN)/optout check --strict rules > $(VENV)/check.txt || { cat $(VENV)/check.txt; exit 1; }

packs: $(READY) ## check and compile every pack once, and keep what comes of it
	$(BIN)/python .ci/digests.py --kept > $(VENV)/digests.txt

types: $(READY) ## mypy, strict, over src and tests
	$(BIN)/mypy

imports: $(READY) ## the import contracts of pyproject.toml
	$(BIN)/lint-imports

pytest: $(READY) ## the tests, without coverage and without the thorough ones
	$(BIN)/pytest $(PARALLEL) -m "not thorough"

thorough: $(READY) ## the tests that take longest: larger spaces, kills, races, figures; CI runs them
	$(BIN)/pytest $(PARALLEL) -m thorough

deep: $(READY) ## the tests with EXAMPLES=10000 random examples for each property; takes hours
	HYPOTHESIS_PROFILE=deep HYPOTHESIS_MAX_EXAMPLES=$(EXAMPLES) $(BIN)/pytest $(PARALLEL)

test-browser: $(VENV)/.browser ## the operations page in Chromium, behind nginx (Debian: chromium, nginx-light)
	@command -v "$${CHROMIUM:-chromium}" >/dev/null || { echo "make test-browser: there is no chromium; apt install chromium" >&2; exit 1; }
	$(BIN)/pytest tests/interfaces/gateway/ui/test_browser.py tests/docs/test_gateway_proxy.py

test-spark: $(VENV)/.spark ## data frames on a cluster of Spark with worker processes (Debian: openjdk-17-jre-headless)
	$(BIN)/pytest tests/runtime/batch/test_spark.py

# With a cache of its own: a pack that was kept runs no line of the compiler.
coverage: $(READY) ## the coverage gates, by the tests that are not marked slow
	$(BIN)/coverage erase
	rm -rf $(VENV)/traced
	OPTOUT_CACHE_DIR=$(abspath $(VENV))/traced $(BIN)/coverage run -m pytest $(PARALLEL) -m "not slow"
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --fail-under=99 \
	  --include='src/optoutlang/runtime/*,src/optoutlang/language/compiler/*,src/optoutlang/language/model/*,src/optoutlang/language/reference/*'
	$(BIN)/coverage report --fail-under=95 --include='src/optoutlang/*'

wheel: $(VENV)/wheels/.ready ## build the wheel and use it from clean environments
	.ci/wheel $(BIN)/python $(VENV)/wheels

versions: packs ## the same artefact bytes from every Python found here
	.ci/versions $(VENV) $(VENV)/digests.txt

docs: $(READY) ## write the generated pages of docs/ again
	$(BIN)/python -m tests.docs.pages
	$(BIN)/python -m tests.docs.consent_tables

new-check: $(READY) ## a check's skeleton: CODE=O411 NAME=shouted-reply (CONTRIBUTING.md)
	@$(BIN)/python -m docs.contributing.new check '$(CODE)' '$(NAME)'

new-command: $(READY) ## a command's skeleton: NAME=stats
	@$(BIN)/python -m docs.contributing.new command '$(NAME)'

new-pack: $(READY) ## a rule pack's skeleton: NAME=lang-cy TITLE=Welsh
	@$(BIN)/python -m docs.contributing.new pack '$(NAME)' '$(TITLE)'

bench: $(VENV)/.bench ## measure speed beside peers, about ten minutes; keeps a record and writes docs/performance.md
	$(BIN)/python -m benchmarks.speed.run --record

bench-quick: $(READY) ## the same in about a minute, fewer and smaller; prints alone
	$(BIN)/python -m benchmarks.speed.run --quick

bench-compare: $(READY) ## speed against another revision, by turns: BASE=REV, ONLY='call/world list/' for some
	$(BIN)/python -m benchmarks.speed.compare '$(BASE)' --only '$(or $(ONLY),call/)'

fuzz: fuzz-core $(VENV)/.fuzz ## break parser, formatter, compiler, loader and match; SECONDS=60 is for each
	$(BIN)/python -m tests.fuzz.run --seconds $(SECONDS) --corpus $(VENV)/fuzz

fuzz-core: $(READY) ## the compiled core under AddressSanitizer and UBSan; SECONDS=60
	$(BIN)/python -m tests.fuzz.sanitize --seconds $(SECONDS)

gate: $(READY) ## hold the compiled core against the steps in Python: MESSAGES=1000000 fuzzed messages
	$(BIN)/python -m tests.gate.run --messages $(or $(MESSAGES),1000000)

torture: $(READY) ## kill consent stores 1,000 times each on SQLite and PostgreSQL; KILLS=1000
	$(BIN)/python -m tests.consent.torture.run --kills $(KILLS)

torture-gateway: $(READY) ## kill gateways under load on SQLite and PostgreSQL; KILLS=300
	$(BIN)/python -m tests.interfaces.gateway.torture.run --kills $(or $(filter-out 1000,$(KILLS)),300)

bench-gateway: $(READY) ## the gateway beside bare routes, on SQLite and PostgreSQL; keeps a record
	$(BIN)/python -m benchmarks.gateway.run --write

memory-gateway: $(READY) ## see that a gateway's memory stays flat over 100,000 requests
	$(BIN)/python -m benchmarks.gateway.memory

measure: $(READY) ## measure how often `world` is right; writes and prints docs/figures.md
	$(BIN)/python -m benchmarks.measure --write

suggester: $(READY) ## train the suggester that comes with `natural`; writes rules/natural/natural.similar
	$(BIN)/python -m benchmarks.suggester

searches: $(VENV)/.searches ## look for everyday words, names and numbers that `world` takes for a request
	$(BIN)/python -m benchmarks.searches

mutants: $(VENV)/.mutants ## change the code in small ways and see that tests fail; MUTANTS="--every 10 matcher" for a sample
	$(BIN)/python -m tests.mutation.run $(MUTANTS)

clean: ## remove the virtual environment and what the tools left
	rm -f src/optoutlang/runtime/native/*.so src/optoutlang/runtime/native/*.pyd
	rm -rf $(VENV) build dist .coverage* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(MADE):
	@test -n "$(PYTHON)" || { echo "optoutlang needs Python 3.11 or later; say which: make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# What reads .optout files, and no tool of ours: enough for the demo.
$(AUTHOR): pyproject.toml $(CORE) | $(MADE)
	$(PIP) install --editable '.[author]'
	@touch $@

$(CONSENT): pyproject.toml $(CORE) | $(MADE)
	$(PIP) install --editable '.[author,consent]'
	@touch $@ $(AUTHOR)

$(GATEWAY): pyproject.toml $(CORE) | $(MADE)
	$(PIP) install --editable '.[gateway]'
	@touch $@ $(AUTHOR) $(CONSENT)

$(READY): pyproject.toml $(CORE) | $(MADE)
	$(PIP) install --editable '.[dev]' 'hatchling>=1.25' 'Cython>=3.1' 'setuptools>=77'
	@touch $@ $(AUTHOR) $(CONSENT) $(GATEWAY)

# atheris has wheels for some Pythons on Linux only, and cannot be built without clang's libFuzzer.
$(VENV)/.fuzz: $(READY)
	@$(PIP) install --only-binary atheris --editable '.[fuzz]' || { \
	  echo "make fuzz: atheris has no wheel for this Python on this machine; CPython 3.11 to 3.13 on Linux have one" >&2; exit 1; }
	@touch $@

$(VENV)/.bench: $(READY)
	$(PIP) install --only-binary daachorse,google-re2,hyperscan --editable '.[bench]' || { \
	  echo "make bench: not every peer has a wheel here; those that are missing are named in the record" >&2; \
	  $(PIP) install 'matplotlib>=3.9'; }
	@touch $@

$(VENV)/.browser: $(READY)
	$(PIP) install --editable '.[browser]'
	@touch $@

$(VENV)/.spark: $(READY)
	$(PIP) install --editable '.[cluster]'
	@touch $@

$(VENV)/.searches: $(READY)
	$(PIP) install --editable '.[searches]'
	@touch $@

$(VENV)/.mutants: $(READY)
	$(PIP) install --editable '.[mutants]'
	@touch $@

# What a user's installation fetches, kept so that the wheel can be tried without a network.
$(VENV)/wheels/.ready: $(READY)
	$(PIP) wheel --wheel-dir $(VENV)/wheels '.[author]'
	@rm $(VENV)/wheels/optoutlang-*.whl
	@touch $@

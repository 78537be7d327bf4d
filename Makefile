# Everything a contributor runs. Needs Python and make; makes its own virtual environments.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
DEMO = demo_docs/_build/html

.DEFAULT_GOAL := help
.PHONY: help demo docs test readers test-other test-oldest test-newest neighbours lint types types-js grammar scripts vsix format fuzz random-edits linear nightly messages bench same-output clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /: /' | awk -F': ' '{printf "%-14s%s\n", $$1, $$2}'

$(VENV)/.installed-%: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$*]'
	touch $@

demo: $(VENV)/.installed-docs ## build the guide with its demo wiki, and say where it is
	$(BIN)/python -m sphinx -q -n -W --keep-going -b html demo_docs/_operas $(DEMO)/operas
	TROPES_DEMO_OPERAS=$(CURDIR)/$(DEMO)/operas \
	$(BIN)/python -m sphinx -q -n -W --keep-going -j auto -b html demo_docs $(DEMO)
	$(BIN)/python -m sphinx -q -n -W --keep-going -b html demo_docs/_operas $(DEMO)/operas
	@echo "The demo is at $(CURDIR)/$(DEMO)/index.html"

docs: demo ## the same: the guide is the demo

# A file of tests stays in one process: it builds its sites once. Browsers have processes of their own, for
# Playwright leaves an event loop running.
PARALLEL = -n auto --dist loadfile

test: $(VENV)/.installed-test ## run every test but those of readers
	$(BIN)/python -m pytest $(PARALLEL) -m 'not readers and not browser' $(PYTEST_ARGS) || test $$? -eq 5  # none chosen
	$(BIN)/python -m pytest $(PARALLEL) -m browser $(PYTEST_ARGS) || test $$? -eq 5

readers: $(VENV)/.installed-readers ## have LaTeX, makeinfo and EPUBCheck read what is written (needs them)
	TROPES_READERS=needed $(BIN)/python -m pytest $(PARALLEL) -m readers $(PYTEST_ARGS)

# What depends on the versions of Python and Sphinx: not browsers, nor readers of books.
OTHER_ARGS = -m 'not browser and not readers'

test-other: $(VENV)/.installed-test ## run the tests that another version may fail (PYTHON=, VENV=)
	TROPES_RANDOM_STEPS=20 $(BIN)/python -m pytest $(PARALLEL) $(OTHER_ARGS) $(PYTEST_ARGS)

# What knows neither Sphinx nor docutils, and was run with this Python.
KNOW_NO_SPHINX = tests/wiki tests/repository tests/editors tests/tools/importing tests/test_house.py \
	tests/test_layers.py tests/test_weight.py

test-oldest: ## the same with the oldest Sphinx that is supported
	$(MAKE) .venv-oldest/.installed-test VENV=.venv-oldest
	.venv-oldest/bin/python -m pip install --quiet --disable-pip-version-check 'sphinx==8.2.*'
	$(MAKE) test-other VENV=.venv-oldest PYTEST_ARGS="$(KNOW_NO_SPHINX:%=--ignore=%) $(PYTEST_ARGS)"

# pyenv hides the versions that it keeps; where there is none that is new enough, see .ci/run.
NEWEST = .venv-newest

test-newest: ## the same with the newest Sphinx, on the newest Python that is found
	$(MAKE) $(NEWEST)/.installed-test VENV=$(NEWEST) PYTHON="$$(.ci/newest-python)"
	$(NEWEST)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade sphinx
	$(NEWEST)/bin/python -c 'import sphinx, sys; print("Sphinx", sphinx.__version__, "on Python", sys.version)'
	$(MAKE) test-other VENV=$(NEWEST)

neighbours: ## build with the extensions and themes of others, in an environment of its own
	$(MAKE) .venv-neighbours/.installed-neighbours VENV=.venv-neighbours
	.venv-neighbours/bin/python -m pytest $(PARALLEL) tests/neighbours $(PYTEST_ARGS)

lint: $(VENV)/.installed-lint ## ruff, and the types (of the scripts as well, where there is npm)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	if command -v npm >/dev/null; then $(MAKE) types-js; fi

types: $(VENV)/.installed-lint ## mypy alone
	$(BIN)/mypy

# What the extension for VS Code is made with and of. No package runs a script of its own.
CLIENT = editors/vscode/node_modules

$(CLIENT)/.installed: editors/vscode/package-lock.json
	cd editors/vscode && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

# The TypeScript compiler reads the types in the comments; it writes nothing.
types-js: $(CLIENT)/.installed ## the types of the scripts (needs npm)
	$(CLIENT)/.bin/tsc -p tests/browser/types/tsconfig.json
	$(CLIENT)/.bin/tsc -p editors/vscode/tsconfig.json

grammar: $(VENV)/.installed-test ## write what editors colour the markup by, from its declarations
	$(BIN)/python -m editors

scripts: $(VENV)/.installed-test ## write the scripts that pages load, from those in scripts/
	$(BIN)/python -m scripts

# Once the packages of its lock file are installed, it is bundled and packed without the network.
VSIX = $(CURDIR)/dist/

vsix: $(CLIENT)/.installed ## pack the extension for VS Code (needs npm)
	mkdir -p $(VSIX)
	cd editors/vscode && node_modules/.bin/vsce package \
		--no-dependencies --allow-missing-repository --out $(VSIX)

format: $(VENV)/.installed-lint ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

fuzz: $(VENV)/.installed-test random-edits ## many random edits and much random markup (hours)
	TROPES_RANDOM_FACTS=5000 $(BIN)/python -m pytest tests/wiki/views/test_invalidation_random.py
	TROPES_STATES_TRIED=1000 $(BIN)/python -m pytest tests/sphinx/test_recovery.py -k anything_wrong
	TROPES_FUZZ_EXAMPLES=20000 $(BIN)/python -m pytest tests/markup

# Each wiki is another: the sum of its steps is made twice, in one process and in new ones.
WIKIS = 20
STEPS = 250

random-edits: $(VENV)/.installed-test ## 5,000 random edits in one process and in new ones (WIKIS=, STEPS=)
	TROPES_RANDOM_SEEDS=$(WIKIS) TROPES_RANDOM_STEPS=$(STEPS) $(BIN)/python -m pytest -q \
		tests/sphinx/test_incremental.py -k random_edits

linear: $(VENV)/.installed-test ## show that hostile markup takes linear time (needs a quiet machine)
	$(BIN)/python -m pytest tests/markup/linear_time.py

nightly: fuzz linear ## what takes hours: run it before an issue is closed
	TROPES_HOSTILE=50 $(BIN)/python -m pytest tests/test_hostile.py
	TROPES_CORPORA_STEPS=14 $(BIN)/python -m pytest tests/sphinx/test_corpora.py

# BENCH_ARGS=--help tells of sizes and parts.
bench: $(VENV)/.installed-bench ## measure speed and size against others (half an hour)
	$(BIN)/python -m benchmarks $(BENCH_ARGS)

same-output: $(VENV)/.installed-docs ## show that no page changed since a revision (REV=)
	$(BIN)/python -m benchmarks.same_output $(or $(REV),HEAD)

# Words that are new are put into every catalogue, to be translated; then run it again.
LOCALE = sphinxcontrib_tropes/locale
CATALOGUE = sphinxcontrib_tropes

messages: $(VENV)/.installed-dev ## collect the words for readers, and compile their translations
	$(BIN)/pybabel -q extract --no-location --sort-output --omit-header --width 100 \
		-k _ -k ngettext:1,2 -o $(LOCALE)/$(CATALOGUE).pot sphinxcontrib_tropes
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
		--width 100 -D $(CATALOGUE) -d $(LOCALE) -i $(LOCALE)/$(CATALOGUE).pot
	$(BIN)/pybabel -q compile -D $(CATALOGUE) -d $(LOCALE) --statistics

clean: ## remove what was built
	rm -rf demo_docs/_build benchmarks/_results build dist editors/vscode/dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Everything a person does with this repository. `make` alone lists it.
# What stands after ## is the line that the list shows.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000

BIN := .venv/bin
VAR := $(or $(MONTADA_VAR),var)
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
RUNTIME := .venv/.runtime
DEVELOPMENT := .venv/.development
COMPILED := .venv/.compiled
RIVALS := .venv-rivals/.installed
CATALOGUES := src/montada/locale/ar/LC_MESSAGES/django.mo
SENTENCES := $(wildcard src/montada/locale/*/LC_MESSAGES/django.po)

.DEFAULT_GOAL := help
.PHONY: help run demo test check bench messages docs bundle prove-bundle lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

run: $(RUNTIME) $(CATALOGUES) ## open the forum at http://127.0.0.1:8000 (HOST=, PORT=)
# A demonstration that was interrupted is built again, not served half.
	@if [ ! -e $(VAR)/montada.sqlite3 ] || [ -e $(VAR)/demo-unfinished ]; then \
	  mkdir -p $(VAR) && touch $(VAR)/demo-unfinished && \
	  $(BIN)/montada demo --url http://$(HOST):$(PORT) && rm $(VAR)/demo-unfinished; fi
# What the timetable compiles takes twenty seconds, which nobody has to wait for.
	@$(MAKE) --silent $(COMPILED) & exec $(BIN)/montada serve --host $(HOST) --port $(PORT)

demo: $(RUNTIME) $(CATALOGUES) ## build the demonstration forum (STAGE=consultation, SEED=1)
	@$(BIN)/montada demo --url http://$(HOST):$(PORT) $(if $(STAGE),--stage $(STAGE)) $(if $(SEED),--seed $(SEED))
	@$(BIN)/montada collectstatic --no-input --verbosity 0

test: check $(COMPILED) chromium ## check, then every test, browser journeys included
	@$(BIN)/python -m pytest

check: $(DEVELOPMENT) $(CATALOGUES) ## style, types, contracts, catalogues, migrations: seconds
	@$(BIN)/ruff format --check --quiet . || { echo "run: $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy src tests tools benchmarks
	@PYTHONPATH=src:. $(BIN)/lint-imports
	@$(BIN)/python -m tools.messages check
	@DJANGO_SETTINGS_MODULE=montada.settings.test $(BIN)/montada makemigrations --check --dry-run

bench: $(DEVELOPMENT) $(CATALOGUES) $(COMPILED) $(if $(filter opinion timetable,$(or $(ONLY),opinion)),$(RIVALS)) ## measure all, beside rivals, as JSON: four hours (ONLY=pages)
	@$(BIN)/python -m benchmarks $(ONLY)

messages: $(RUNTIME) ## bring the catalogues up to date with the sentences, and compile them
	@$(BIN)/python -m tools.messages update
	@$(BIN)/python -m tools.messages compile

docs: $(RUNTIME) $(CATALOGUES) ## write docs/reference anew from the code
	@$(BIN)/python -m tools.reference write

bundle: $(RUNTIME) $(CATALOGUES) ## one archive that installs on a machine without internet
	@sh tools/bundle/build.sh

prove-bundle: ## install the newest archive with the package index switched off
	@sh tools/prove_bundle.sh

lock: ## choose versions anew (developers; needs uv)
	uv lock --upgrade
	uv export --quiet --no-emit-project --no-dev --group build --format requirements-txt --no-header --no-annotate > requirements.lock
	uv export --quiet --no-emit-project --only-group dev --format requirements-txt --no-header --no-annotate > requirements-dev.lock
	uv export --quiet --no-emit-project --only-group rivals --format requirements-txt --no-header --no-annotate > requirements-rivals.lock

clean: ## remove what was installed and built; the forum in var/ stays
	rm -rf .venv .venv-rivals build dist

# What the targets above lean on.

$(RUNTIME): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Montada needs Python 3.11 or newer. Name one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python cannot make environments here. Install what it needs with:"; \
	  echo "  apt-get install python3-venv"; exit 1; }
	@echo "Installing into .venv (once)"
	@$(PYTHON) -m venv .venv
# Modules are compiled when they are first imported: most never are.
	@$(PIP) install --no-compile --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(COMPILED): $(addprefix src/montada/programme/engine/timetable/,annealing.py day_choice.py) | $(RUNTIME)
	@$(BIN)/python -m tools.compiled
	@touch $@

$(DEVELOPMENT): requirements-dev.lock $(RUNTIME)
	@echo "Installing the tools of developers into .venv (once)"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(RIVALS): requirements-rivals.lock | $(RUNTIME)
	@echo "Installing what the benchmarks compare with into .venv-rivals (once)"
	@$(BIN)/python -m venv .venv-rivals
	@.venv-rivals/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r requirements-rivals.lock
	@touch $@

$(CATALOGUES): $(SENTENCES) tools/messages.py | $(RUNTIME)
	@$(BIN)/python -m tools.messages compile

.PHONY: chromium
chromium:
	@sh tools/chromium.sh

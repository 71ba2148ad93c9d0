# Two commands: `make reports` and `make test`. Both set up what they need; `make help` lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Set up once for each lock file: the stamp is newer than what the environment was made from.
READY := $(VENV)/.ready

# DVC's stages find `kommunebudsjett` by PATH. Bytecode is written: without it every kernel compiles all its imports.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export DVC_NO_ANALYTICS := 1
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help

.PHONY: help
help:  ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

.PHONY: env
env: $(READY)  ## Set up the environment in .venv, as requirements.lock says

$(READY): requirements.lock pyproject.toml scripts/environment
	@sh scripts/environment "$(PYTHON)" "$(VENV)"
	@touch $@

.PHONY: reports
reports: $(READY)  ## Build what has changed and publish the reports in reports/
	@$(BIN)/python scripts/dvc_state.py
	@$(BIN)/dvc repro
	@echo "The reports are in reports/index.html"

PORT ?= 8000
.PHONY: serve
serve: $(READY)  ## Show the published reports at http://127.0.0.1:8000, with their search (another port: PORT=8080)
	@$(BIN)/kommunebudsjett serve --port $(PORT)

.PHONY: rebuild
rebuild: $(READY)  ## Run every stage, changed or not
	@$(BIN)/python scripts/dvc_state.py
	@$(BIN)/dvc repro --force

# A file goes to one worker, so that what its tests share is made once; in the order of tests/conftest.py.
WORKERS := -n auto --dist loadfile --no-loadscope-reorder

.PHONY: test-quick
test-quick: $(READY)  ## Run the tests that are not marked slow: about a minute, while you work
	@$(BIN)/pytest $(WORKERS) -m "not slow and not soak" --durations 5

.PHONY: test
test: $(READY)  ## Run all tests, a browser included
	@sh scripts/programs
	@$(BIN)/pytest $(WORKERS)

MINUTES ?= 60
.PHONY: soak
soak: $(READY)  ## Search for faults: the long tests once, then random bad input (how long: MINUTES=60); says how to repeat what it finds
	@sh scripts/programs
	@$(BIN)/python scripts/soak.py $(MINUTES)

.PHONY: lint
lint: $(READY)  ## Check style and types, and that notebooks hold no outputs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python scripts/check_types.py
	@sh scripts/strip-notebooks --verify notebooks/*.ipynb src/kommunebudsjett/templates/*.ipynb

.PHONY: hooks
hooks: $(READY)  ## Check style and strip notebooks at each commit (git hooks)
	@$(BIN)/pre-commit install

# More than the file: make add FILE=budget.pdf OPTIONS="--as alternative --year 2027"
.PHONY: check add
check: $(READY)  ## Show what the pipeline makes of a document, FILE=..., and change nothing
	@$(BIN)/kommunebudsjett check "$(FILE)" $(OPTIONS)

add: $(READY)  ## Add a document, FILE=..., to data/raw and its registry
	@$(BIN)/kommunebudsjett add "$(FILE)" $(OPTIONS)

# More for JupyterLab: make lab OPTIONS=--no-browser
.PHONY: lab
lab: $(READY)  ## Open the project in JupyterLab; notebooks are saved without outputs
	@if [ "$$(id -u)" = 0 ] && [ "$(filter --allow-root,$(OPTIONS))" = "" ]; then \
		echo "Run make lab as an ordinary user; in a container of your own, as root: make lab OPTIONS=--allow-root" >&2; \
		echo "(Whoever reaches a JupyterLab that runs as root can do anything on this machine.)" >&2; exit 1; fi
	@$(BIN)/jupyter lab --config=scripts/jupyter_lab_config.py $(OPTIONS)

.PHONY: new-report
new-report: $(READY)  ## Make a report from a template: make new-report NAME=schools
	@$(BIN)/kommunebudsjett new-report "$(NAME)"

.PHONY: keep-edition
keep-edition: $(READY)  ## Keep this edition in reports/editions, where later builds leave it as it is
	@$(BIN)/dvc repro
	@$(BIN)/kommunebudsjett keep-edition
	@$(BIN)/dvc repro publish

.PHONY: lock
lock: $(READY)  ## Choose the newest packages that pyproject.toml allows, and write requirements.lock and environment.yml
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--extra test pyproject.toml --output-file requirements.lock --custom-compile-command "make lock"
	@$(BIN)/python scripts/conda_environment.py
	@$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --offline --editable .
	@$(BIN)/python scripts/licences.py

.PHONY: vulnerabilities
vulnerabilities: $(READY)  ## Look up known vulnerabilities of the packages in requirements.lock; OSV=all.zip asks nobody
	@$(BIN)/python -m scripts.known_vulnerabilities $(if $(OSV),--osv "$(OSV)")

.PHONY: docs
docs: $(READY)  ## Write the reference of tables, parameters and commands from the code
	@$(BIN)/python scripts/table_docs.py
	@$(BIN)/python scripts/parameter_docs.py
	@$(BIN)/python scripts/command_docs.py

.PHONY: clean
clean:  ## Remove what the pipeline made and is not in git, but not the environment
	@rm -rf build dvc_plots data/interim .*-????????.tmp data/.*-????????.tmp metrics/.*-????????.tmp
	@rm -rf reports/nb reports/en reports/assets reports/notebooks reports/search reports/sources reports/data
	@rm -f reports/index.html reports/404.html

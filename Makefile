# SPDX-License-Identifier: MPL-2.0
# The only commands to remember: make demo · make test · make check (· make setup, part of all three)

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

MO     := indgang/web/locale/en/LC_MESSAGES/django.mo

.PHONY: setup demo test check wheel lock clean

setup: $(VENV)/.ready node_modules/.ready $(MO)  ## everything that is needed, in this folder

$(VENV)/.ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 eller nyere skal bruges (sæt PYTHON=...)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.ready: package-lock.json tools/place_assets.py
	npm ci --ignore-scripts --silent
	$(PYTHON) tools/place_assets.py
	@touch $@

$(MO): $(MO:.mo=.po) $(VENV)/.ready
	$(BIN)/python tools/catalogue.py compile

check: setup  ## style, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

demo: setup  ## the invented municipality, ready to be used
	@$(BIN)/indgang demo

test: setup check  ## everything that must hold
	CHROMIUM_PATH="$$($(BIN)/python tools/find_browser.py --install)" $(BIN)/pytest -n 2 --dist loadgroup

wheel: setup  ## a wheel with assets and catalogue inside; it needs no Node where it is installed
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

lock:  ## renew the lock files after a change in pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements/runtime.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra dev pyproject.toml -o requirements/dev.txt

clean:
	rm -rf $(VENV) node_modules build dist .var indgang/web/static/vendor indgang/core/data/vendor

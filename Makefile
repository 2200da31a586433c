# Two commands matter: `make run` and `make test`. Both need Python 3.11 or newer, and nothing else.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PYTEST := ENV_FILE= $(BIN)/python -m pytest
CORES := $(shell getconf _NPROCESSORS_ONLN)
BY_FILE := --dist loadfile --no-loadscope-reorder
# A browser is many processes by itself, and a page that waits for its turn seems to be broken.
BROWSER := -m browser -n $(CORES) $(BY_FILE)
# Servers and waits leave cores idle: two processes for each.
REST := -m "not browser" -n $(shell expr 2 \* $(CORES)) $(BY_FILE)
ON_POSTGRES := ENV_FILE= $(BIN)/python tools/with_postgres.py --not-durable

# What follows `--` is for the command itself: make bench -- --quick
ifneq (,$(filter bench cluster drill install-check attack look look-accept,$(firstword $(MAKECMDGOALS))))
ARGS := $(wordlist 2,$(words $(MAKECMDGOALS)),$(MAKECMDGOALS))
$(if $(ARGS),$(eval $(ARGS):;@:))
endif

# Tests and tools start hundreds of processes, and without compiled files each compiles the product anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-fast coverage audit attack lint format lock bench drill cluster install-check release-data \
  screenshots look look-accept messages
help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile

run: $(VENV)/installed ## start the product with demo content on http://127.0.0.1:8000
	@exec $(BIN)/python manage.py demo

test: $(VENV)/installed-dev ## the whole suite on SQLite and on PostgreSQL, with a real browser
	$(BIN)/python tools/chromium.py
	$(BIN)/python tools/html_validator.py
	$(PYTEST) $(REST)
	$(PYTEST) $(BROWSER)
	@# On one server: the second finds the migrated database of the first.
	$(ON_POSTGRES) $(BIN)/python -m pytest $(REST) --then $(BIN)/python -m pytest $(BROWSER)

test-fast: $(VENV)/installed-dev ## the inner loop: SQLite, no browser, nothing medium or slow
	$(PYTEST) -n auto --dist worksteal -m "not browser and not slow and not medium"

coverage: $(VENV)/installed-dev ## which branches of modules with effects tests take; fails if too few
	$(BIN)/coverage erase
	ENV_FILE= $(BIN)/coverage run -m pytest -n auto --dist worksteal -m "not browser and not slow"
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered
	$(BIN)/python tools/branch_coverage.py

audit: $(VENV)/installed-dev ## known weaknesses, licences and a bill of materials of what production runs
	$(BIN)/python tools/audit.py

attack: $(VENV)/installed-dev ## attack a running site in production as strangers would
	ENV_FILE= $(BIN)/python -m tools.attack $(ARGS)

lint: $(VENV)/installed-dev ## style, types, imports, templates, migrations, deployment checks
	@$(MAKE) --no-print-directory --jobs $(CORES) $(if $(filter output-sync,$(.FEATURES)),--output-sync) $(CHECKS)

# Each is one process that keeps one core busy; the longest stands first.
CHECKS := check-types check-rooms check-deployment check-migrations check-style
.PHONY: $(CHECKS)
check-types:
	ENV_FILE= $(BIN)/mypy
check-rooms:
	$(BIN)/lint-imports --no-cache
check-deployment:
	$(BIN)/python tools/check_deploy.py
	$(BIN)/python -m pip check
check-migrations:
	ENV_FILE= $(BIN)/python manage.py makemigrations --check --dry-run
	@# Released migrations stay as they are: other sites have applied them.
	@release=$$(git describe --tags --abbrev=0 2>/dev/null) || exit 0; \
	  git diff --exit-code --stat --no-renames --diff-filter=MD "$$release" -- '*/migrations/0*.py'
check-style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files -z -- 'templates/*.html' '*/templates/*.html' | xargs -0 $(BIN)/djade --check --target-version 5.2

format: $(VENV)/installed-dev ## put code and templates into the form that lint asks for
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files -z -- 'templates/*.html' '*/templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2

bench: $(VENV)/installed-dev ## measure pages and signing, and print one table
	ENV_FILE= $(BIN)/python benchmarks/bench.py $(ARGS)

install-check: $(VENV)/installed-dev ## follow docs/install.md on an empty Debian 12 (as root), and fail where it is wrong
	ENV_FILE= $(BIN)/python -m tools.install_check $(ARGS)

drill: $(VENV)/installed-dev ## break the site in every way while people sign, and look for losses
	ENV_FILE= $(BIN)/python -m tools.drills $(ARGS)

cluster: $(VENV)/installed-dev ## a national evening on many machines, here all on this one, which are killed in turn
	ENV_FILE= $(BIN)/python -m tools.cluster $(ARGS)

release-data: $(VENV)/installed-dev ## keep a database of this version, for tests of later upgrades
	ENV_FILE= $(BIN)/python tools/release_data.py

screenshots: $(VENV)/installed-dev ## take the pictures in docs/ anew
	$(BIN)/python tools/chromium.py
	ENV_FILE= $(BIN)/python tools/screenshots.py

look: $(VENV)/installed-dev ## see every page in every case: what is wrong with it, and what has changed
	$(BIN)/python tools/chromium.py
	$(BIN)/python -m tools.look $(ARGS)

look-accept: $(VENV)/installed-dev ## accept the changes that the last `make look` reported
	$(BIN)/python -m tools.look.accept $(ARGS)

messages: $(VENV)/installed ## bring locale/ up to date with code and templates, and compile it
	$(BIN)/python tools/messages.py

lock: $(VENV)/installed-dev ## compile requirements*.txt from requirements*.in
	$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	  --custom-compile-command "make lock" requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	  --custom-compile-command "make lock" requirements-sentry.in -o requirements-sentry.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	  --custom-compile-command "make lock" requirements-s3.in -o requirements-s3.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	  --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed. Name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || \
	  { echo "The venv module is missing. On Debian: apt install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

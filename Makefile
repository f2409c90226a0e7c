# Skøn. Two commands do everything: `make serve` and `make test`; both install what they need first.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := .venv/bin
N ?= 10
ARGS ?=
UPGRADE ?=
NOTEBOOKS = $(wildcard dashboards/*.ipynb notebooks/*.ipynb)

.PHONY: help install serve test browser lint bench bench-pages bench-register bench-class bench-soak lock clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: .venv/installed ## make .venv from requirements.lock (again only when lock or pyproject.toml have changed)

.venv/installed: requirements.lock pyproject.toml
	@tools/install.sh

serve: install ## start the server and print its address; ARGS="--port 9000" goes to skoen serve
	@$(BIN)/skoen serve $(ARGS)

test: install browser lint ## everything that CI checks: lint, then the tests, those in a browser last and alone
	$(BIN)/pytest --numprocesses 2 --dist loadfile -m "not browser"
	$(BIN)/pytest -m browser

browser: ## see to it that the tests find a Chromium
	@tools/browser.sh

lint: install ## the checks that read and do not run
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/nbstripout --verify $(NOTEBOOKS)

bench: bench-pages bench-register ## what pages cost, then (a quarter of an hour, 12 GiB) the register

bench-pages: install ## open N of the trainee's page at once and print what it costs
	@$(BIN)/python -m bench --pages $(N)

bench-register: install ## the register, its models and their explanation, a line each; written to docs/register-cost.md
	@$(BIN)/python -m bench.register --write

bench-class: install ## a class of N at once, at a stock Voilà and at ours; written to docs/performance.md
	@$(BIN)/python -m bench.classroom --pages $(N) $(ARGS)

bench-soak: install ## 60 scripted trainees for half an hour: memory, kernels, facts; written to docs/soak.md
	@$(BIN)/python -m bench.soak $(ARGS)

lock: install ## make requirements.lock and environment.yml anew; UPGRADE=--upgrade takes the newest of everything
	@$(BIN)/python tools/lock.py $(UPGRADE)

clean: ## remove what the commands made, .venv too
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis screenshots build dist
	find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +

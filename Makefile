# Two environments, each made once and remade when its requirements change; everything below runs in them.
PYTHON := python3
BIN := .venv/bin
FOLDER :=
# The login shell sets USER, too: only `make token USER=editor` means the user of the local system.
TOKEN_USER = $(if $(filter command line,$(origin USER)),$(USER),admin)
STAGE := dev
LAYERS := layers/core/python:layers/auth/python

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup run token reset demo test soak bench check docs synth deploy clean
.DEFAULT_GOAL := help

help:
	@echo 'make run                 the whole system on this machine (PORT=8000)'
	@echo 'make demo FOLDER=path    a tour with real files, against a running system'
	@echo 'make token USER=editor   a fresh token of admin, editor, viewer or machine'
	@echo 'make reset               forget the local state'
	@echo 'make test                all tests        make check    lint, types, layers'
	@echo 'make soak                the promises, tried for long      make bench    calls, bytes, time, memory'
	@echo 'make docs                the documentation as a site, in build/site'
	@echo 'make synth deploy        STAGE=dev: the template; put it on AWS'
	@echo 'make clean               remove what make made, the local state too'

setup: .venv/.stamp .local/ministack/.stamp

run: setup
	@$(BIN)/python -m local.run

token: .venv/.stamp
	@$(BIN)/python -m local.token $(TOKEN_USER)

reset: .venv/.stamp
	@$(BIN)/python -m local.reset

demo: .venv/.stamp
	@$(BIN)/python -m local.demo $(if $(FOLDER),"$(FOLDER)")

test: setup
	$(BIN)/pytest

soak: setup
	HYPOTHESIS_PROFILE=soak $(BIN)/pytest tests/unit -k promises

bench: setup
	PYTHONPATH=$(LAYERS) $(BIN)/python -m bench.run

check: .venv/.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=$(LAYERS) $(BIN)/lint-imports

docs: .venv/.stamp
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo 'The site is in build/site/: open index.html.'

synth: .venv/.stamp
	CDK_CONTEXT_JSON='{"stage":"$(STAGE)"}' $(BIN)/python app.py
	@echo 'The template is in cdk.out/.'

deploy: .venv/.stamp
	npx --yes aws-cdk@2.1148.1 deploy --app '$(BIN)/python app.py' -c stage=$(STAGE)

clean: reset
	rm -rf .venv .local build cdk.out

.venv/.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' || { echo 'Node 20 or newer is needed, for CDK.'; exit 1; }
	@echo 'Making .venv: about two minutes, once …'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

.local/ministack/.stamp: local/requirements.txt
	@echo 'Making .local/ministack, the AWS emulator: about a minute, once …'
	@test -x .local/ministack/bin/python || $(PYTHON) -m venv .local/ministack
	@.local/ministack/bin/python -m pip install --quiet -r local/requirements.txt
	@touch $@

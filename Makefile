# Environments are made once and remade when what they are pinned to changes; everything below runs in them.
# Lambda's own Python where it is installed and works, else the newest there is.
PYTHON = $(shell for python in python3.13 python3 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
# Its programs name the folder that they were made in: where the checkout has moved, they are made anew.
$(shell test ! -s .venv/.stamp || test "$$(cat .venv/.stamp)" = '$(CURDIR)' || rm -rf .venv)
FOLDER :=
# The login shell sets USER and NAME, too: only what is said to make counts.
said = $(if $(filter command line,$(origin $(1))),$($(1)))
STAGE ?= dev
STACK = AssetVersions-$(STAGE)
CDK_BIN := node_modules/.bin/cdk
# Without CI, the command line of CDK redraws its progress, which no log can hold.
CDK = CI=true $(CDK_BIN) --context stage=$(STAGE)
# The tests that need no emulator and no AWS at all.
# The web console, built: what its page names.
CONSOLE := build/console/index.html
CONSOLE_SOURCES := $(wildcard console/*.mjs) $(shell find console/src -type f)
QUICK := tests/unit tests/property tests/dialects tests/architecture
LAYERS := layers/core/python:layers/auth/python
PACKAGES := $(LAYERS):client/src
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version=3.11 --generate-hashes \
	--custom-compile-command='make lock'

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Many images set it: each process would compile all that it imports, for minutes of a run of the tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run token user reset demo client test quick strict soak mutants golden pictures bench pushes check format synth \
	bootstrap deploy redrive destroy docs lock clean
.DEFAULT_GOAL := help

help:
	@echo 'make run                 the whole system on this machine (PORT=8000)'
	@echo 'make demo FOLDER=path    a tour with real files, against a running system'
	@echo 'make token USER=editor   a fresh token of admin, editor, viewer or machine'
	@echo 'make reset               forget the local state'
	@echo 'make client              the command line, avs, in .local/client'
	@echo
	@echo 'make test                all tests; TEST=tests/unit, or any words for pytest, for some of them'
	@echo 'make quick               those that need no emulator and no AWS, in under a minute'
	@echo 'make strict              those of the emulator, and that each is red without its patch; TEST=tests/strict/test_s3.py'
	@echo 'make check format        lint, types, layers, templates; format the code'
	@echo 'make golden              write the golden bodies and the documents of the APIs anew, for review'
	@echo 'make pictures            the pictures of the console in docs/guides, taken anew by its tests'
	@echo 'make soak mutants bench  the promises, tried for long; rules broken on purpose; docs/speed.md anew'
	@echo 'make docs                the site, in build/site'
	@echo
	@echo 'make synth STAGE=dev     the templates, in cdk.out'
	@echo 'make bootstrap STAGE=dev prepare its account and region, once; then: make deploy STAGE=dev'
	@echo 'make user STAGE=dev NAME=mara GROUP=editor      a user who can sign in (PASSWORD from the environment; MAIL=… for mail)'
	@echo 'make token STAGE=dev NAME=mara                  an access token of a deployed stage'
	@echo 'make redrive STAGE=dev   try again what queues have given up'
	@echo 'make destroy STAGE=dev   take it down again'
	@echo
	@echo 'make lock                pin anew what requirements.in ask for'
	@echo 'make clean               remove what make made, the local state too'

setup: .venv/.stamp .local/ministack/.stamp node_modules/.stamp $(CONSOLE)
	@$(BIN)/python -m local.browser

run: setup
	@$(BIN)/python -m local.run

token: .venv/.stamp
ifneq ($(and $(call said,STAGE),$(if $(call said,NAME),,nobody)),)
	@echo 'Say whose: make token STAGE=$(STAGE) NAME=mara' >&2; exit 1
else ifeq ($(call said,NAME),)
	@$(BIN)/python -m local.token $(or $(call said,USER),admin)
else
	@$(BIN)/python -m infra.people token --stage '$(STAGE)' --name '$(NAME)'
endif

user: .venv/.stamp
	@$(BIN)/python -m infra.people user --stage '$(STAGE)' --name '$(call said,NAME)' --group '$(GROUP)'$(if $(call said,MAIL), --mail '$(call said,MAIL)')

reset: .venv/.stamp
	@$(BIN)/python -m local.reset

demo: .venv/.stamp
	@$(BIN)/python -m local.demo $(if $(FOLDER),"$(FOLDER)")

client: .local/client/.stamp
	@echo 'avs is in .local/client/bin. To have it in this shell:'
	@echo '  export PATH="$(CURDIR)/.local/client/bin:$$PATH"'

test: setup
	$(BIN)/pytest $(or $(TEST),-n auto)

quick: .venv/.stamp
	HYPOTHESIS_PROFILE=quick $(BIN)/pytest -n auto $(or $(TEST),$(QUICK))

strict: setup
	$(BIN)/pytest $(or $(TEST),tests/strict) tests/strict/test_each_patch_counts.py

soak: setup
	HYPOTHESIS_PROFILE=soak $(BIN)/pytest -n auto tests/property
	$(BIN)/pytest -m soak
	$(BIN)/python -m tests.simulation --seeds 0..100000

mutants: .venv/.stamp
	$(BIN)/python -m tests.mutants

# Each of these tests takes pictures; the docs show some of them.
pictures: setup
	PICTURES=write $(BIN)/pytest tests/system/test_console*.py
	@git status --short docs/guides/pictures

golden: .venv/.stamp
	GOLDEN=write $(BIN)/pytest tests/dialects tests/client/test_reference.py
	@git status --short tests/dialects docs
	@echo 'Read each difference before you commit it: git diff tests/dialects docs'

bench: .venv/.stamp .local/peers/.stamp
	PYTHONPATH=$(LAYERS) $(BIN)/python -m bench.run

pushes: setup .local/aws_cli/.stamp
	PYTHONPATH=$(LAYERS) $(BIN)/python -m bench.pushes

check: .venv/.stamp node_modules/.stamp console/node_modules/.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	cd console && node_modules/.bin/biome check .
	$(BIN)/mypy
	PYTHONPATH=$(PACKAGES) $(BIN)/lint-imports
	REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
		node_modules/.bin/redocly lint --format=stylish docs/openapi/*.json
	@rm -rf build/templates
	@for stage in dev prod local; do \
		CDK_OUTDIR=build/templates/$$stage CDK_CONTEXT_JSON="{\"stage\":\"$$stage\"}" $(BIN)/python app.py || exit 1; done
	$(BIN)/cfn-lint

format: .venv/.stamp console/node_modules/.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	cd console && node_modules/.bin/biome check --write .

docs: .venv/.stamp
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo 'The site is in build/site/. To read it: python3 -m http.server --directory build/site'

synth: .venv/.stamp
	CDK_CONTEXT_JSON='{"stage":"$(STAGE)"}' $(BIN)/python app.py
	@echo 'The templates are in cdk.out/.'

bootstrap: .venv/.stamp node_modules/.stamp
	@$(BIN)/python -m infra.ready bootstrap '$(STAGE)'
	$(CDK) bootstrap

deploy: .venv/.stamp node_modules/.stamp $(CONSOLE)
	@$(BIN)/python -m infra.ready deploy '$(STAGE)'
	$(CDK) deploy $(STACK) --require-approval never --outputs-file build/outputs-$(STAGE).json
	@$(BIN)/python -m infra.console_files '$(STAGE)'
	@echo 'Its addresses are in build/outputs-$(STAGE).json. Next: make user STAGE=$(STAGE) NAME=… GROUP=admin'

redrive: .venv/.stamp
	@$(BIN)/python -m infra.redrive '$(STAGE)'

destroy: .venv/.stamp node_modules/.stamp
	@$(BIN)/python -m infra.ready destroy '$(STAGE)'
	$(CDK) destroy $(STACK) --force

lock: .venv/.stamp
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) layers/vendor/requirements.in -c requirements.txt -o layers/vendor/requirements.txt
	$(LOCK) client/pyproject.toml -c requirements.txt -o client/requirements.txt
	$(LOCK) local/requirements.in -o local/requirements.txt
	$(LOCK) bench/requirements.in -o bench/requirements.txt
	$(LOCK) bench/aws_cli/requirements.in -o bench/aws_cli/requirements.txt
	$(LOCK) tests/system/aps_toolkit/requirements.in -o tests/system/aps_toolkit/requirements.txt
	for place in . console; do \
		npm install --prefix $$place --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund || exit 1; done

clean: reset
	rm -rf .venv .local build cdk.out node_modules console/node_modules

.venv/.stamp: requirements.txt client/pyproject.toml
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed: install it, or say where it is: make PYTHON=/path/to/python3'; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' || { echo 'Node 20 or newer is needed, for CDK: install it, then try again.'; exit 1; }
	@echo 'Making .venv: about two minutes, once …'
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || { echo 'On Debian and Ubuntu: apt install python3-venv, then try again.'; exit 1; }
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt || { echo $(PIP_FAILED); exit 1; }
	@# The client as it stands in the checkout.
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable client
	@echo '$(CURDIR)' > $@

.local/ministack/.stamp: local/requirements.txt | .venv/.stamp
	@echo 'Making .local/ministack, the AWS emulator: about a minute, once …'
	@# Of the same Python: the emulator runs what .venv fetched for the functions.
	@test -x .local/ministack/bin/pip || $(BIN)/python -m venv .local/ministack
	@.local/ministack/bin/python -m pip install --quiet --require-hashes -r local/requirements.txt || { echo $(PIP_FAILED); exit 1; }
	@touch $@

.local/client/.stamp: client/requirements.txt client/pyproject.toml $(shell find client/src -name "*.py") | .venv/.stamp
	@echo 'Making .local/client, avs: some seconds …'
	@test -x .local/client/bin/python || $(BIN)/uv venv --quiet --python $(PYTHON) .local/client
	@$(BIN)/uv pip install --quiet --python .local/client/bin/python --require-hashes -r client/requirements.txt || { echo $(PIP_FAILED); exit 1; }
	@$(BIN)/uv pip install --quiet --python .local/client/bin/python --no-deps --reinstall ./client
	@touch $@

.local/peers/.stamp: bench/requirements.txt | .venv/.stamp
	@echo 'Making .local/peers, what the bench stands beside: about two minutes, once …'
	@test -x .local/peers/bin/pip || $(BIN)/python -m venv .local/peers
	@.local/peers/bin/python -m pip install --quiet --require-hashes -r bench/requirements.txt || { echo $(PIP_FAILED); exit 1; }
	@touch $@

.local/aws_cli/.stamp: bench/aws_cli/requirements.txt | .venv/.stamp
	@echo 'Making .local/aws_cli, what pushes are measured beside: a minute, once …'
	@test -x .local/aws_cli/bin/pip || $(BIN)/python -m venv .local/aws_cli
	@.local/aws_cli/bin/python -m pip install --quiet --require-hashes -r bench/aws_cli/requirements.txt || { echo $(PIP_FAILED); exit 1; }
	@touch $@

.local/aps_toolkit/.stamp: tests/system/aps_toolkit/requirements.txt
	@echo 'Making .local/aps_toolkit, a client that the system tests use: a minute, once …'
	@test -x .local/aps_toolkit/bin/pip || $(BIN)/python -m venv .local/aps_toolkit
	@.local/aps_toolkit/bin/python -m pip install --quiet --require-hashes -r tests/system/aps_toolkit/requirements.txt || { echo $(PIP_FAILED); exit 1; }
	@touch $@

PIP_FAILED := 'pip could not install what is pinned: its message is above. Is the package index reached? Then try again.'

node_modules/.stamp: package-lock.json
	@# A package that runs something when it is installed has no reason to.
	@npm ci --ignore-scripts --no-audit --no-fund --silent || { echo 'npm could not install what package-lock.json pins: is the registry reached? Then try again.'; exit 1; }
	@touch $@

console/node_modules/.stamp: console/package-lock.json
	@cd console && npm ci --no-audit --no-fund --silent || { echo 'npm could not install what the console is built with: is the registry reached? Then try again.'; exit 1; }
	@touch $@

$(CONSOLE): console/node_modules/.stamp $(CONSOLE_SOURCES)
	@node console/build.mjs

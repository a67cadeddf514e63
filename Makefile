# Footbridge: `make help` lists what can be done here.
PY ?= python3
VENV ?= .venv
PORT ?= 8000
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE :=
export FOOTBRIDGE_HOME ?= $(CURDIR)/var
INSTALL = VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(BIN)/uv pip install -q --system-certs --no-build --require-hashes

.PHONY: help run demo dev test check lint types contracts words data-map bench badinput twin faults clean lock
.DEFAULT_GOAL := help

help: ## Show what each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: $(VENV)/.ready ## Open Footbridge on http://127.0.0.1:8000, with the demo network the first time
	@$(BIN)/footbridge migrate
	@$(BIN)/footbridge demo --if-empty
	@$(BIN)/footbridge serve --port $(PORT)

demo: $(VENV)/.ready ## Wipe what the demo made and load the demo network afresh
	@$(BIN)/footbridge migrate
	@$(BIN)/footbridge demo --again

dev: $(VENV)/.dev ## Install what tests and checks need

test: $(VENV)/.dev ## Install what tests need and run them (ARGS goes to pytest)
	@$(BIN)/python -m pytest $(ARGS)

check: lint types contracts test ## Everything that must be green before a commit

lint: $(VENV)/.dev ## Style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev ## Types
	@$(BIN)/mypy

contracts: $(VENV)/.dev ## Who may import whom
	@$(BIN)/lint-imports

words: $(VENV)/.dev ## Refresh the translation catalogues from templates and code
	@$(BIN)/python -m footbridge.config.words

badinput: $(VENV)/.dev ## Send what nobody should send (N requests from SEED; a full run of 100000 writes docs/badinput.md)
	@$(BIN)/python -m tests.badinput $(or $(N),2000) $(or $(SEED),1) $(if $(N),--report docs/badinput.md)

data-map: $(VENV)/.dev ## Write docs/data-map.md anew from what each room declares
	@$(BIN)/python -m footbridge.config.data_map

twin: $(VENV)/.dev ## Try to see somebody under the radar in N=300 pairs of worlds; writes docs/privacy-report.md
	@$(BIN)/python -m tests.twin --pairs $(or $(N),300) --kept var/twin $(ARGS)

faults: $(VENV)/.dev ## Kill, crash, fill and cut the power, then look what is lost (FAULTS=full writes docs/faults.md)
	@$(BIN)/python -m tests.faults $(or $(FAULTS),short) $(ARGS) $(if $(filter full,$(FAULTS)),--report docs/faults.md)

bench: $(VENV)/.bench ## Measure speed beside the peers and write bench.json
	@$(BIN)/python -m benchmarks

lock: $(BIN)/uv ## Resolve the dependencies anew and write the hash-locked files
	@for f in uv base dev bench; do $(BIN)/uv pip compile -q --system-certs --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --upgrade requirements/$$f.in -o requirements/$$f.txt; done

clean: ## Remove the environment; what is in FOOTBRIDGE_HOME stays
	rm -rf "$(VENV)" .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/uv: requirements/uv.txt
	@$(PY) -c 'import sys; sys.exit("Footbridge needs Python 3.11 or newer; for example: make PY=python3.12 run" if sys.version_info < (3, 11) else 0)'
	@echo "Creating the environment in $(VENV) ..."
	@$(PY) -m venv "$(VENV)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/uv.txt
	@touch $@

# The project itself is put on the path by a .pth file: nothing is built, edits show at once.
$(VENV)/.base: requirements/base.txt $(BIN)/uv
	@echo "Installing from the hash-locked list ..."
	@$(INSTALL) -r requirements/base.txt
	@$(BIN)/python -c 'import pathlib, site; pathlib.Path(site.getsitepackages()[0], "footbridge.pth").write_text(str(pathlib.Path("src").resolve()))'
	@printf '#!%s\nfrom footbridge.cli.__main__ import main\nraise SystemExit(main())\n' "$(CURDIR)/$(BIN)/python" > $(BIN)/footbridge
	@chmod +x $(BIN)/footbridge
	@touch $@

CATALOGUES := $(wildcard src/footbridge/locale/*/LC_MESSAGES/django.po)
$(VENV)/.ready: $(VENV)/.base $(CATALOGUES)
	@$(BIN)/python -m footbridge.config.words --compile
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.ready
	@echo "Installing what the tests need ..."
	@$(INSTALL) -r requirements/dev.txt
	@touch $@

$(VENV)/.bench: requirements/bench.txt $(VENV)/.dev
	@echo "Installing the peers to measure beside ..."
	@$(INSTALL) -r requirements/bench.txt
	@touch $@

# Two commands do everything on a fresh machine with Python 3.11+ and make: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: prepare demo serve test lint docs benchmark many vendor pictures clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	touch $@

prepare: $(VENV)/.installed
	$(BIN)/portfolio prepare

demo: prepare
	mkdir -p out
	$(BIN)/portfolio rank samples/retail-bank/portfolio.xlsx
	$(BIN)/portfolio plan samples/retail-bank/portfolio.xlsx -o out/retail-bank-plan.xlsx

serve: prepare
	mkdir -p out
	cp -n samples/retail-bank/portfolio.xlsx out/meeting.xlsx || true
	$(BIN)/portfolio serve out/meeting.xlsx

test: $(VENV)/.installed
	$(MAKE) --no-print-directory -j 2 prepare lint
	$(BIN)/python -m pytest -q -n 3 --dist worksteal

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

docs: $(VENV)/.installed
	$(BIN)/python docs/make_reference.py

benchmark: $(VENV)/.installed
	$(BIN)/python benchmarks/formulation.py
	$(BIN)/python benchmarks/start_up.py
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/serving.py

many: $(VENV)/.installed
	$(BIN)/python -m pytest -q -n 2 -m many

vendor: $(VENV)/.installed
	cd vendoring && npm ci --no-audit --no-fund
	$(BIN)/python vendoring/make_vendor.py

pictures: $(VENV)/.installed
	PICTURES=1 $(BIN)/python -m pytest -q tests/browser/test_pictures.py

clean:
	rm -rf $(VENV) out vendoring/node_modules

# Two commands suffice: `make run` and `make test`. Both need nothing but Python 3.11 or newer.
# The work is done by bin/*.py, which run without make too: python3 bin/run.py

PYTHON ?= python3
VENV := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test lint format services services-stop clean

help: ## Tampilkan daftar ini
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F '\t' '{printf "  make %-15s %s\n", $$1, $$2}'

run: ## Pasang yang kurang, muat kantor contoh, jalankan situs (port lain: PORT=8001 make run)
	@$(PYTHON) bin/run.py

test: ## Jalankan seluruh uji, pada SQLite dan PostgreSQL, dengan Elasticsearch dan S3
	@$(PYTHON) bin/test.py

lint: ## Periksa gaya, tipe, arah impor, dan migrasi
	@$(PYTHON) bin/lint.py

format: ## Rapikan kode
	@$(VENV)/python -m ruff check --fix . && $(VENV)/python -m ruff format .

services: ## Nyalakan PostgreSQL, Elasticsearch, dan S3 di komputer ini (cara pakai: docs/operations.md)
	@$(PYTHON) bin/services.py start

services-stop: ## Hentikan server dari make services
	@$(PYTHON) bin/services.py stop

clean: ## Hapus lingkungan Python dan berkas sementara (var/ beserta isinya tetap)
	rm -rf .venv staticfiles .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

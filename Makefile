# The two commands. Each says what it does and how long it took, asks nothing, and may be repeated.

.PHONY: help run test dev build bench

help:
	@echo "make run    builds what changed, serves the demo co-op on http://127.0.0.1:$${PORT:-3000}"
	@echo "make test   format, lints, tests of every crate, the release build, the browser"
	@echo "make dev    serves, and starts again whenever a source changes"
	@echo "make bench  measures the budgets on the release build, in about ten minutes"

run:
	@sh .ci/run-site

test:
	@sh .ci/test

dev:
	@sh .ci/prepare
	@cargo xtask dev

build:
	@sh .ci/prepare
	@cargo xtask build
	@cargo build --release --package server

bench:
	@sh .ci/prepare
	@DATABASE_URL= sh .ci/postgres
	@cargo xtask bench

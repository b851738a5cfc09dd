# SPDX-License-Identifier: Apache-2.0
# The front door. `make demo` and `make test` are all a newcomer needs.

.PHONY: help setup build demo test fuzz deb soak bench tidy format clean
.DEFAULT_GOAL := help

help:          ## show this
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/' | expand -t 18

setup:         ## install what is needed, from Debian and npm, by name
	@tools/setup.sh

build: setup   ## build the program, optimised: build/release/licet
	@cmake --preset release > build-release.log 2>&1 || { cat build-release.log; exit 1; }
	@rm -f build-release.log
	@cmake --build --preset release --target licet

demo: build    ## screen invented lists and show where to look
	@build/release/licet demo demo

test: build    ## build with sanitizers and run every test
	@cmake --preset dev > build-dev.log 2>&1 || { cat build-dev.log; exit 1; }
	@rm -f build-dev.log
	@cmake --build --preset dev
	@ctest --preset dev

fuzz: build    ## give each fuzz target an hour: SECONDS_EACH=3600
	@cmake --preset dev -DLICET_FUZZ_SECONDS=$${SECONDS_EACH:-3600} > /dev/null
	@cmake --build --preset dev --target fuzz_targets
	@ctest --preset dev -R '^fuzz[.]'
	@cmake --preset dev -ULICET_FUZZ_SECONDS > /dev/null

deb: build      ## make the Debian package: build/deb/licet_VERSION_ARCHITECTURE.deb
	@LICET=build/release/licet packaging/make_deb.sh build/deb

soak: setup     ## kill writers and servers a thousand times, flip every byte: nothing may be lost
	@cmake --preset release > /dev/null
	@cmake --build --preset release --target store_test postgres_test licet
	@LICET_ROUNDS=$${LICET_ROUNDS:-1000} build/release/src/store/store_test --gtest_filter='Kill.*:*ThatIsKilled*'
	@LICET_ROUNDS=$${LICET_ROUNDS:-1000} build/release/src/store/postgres_test \
		--gtest_filter='PostgresKill.*:*ThatIsKilled*'
	@LICET_SOAK=1 build/release/src/store/store_test --gtest_filter='*NoFlippedByte*'
	@cd tests/ledger && LICET_SOAK=1 LICET=$(CURDIR)/build/release/licet \
		python3 -B -m unittest -q proof_test -k flipped

bench: setup   ## measure, against peers, in one run
	@cmake --preset release > /dev/null
	@cmake --build --preset release --target licet decision_bench policy_bench ledger_bench \
		standing_bench licet_wasm
	@tests/bench/run.sh build/release

tidy:          ## hold the house rules
	@python3 tools/tidy.py

format:        ## format the C++ sources
	@git ls-files '*.cpp' '*.h' | xargs clang-format -i

clean:         ## forget everything that was built
	@rm -rf build demo

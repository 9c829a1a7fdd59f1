# The commands of everyday work; the build itself is Meson's (meson.build).
BUILD ?= build/release
SECONDS ?= 300
PREFIX ?= /usr/local
STORY ?= examples/gori-2008.txt

PORT ?= 8080

.PHONY: run build page check coverage sbom bench fuzz format install wheel deb static dist wasm clean

run: build
	@$(BUILD)/src/cli/dragoman code -f table --show text $(STORY)
	@$(BUILD)/src/cli/dragoman code -f table --show titles $(filter-out $(STORY),$(sort $(wildcard examples/*.txt)))

build: $(BUILD)/build.ninja
	@ninja -C $(BUILD) >$(BUILD)/build.log || { cat $(BUILD)/build.log; exit 1; }

# The page of the example reports, and of two years of world news where they are beside the project.
page: build
	@$(BUILD)/src/cli/dragoman ingest --quiet --jobs 2 --db build/page.db $(sort $(wildcard examples/*.txt ../shared/data/raw/*.jsonl)) || true
	@$(BUILD)/src/cli/dragoman serve --db build/page.db --port $(PORT)

$(BUILD)/build.ninja:
	@tools/setup serve
	@meson setup $(BUILD) --prefix=$(PREFIX) >/dev/null

# Parts: check, check-tidy, check-killed, check-faults, check-scale, check-coverage, check-memory, check-threads,
# check-page, check-packages, check-fuzz; check-all is every part.
check:
	@tools/setup check store stream serve python r sql
	@tools/check

check-page:
	@tools/setup check store stream serve page
	@tools/check page

check-packages:
	@tools/setup check store stream serve python r packages wasm page
	@tools/check packages

coverage: check-coverage
check-coverage:
	@tools/setup check coverage store stream serve python r sql
	@tools/check coverage

check-memory:
	@tools/setup check memory store serve
	@tools/check memory

check-scale check-all: check-%:
	@tools/setup check store stream serve python r sql scale $(if $(filter all,$*),page packages wasm coverage memory)
	@tools/check $*

check-%:
	@tools/setup check store stream serve
	@tools/check $*

# What the program is made of, with versions and licences, as CycloneDX.
sbom: build
	@tools/sbom $(BUILD)

bench: build
	@DRAGOMAN=$(BUILD)/src/cli/dragoman bench/run

fuzz:
	@tools/setup fuzz
	@tools/fuzz $(SECONDS)

format:
	@clang-format -i $$(git ls-files '*.c' '*.h')

# The program looks for its tables under the prefix, so another prefix means another program.
install: $(BUILD)/build.ninja
	@absolute() { case "$$1" in /*) echo "$$1" ;; *) echo "$(CURDIR)/$$1" ;; esac; }; \
	prefix=$$(absolute "$(PREFIX)"); destdir="$(DESTDIR)"; \
	[ -z "$$destdir" ] || destdir=$$(absolute "$$destdir"); \
	meson configure $(BUILD) --prefix="$$prefix" >/dev/null && \
	{ ninja -C $(BUILD) >$(BUILD)/build.log || { cat $(BUILD)/build.log; exit 1; }; } && \
	DESTDIR="$$destdir" meson install -C $(BUILD) --no-rebuild --quiet && \
	echo "installed under $$destdir$$prefix"

# build/wheels/dragoman-*.whl, for `pip install`: library, model and tables are inside.
wheel:
	@tools/setup python
	@rm -rf build/python build/wheels && mkdir -p build
	@/usr/bin/python3 -m build --no-isolation --wheel --outdir build/wheels bindings/python >build/wheel.log 2>&1 || \
	    { cat build/wheel.log; exit 1; }
	@ls build/wheels/*.whl

# Into build/packages: Debian's packages; one file that runs on any Linux of this kind of machine; the sources.
deb static dist:
	@tools/setup serve packages
	@tools/package $@

# build/wasm/package, for npm and browsers, and build/wasm/page, which codes a report offline.
wasm:
	@tools/setup wasm
	@bindings/wasm/build
	@du -h build/wasm/package/core.wasm build/wasm/package/english.pack
	@echo "to try it: python3 -m http.server -d build/wasm/page"

clean:
	@rm -rf build

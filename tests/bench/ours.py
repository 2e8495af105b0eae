"""Our own project with a source of any size: what splitting and building cost, first and again."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from programs import BIN
from qna import pipeline
from support.sites import copy_project, take_source

from bench import tools
from bench.costs import Cost, cost, size

PYTHON = BIN / "python"
LIMIT = 1_800
"""Longest step in seconds."""
SPLIT, BUILD, FLOOR, MAKE = "split", "build", "floor", "make"
Commands = Mapping[str, Sequence[Sequence[str]]]
_ZENSICAL = ["scripts/engine.py", "zensical", "build", "--strict", "--clean"]
ENGINES: Mapping[str, Commands] = {
    "MkDocs": {
        SPLIT: [["scripts/split.py", "--undated"]],
        BUILD: [["scripts/engine.py", "mkdocs", "build", "--strict"], ["scripts/publish.py"]],
    },
    "Zensical": {
        SPLIT: [["scripts/split.py", "--undated"]],
        BUILD: [_ZENSICAL, ["scripts/publish.py"]],
    },
}
"""What `make build` runs, by step; cards and files to take along are measured apart."""
WHOLE = (
    *(PYTHON, "scripts/together.py", "scripts/split.py", "--undated"),
    *("--", BIN / "node", "frontend/build.mjs", "--", "scripts/draw_cards.py"),
    *("--", "scripts/make_downloads.py"),
    *(part for command in ENGINES["MkDocs"][BUILD] for part in ("--", *command)),
)
"""What `make build` runs, but for the check that everything is installed."""


@dataclass(slots=True)
class Ours:
    """A copy of the project with a source, built by one of its engines."""

    folder: Path
    text: str
    engine: str = "MkDocs"
    edits: int = 0
    cold_only: bool = False
    """Whether neither an edit nor writing the same files without splitting is measured."""

    def cold(self) -> dict[str, Cost]:
        """Split and build everything from nothing; also write the same files without splitting."""
        shutil.rmtree(self.folder, ignore_errors=True)
        copy_project(self.folder, tools.ROOT)
        take_source(self.folder, self.text)
        found = self._run()
        if self.engine == "MkDocs" and not self.cold_only:
            found[FLOOR] = self._floor()
        return found

    def again(self) -> dict[str, Cost]:
        """Edit an answer in the middle, then split and build; Zensical is told to build all again."""
        if self.engine != "MkDocs" or self.cold_only:
            return {}
        self._edit()
        return self._run()

    def make(self) -> Cost:
        """Build this project, with its notes, cards and files to take along; return an edit's cost."""
        shutil.rmtree(self.folder)
        copy_project(self.folder, tools.ROOT)
        shutil.copytree(tools.ROOT / "frontend", self.folder / "frontend", dirs_exist_ok=True)
        for name in ("package.json", "tsconfig.json"):
            shutil.copy(tools.ROOT / name, self.folder)
        self._cost(WHOLE)
        self._edit()
        return self._cost(WHOLE)

    def output(self) -> float:
        """Return the size of the built site in MB."""
        return size(self.folder / "site")

    def _run(self) -> dict[str, Cost]:
        return {
            step: sum((self._cost([PYTHON, *command]) for command in commands), Cost())
            for step, commands in ENGINES[self.engine].items()
        }

    def _cost(self, command: Sequence[str | Path]) -> Cost:
        return cost(command, self.folder, LIMIT, NO_MKDOCS_2_WARNING="1")

    def _edit(self) -> None:
        path, self.edits = self.folder / pipeline.SOURCE, self.edits + 1
        path.write_text(edited(path.read_text(encoding="utf-8"), self.edits), encoding="utf-8")

    def _floor(self) -> Cost:
        """Copy the files that the splitter writes, which are below `docs`."""
        docs, copy = self.folder / "docs", self.folder.with_name("floor")
        kept = copy / "generated"
        for name in pipeline.WRITTEN:
            if (docs / name).is_dir():
                shutil.copytree(docs / name, kept / name, dirs_exist_ok=True)
            elif (docs / name).is_file():
                kept.mkdir(parents=True, exist_ok=True)
                shutil.copy(docs / name, kept)
        program = tools.ROOT / "tests" / "bench" / "floor.py"
        found = cost([PYTHON, program, self.folder / pipeline.SOURCE, kept, copy / "x"], copy)
        shutil.rmtree(copy)
        return found


def edited(source: str, number: int) -> str:
    """Return a source with an additional sentence in the answer in the middle."""
    start = source.index("\n    - ", len(source) // 2)
    end = source.index("\n", start + 1)
    return f"{source[:end]} Edit {number}.{source[end:]}"

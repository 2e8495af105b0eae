"""Run the project's programs as a shell does, but in processes that have loaded libraries already.

Loading them takes longer than most of these programs. The project's own modules are loaded, too;
they serve a copied project as long as its files are the same. test_same_bytes.py shows that a site
is the same if each program starts in a new interpreter. Each process loads this module, so it
imports little.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import runpy
import sys
from importlib.metadata import entry_points
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

_ROOT = Path(__file__).resolve().parents[2]
_SERVER = multiprocessing.get_context("forkserver")
LOADED_AHEAD = """
    pytest mkdocs.__main__ mkdocs.commands.build mkdocs_macros.plugin mkdocs.config.defaults
    zensical.main zensical.markdown.render zensical.extensions.macros material.templates
    material.plugins.search.plugin material.extensions.emoji pymdownx.superfences pymdownx.details
    pymdownx.highlight pymdownx.saneheaders pymdownx.snippets pygments.lexers pygments.formatters
    pygments.formatters.html markdown.extensions.abbr markdown.extensions.admonition
    markdown.extensions.codehilite markdown.extensions.def_list markdown.extensions.fenced_code
    markdown.extensions.footnotes markdown.extensions.sane_lists markdown.extensions.tables
    yaml babel.dates bibtexparser pylatexenc.latex2text PIL.ImageDraw PIL.PngImagePlugin
    PIL.JpegImagePlugin genanki fontTools.ttLib pikepdf typst
    qna.pipeline qna.cards.drawing qna.data.feeds qna.markdown.extension.assembly
    """.split()
_SERVER.set_forkserver_preload(LOADED_AHEAD)


def run(command: list[str], folder: Path, environment: dict[str, str]) -> CompletedProcess[str]:
    """Run a script or an engine in a folder; return its exit code and output."""
    sys.audit("subprocess.Popen", command[0], command, str(folder), environment)
    with TemporaryDirectory() as place:
        said = [Path(place, name) for name in ("out", "error")]
        process = _SERVER.Process(target=_be, args=(command, folder, environment, said))
        process.start()
        process.join()
        texts = [path.read_text(encoding="utf-8") if path.exists() else "" for path in said]
        code = 1 if process.exitcode is None else process.exitcode
        process.close()
    return CompletedProcess(command, code, *texts)


def _be(command: list[str], folder: Path, environment: dict[str, str], said: list[Path]) -> None:
    """Become a program."""
    gc.freeze()  # what is loaded ahead is never garbage
    for number, path in enumerate(said, start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    name, *rest = command
    # As in a new interpreter: first the script's folder, at the end the folder of this project.
    mine = {str(_ROOT / name) for name in ("", "scripts", "tests", "tests/search")}
    told = [path for path in environment.get("PYTHONPATH", "").split(os.pathsep) if path]
    sys.path = [*told, *(path for path in sys.path if path not in mine), str(_ROOT / "scripts")]
    if name == "python":
        script, *sys.argv[1:] = rest
        sys.argv[0] = script
        sys.path.insert(0, str(Path(script).resolve().parent))
        _take_own_modules()
        runpy.run_path(script, run_name="__main__")
    else:
        [program] = entry_points(group="console_scripts", name=name)
        sys.argv = command
        _take_own_modules()
        program.load()()


def _take_own_modules() -> None:
    """Let the project's modules that are loaded already be those that the program would load.

    They are loaded again if the program has others.
    """
    loaded = {name: one for name, one in sys.modules.items() if name.partition(".")[0] == "qna"}
    if not loaded:
        return
    folder = next(path for path in sys.path if Path(path, "qna").is_dir())
    of_program, of_loaded = Path(folder, "qna"), Path(str(loaded["qna"].__file__)).parent
    same = _files(of_program) == _files(of_loaded)
    for name, module in loaded.items():
        if not same:
            del sys.modules[name]
            continue
        module.__file__ = str(of_program / Path(str(module.__file__)).relative_to(of_loaded))
        if hasattr(module, "__path__"):
            module.__path__ = [str(Path(module.__file__).parent)]


def _files(folder: Path) -> set[tuple[Path, int, int]]:
    """Return the files of the project's modules, each with its size and time, which copies keep."""
    inside = (place for place in os.walk(folder) if Path(place[0]).name != "__pycache__")
    found = [Path(place, name) for place, _, names in inside for name in names]
    known = ((path.relative_to(folder), path.stat()) for path in found)
    return {(path, at.st_size, at.st_mtime_ns) for path, at in known}

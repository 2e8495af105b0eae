"""Run the project's programs as a shell does, but in processes that have loaded libraries already.

Loading them takes longer than most of these programs. The project's own modules are not loaded
ahead, because a copied project has its own. test_same_bytes.py shows that a site is the same if
each program starts in a new interpreter. Each process loads this module, so it imports little.
"""

from __future__ import annotations

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
_SERVER.set_forkserver_preload(
    """
    pytest mkdocs.__main__ mkdocs.commands.build mkdocs_macros.plugin zensical.main
    material.plugins.search.plugin material.extensions.emoji pymdownx.superfences pygments.lexers
    pygments.formatters markdown_it mdit_py_plugins yaml babel.dates bibtexparser
    pylatexenc.latex2text PIL.ImageDraw genanki
    """.split()
)


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
        runpy.run_path(script, run_name="__main__")
    else:
        [program] = entry_points(group="console_scripts", name=name)
        sys.argv = command
        program.load()()

"""The command line: exit codes, output streams, and the files that a run writes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import split
from support.harness import ROOT, run

SOURCE = """\
# Title

### **1. Topic**
*   **What is dropout?**
    - It switches units off.

*   **What is pooling?**
    - It makes maps smaller.
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose pages are up to date, as the working directory."""
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "docs/_source/questions.md"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE)
    assert execute()[0] == 0
    return tmp_path


def execute(*options: str) -> tuple[int, str, str]:
    """Run the splitter in the working directory."""
    return run("--source", "docs/_source/questions.md", "--out", "docs", *options)


def stamps(folder: Path) -> dict[Path, int]:
    """Return the modification time of each file."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_second_run_writes_nothing(project: Path) -> None:
    """A server that watches the folder does not rebuild in an endless loop."""
    before = stamps(project)

    assert execute() == (0, "", "1 topic, 2 questions: all files are up to date\n")
    assert before == stamps(project)


def test_check_up_to_date(project: Path) -> None:
    """A check prints nothing if everything is up to date."""
    before = stamps(project)

    assert execute("--check") == (0, "", "")
    assert before == stamps(project)


def test_check_with_diff(project: Path) -> None:
    """A check names the files that are out of date, shows their changes, and writes nothing."""
    source = project / "docs/_source/questions.md"
    source.write_text(SOURCE.replace("maps smaller", "maps much smaller"))
    before = stamps(project)

    code, out, error = execute("--check", "--diff")

    assert code == 3
    assert "-    It makes maps smaller.\n+    It makes maps much smaller.\n" in out
    assert "docs/topics/topic.md: out of date (update)\n" in error
    assert error.endswith("commit the changes\n")
    assert before == stamps(project)


def test_errors_write_nothing(project: Path) -> None:
    """If the source has errors, the last good pages are unchanged."""
    source = project / "docs/_source/questions.md"
    source.write_text(SOURCE + "\n*   **Open\n")
    before = stamps(project)

    assert execute()[0] == 1
    assert before == stamps(project)


def test_hand_edited_page(project: Path) -> None:
    """An edited page is an error, with and without --check, but --force overwrites it."""
    page = project / "docs/topics/topic.md"
    good = page.read_text()
    page.write_text(good.replace("smaller", "bigger"))

    for options in ([], ["--check"]):
        code, _, error = execute(*options)
        assert code == 3
        assert error.startswith("docs/topics/topic.md: error[E704]: a generated page was edited")
    assert "bigger" in page.read_text()
    assert execute("--force")[0] == 0
    assert good == page.read_text()


def test_force_keeps_hand_written_files(project: Path) -> None:
    """--force overwrites generated files, but not hand-written ones."""
    page = project / "docs/topics/topic.md"
    page.write_text("# Mine\n")

    assert execute("--force")[0] == 4
    assert page.read_text() == "# Mine\n"


def test_folder_that_leads_outside(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A link that leads out of the docs folder is refused."""
    outside = tmp_path_factory.mktemp("outside")
    (project / "other").mkdir()
    (project / "other/q").symlink_to(outside, target_is_directory=True)

    code, _, error = execute("--out", "other")

    assert code == 4
    assert "error[E701]: the path leads outside the output folder" in error
    assert not list(outside.iterdir())


def test_cannot_write(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is reported in one line."""
    (project / "docs/topics/topic.md").unlink()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    code, _, error = execute()

    assert code == 4
    assert error.startswith("error[E703]: docs/topics/topic.md: cannot create: No space left")


def test_cannot_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the file that cannot be read and the system's reason."""
    real = Path.open

    def denied(path: Path, *arguments: Any, **options: Any) -> object:  # noqa: ANN401 - as in Path.open
        if path.name == "questions.md":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", denied)
    code, _, error = execute()

    assert project.is_dir()
    assert code == 2
    assert error.startswith(
        "docs/_source/questions.md: error[E002]: cannot be read: Permission denied\n"
    )


def test_interrupted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the run with the exit code that shells expect, and leaves no partial file."""
    (project / "docs/topics/topic.md").unlink()
    before = stamps(project)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)

    assert execute()[0] == 130
    assert before == stamps(project)


@pytest.mark.parametrize(
    "options", [["--check", "--force"], ["--nothing"], ["a.md", "b.md"], ["--keep", "dropout"]]
)
def test_usage(options: list[str], project: Path) -> None:
    """Invalid options are reported along with the usage."""
    code, _, error = execute(*options)

    assert project.is_dir()
    assert code == 2
    assert error.startswith("usage: ")


@pytest.mark.parametrize("name", ["with space.md", "füße 🚀.md", "-dash.md", "no-extension"])
def test_names_of_sources(name: str, project: Path) -> None:
    """The source may have any name."""
    (project / name).write_text(SOURCE)

    assert run(f"--source={name}", "--out=new")[0] == 0
    assert (project / "new/topics/topic.md").is_file()


NAVIGATION = "nav:\n  # <topics> written by scripts/split.py\n  # </topics>\n"


OWN = ["docs", "./docs/", "preview/../docs", "{project}/docs"]
OTHER = ["preview", "{project}/preview", "docs/preview", "other/docs", "{project}/other/docs", "."]


@pytest.mark.parametrize("out", OWN + OTHER)
def test_navigation_changes_only_with_the_docs_folder(out: str, project: Path) -> None:
    """`--out` may be any folder; `mkdocs.yml` changes only if it is the project's docs folder."""
    (project / "preview").mkdir()
    (project / "other/docs").mkdir(parents=True)
    for folder in ("", "other"):
        (project / folder / "mkdocs.yml").write_text(NAVIGATION)
    folder = out.format(project=project)

    assert execute("--out", folder)[0] == 0

    assert ("topics/topic.md" in (project / "mkdocs.yml").read_text()) is (out in OWN)
    assert (project / "other/mkdocs.yml").read_text() == NAVIGATION
    assert (project / folder / "topics/topic.md").is_file()


@pytest.mark.parametrize("name", ["pages", "'pages'", '"pages"  # not docs', "./pages"])
def test_navigation_of_a_docs_folder_with_another_name(name: str, project: Path) -> None:
    """`mkdocs.yml` says which folder is the project's docs folder."""
    config = f"docs_dir: {name}\n{NAVIGATION}"
    (project / "mkdocs.yml").write_text(config)

    assert execute("--out", "docs")[0] == 0
    assert (project / "mkdocs.yml").read_text() == config

    assert execute("--out", "pages")[0] == 0
    assert "topics/topic.md" in (project / "mkdocs.yml").read_text()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_windows_line_endings_are_kept(mark: bytes, project: Path) -> None:
    """Files that people also edit keep their line endings and byte order mark."""
    config, ledger = project / "mkdocs.yml", project / "docs/_source/ids.json"
    config.write_text(NAVIGATION)
    new = SOURCE.replace("pooling", "max pooling").replace("1. Topic", "1. Theme")
    (project / "docs/_source/questions.md").write_text(new)
    before = {path: mark + path.read_bytes().replace(b"\n", b"\r\n") for path in (config, ledger)}
    for path, data in before.items():
        path.write_bytes(data)

    assert execute()[0] == 0
    assert execute("--check") == (0, "", "")

    for path, data in before.items():
        now = path.read_bytes()
        assert now != data
        assert now.startswith(mark)
        assert b"\n" not in now.replace(b"\r\n", b"")
        assert now.count(b"\xef\xbb\xbf") == bool(mark)
    assert b"  # <topics> written by scripts/split.py\r\n  - topics/" in config.read_bytes()


def test_configuration_that_is_not_utf_8(project: Path) -> None:
    """The message names the byte, and nothing is written."""
    config = project / "mkdocs.yml"
    config.write_bytes(NAVIGATION.encode() + b"# caf\xe9\n")
    before = stamps(project)

    code, _, error = execute()

    assert code == 1
    assert error.startswith("mkdocs.yml:4:1: error[E005]: byte 0xe9 is not UTF-8\n")
    assert before == stamps(project)


def test_navigation_from_within_the_docs_folder(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The docs folder is recognized, wherever the command is run."""
    (project / "mkdocs.yml").write_text(NAVIGATION)
    monkeypatch.chdir(project / "docs")

    assert run("--source", "_source/questions.md", "--out", ".")[0] == 0
    assert "topics/topic.md" in (project / "mkdocs.yml").read_text()


def test_source_that_is_a_link(project: Path) -> None:
    """A source may be a symbolic link."""
    (project / "link.md").symlink_to(project / "docs/_source/questions.md")

    assert run("--source=link.md", "--out=new")[0] == 0


def test_removed_question(project: Path) -> None:
    """After its id is retired, the page of a removed question no longer shows the answer."""
    source = project / "docs/_source/questions.md"
    source.write_text(SOURCE[: SOURCE.index("\n*   **What is pooling")])
    assert execute()[0] == 1

    assert execute("--retire", "pooling=dropout")[0] == 0

    page = project / "docs/q/pooling.md"
    assert not page.exists() or "maps smaller" not in page.read_text()
    assert "What is pooling?" not in (project / "docs/topics/topic.md").read_text()


def watch(monkeypatch: pytest.MonkeyPatch, *options: str, saved: str = "") -> tuple[int, str, str]:
    """Watch until the second look at the source; before it, save another text if one is given."""
    pauses = iter([lambda: Path("docs/_source/questions.md").write_text(saved) if saved else None])

    def pause(_: float) -> None:
        next(pauses, _interrupt)()

    monkeypatch.setattr(split.time, "sleep", pause)
    return execute("--watch", *options)


def _interrupt() -> None:
    raise KeyboardInterrupt


def test_decision_while_watching_is_recorded(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new id is recorded in the ledger, so that the next run keeps its page."""
    code, _, error = watch(monkeypatch, "--rename", "dropout=switching-off")
    page = (project / "docs/q/switching-off.md").read_bytes()

    assert code == 130
    assert "error" not in error
    assert execute() == (0, "", "1 topic, 2 questions: all files are up to date\n")
    assert page == (project / "docs/q/switching-off.md").read_bytes()


def test_decision_is_carried_out_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a decision, watching continues: new questions get pages, but no entry in the ledger."""
    new = "*   **What is a half-typ?**\n    - Some text.\n"
    _, _, error = watch(monkeypatch, "--rename", "dropout=switching-off", saved=f"{SOURCE}\n{new}")

    assert "error" not in error
    assert (project / "docs/q/half-typ.md").is_file()
    assert "half-typ" not in (project / "docs/_source/ids.json").read_text()


def test_decision_that_cannot_be_carried_out_ends_watching(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit code is the same as without --watch."""
    before = stamps(project)

    code, _, error = watch(monkeypatch, "--rename", "gone=switching-off")

    assert code == 1
    assert "'gone' is not a published id" in error
    assert before == stamps(project)


LEFT_BEHIND = [".questions.md.swp", "questions.md~", "#questions.md#", "4913", ".DS_Store"]
"""Files that editors and systems write beside a file that is edited."""


def test_files_that_editors_leave_behind(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not read, and while watching, they are no reason to split again."""
    beside = [project / "docs/_source" / name for name in LEFT_BEHIND]

    def open_in_editors() -> None:
        for path in beside:
            path.write_bytes(b"\xff not text")
        (project / "docs/_source/.#questions.md").symlink_to("me@host.123:456")

    pauses = iter([open_in_editors])
    monkeypatch.setattr(split.time, "sleep", lambda _: next(pauses, _interrupt)())
    code, _, error = execute("--watch")

    assert code == 130
    assert error == "1 topic, 2 questions: all files are up to date\n"
    assert execute("--check") == (0, "", "")


def test_saving_by_renaming(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor may write another file, with any time, and rename it."""
    source = project / "docs/_source/questions.md"
    saved = source.with_name("4913")
    saved.write_text(SOURCE.replace("units", "some units"))
    os.utime(saved, ns=(0, source.stat().st_mtime_ns))
    pauses = iter([lambda: saved.replace(source)])
    monkeypatch.setattr(split.time, "sleep", lambda _: next(pauses, _interrupt)())

    execute("--watch")

    assert "some units" in (project / "docs/topics/topic.md").read_text()


def test_help_lists_all_exit_codes() -> None:
    """The help lists every exit code of the command."""
    _, out, _ = run("--help")

    for code in (split.OK, split.FAULTS, split.USAGE, split.STALE, split.CANNOT_WRITE, 130):
        assert f"\n  {code:<5}" in out


def command(
    *arguments: str,
    stdout: int = subprocess.DEVNULL,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> tuple[int, bytes]:
    """Run the splitter as a separate process; return its exit code and standard error."""
    program = [sys.executable, str(ROOT / "scripts/split.py"), *arguments]
    done = subprocess.run(
        program, check=False, stdout=stdout, stderr=subprocess.PIPE, env=env, cwd=cwd
    )
    return done.returncode, done.stderr


def test_file_names_that_the_system_does_not_support(tmp_path: Path) -> None:
    """If file names must be ASCII, any other id causes an error, and nothing is written."""
    source = tmp_path / "questions.md"
    source.write_text("# T\n\n### **1. T**\n*   **面包?**\n    - Ja.\n", encoding="utf-8")
    ascii_only = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    docs = tmp_path / "docs"
    code, said = command(f"--source={source}", f"--out={docs}", env={**os.environ, **ascii_only})

    assert code == split.CANNOT_WRITE
    assert b"error: this system cannot have a file named '" in said
    assert b"hint: set LC_ALL=C.UTF-8" in said
    assert not docs.exists()


def test_output_closed_early(project: Path) -> None:
    """A reader that closes the pipe, such as `head`, causes no traceback."""
    (project / "docs/_source/questions.md").write_text(SOURCE.replace("units", "some units"))
    reading, writing = os.pipe()
    os.close(reading)
    code, error = command(
        "--source=docs/_source/questions.md", "--out=docs", "--check", "--diff", stdout=writing
    )
    os.close(writing)

    assert code == 3
    assert b"Traceback" not in error
    assert b"Exception" not in error


def test_narrow_console(project: Path) -> None:
    """If the console cannot show a character, its escape sequence is printed."""
    (project / "docs/_source/questions.md").write_text(SOURCE + "a ⊂ b\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    code, error = command("--source=docs/_source/questions.md", "--out=docs", env=environment)

    assert code == 1
    assert b"Traceback" not in error
    assert b"| a \\u2282 b" in error


def test_same_bytes_everywhere(project: Path) -> None:
    """Time zone, locale and hash seed change nothing."""
    source = str(project / "docs/_source/questions.md")
    (project / "elsewhere").mkdir()
    for number, environment in enumerate(
        [
            {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
            {"TZ": "America/Lima", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
        ]
    ):
        code, error = command(
            f"--source={source}",
            f"--out={project / str(number)}",
            env={**os.environ, **environment},
            cwd=project / "elsewhere",
        )
        assert code == 0, error
    first, second = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (project / "0", project / "1")
    )

    assert first == second


@pytest.mark.parametrize("how", ["-P", "PYTHONSAFEPATH"])
def test_safe_path(project: Path, how: str) -> None:
    """The splitter runs from any folder, even if Python ignores modules beside the script."""
    (project / "elsewhere").mkdir()
    options = ["-P"] if how == "-P" else []
    environment = {**os.environ, **({"PYTHONSAFEPATH": "1"} if how != "-P" else {})}
    done = subprocess.run(
        [
            *(sys.executable, *options, str(ROOT / "scripts/split.py")),
            f"--source={project / 'docs/_source/questions.md'}",
            f"--out={project / 'docs'}",
            "--check",
        ],
        cwd=project / "elsewhere",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")

"""Files made of questions are written only if what they are made of has changed."""

from __future__ import annotations

from pathlib import Path

from qna.data import derived
from qna.data.derived import Derived


def test_write(tmp_path: Path) -> None:
    """A file is written if it is new, changed or damaged, and deleted once it is no more."""
    made: list[str] = []

    def run(before: derived.Known, **texts: str) -> derived.Known:
        made.clear()
        found = (
            Derived((f"{name}.md", f"{name}-old.md"), [name, text], lambda text=text: text)
            for name, text in texts.items()
        )

        def put(path: Path, text: str) -> None:
            made.append(path.name)
            path.write_text(text)

        return derived.write(tmp_path, found, before, put)

    known = run({}, a="1", b="1")
    assert len(made) == 4
    assert run(known, a="1", b="1") == known
    assert made == []
    (tmp_path / "a-old.md").write_text("damaged")
    known = run(known, a="1", b="2")
    assert made == ["a-old.md", "b.md", "b-old.md"]
    (tmp_path / "b.md").unlink()
    run(known, b="2")
    assert made == ["b.md"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b-old.md", "b.md"]
    run({}, b="2")
    assert made == ["b.md", "b-old.md"]


def test_nothing_is_left_of_what_is_no_more(tmp_path: Path) -> None:
    """A folder goes with its last file, or else a server would show it as an empty listing."""

    def put(path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    paths = ("q/gone/index.md", "q/gone/feed.xml", "q/page/index.md", "q/kept/index.md")
    known = derived.write(tmp_path, [Derived(paths, [], str)], {}, put)
    (tmp_path / "q/page/index.html").touch()
    derived.write(tmp_path, [Derived(("q/kept/index.md",), [], str)], known, put)

    assert sorted(path.name for path in (tmp_path / "q").iterdir()) == ["kept", "page"]

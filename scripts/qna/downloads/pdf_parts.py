"""Parts of a PDF that were typeset on their own, and the PDF of which they are parts.

Typst knows of no other parts, so links to these have addresses such as `book:q-dropout`. In the
joined file, all of them lead to places by name.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote, unquote

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, String

Pair = tuple[Any, Any]
"""A name or a number, and what it stands for."""

PLACES = ("#q-", "#topic-")
"""Starts of links to questions and topics."""
_SCHEME = "book:"
_PAGES = re.compile(rb"(?<=<xmpTPg:NPages>)\d+")
_RETAGGED = {"/L": Name.TOC, "/LI": Name.TOCI, "/LBody": Name.NonStruct}
"""Tags of the contents, for which Typst has no function."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a PDF."""

    data: bytes
    pages: int
    places: Mapping[str, int]
    """Anchor of each place to its page, from 0."""
    missing: str
    """Letters that no font has."""
    counts: tuple[int, int]
    """How many letters are boxes, and how many there are."""


def name_of(anchor: str) -> str:
    """Return the name of a place; only names in ASCII are written alike everywhere."""
    return quote(anchor)


def address_of(anchor: str) -> str:
    """Return the address of a place that may be in another part."""
    return _SCHEME + name_of(anchor)


def part(
    pdf: bytes, prefix: str, titles: Mapping[str, str], missing: str, counts: tuple[int, int]
) -> Part:
    """Return what Typst made as a part, with ids that start with the prefix.

    Its links to places say their titles.
    """
    named = {name_of(anchor): title for anchor, title in titles.items()}
    with Pdf.open(BytesIO(pdf)) as file:
        numbers = {page.objgen: at for at, page in enumerate(file.pages)}
        dests = {str(name): dest for name, dest in _named(file)}
        places = {unquote(name): numbers[dest[0].objgen] for name, dest in dests.items()}
        for link in _links(file):
            _lead_to_place(link, named)
        contents = prefix == "front."
        for element in _elements(file.Root.StructTreeRoot.K):
            _keep_apart(element, prefix)
            if contents and (tag := _RETAGGED.get(str(element.S))):
                element.S = tag
                element.K = Array(
                    inner for inner in element.K.wrap_in_array() if not _is_empty(inner)
                )
                if "/A" in element:
                    del element.A
        ids = [(String(prefix + str(name)), element) for name, element in _ids(file)]
        if ids:
            file.Root.StructTreeRoot.IDTree = Dictionary(Names=Array(_flat(ids)))
        return Part(_saved(file), len(file.pages), places, missing, counts)


def joined(parts: Sequence[Part], numbers: Part) -> bytes:
    """Return a PDF of parts; the first one has the title, and is numbered apart.

    The pages of the others get those of `numbers` laid over them.
    """
    first, *others = parts
    with Pdf.open(BytesIO(first.data)) as whole:
        root = whole.Root.StructTreeRoot
        document, dests, ids = root.K[0], _named(whole), _ids(whole)
        bookmarks: list[Object] = []
        for other in others:
            with Pdf.open(BytesIO(other.data)) as file:
                _renumber(file, int(root.ParentTreeNextKey))
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # places by name are copied below
                    whole.pages.extend(file.pages)
                tree = whole.copy_foreign(file.Root.StructTreeRoot)
                for element in tree.K[0].K:
                    element.P = document
                    document.K.append(element)
                root.ParentTree.Nums.extend(tree.ParentTree.Nums)
                root.ParentTreeNextKey = tree.ParentTreeNextKey
                for name, tag in tree.get("/RoleMap", Dictionary()).items():
                    root.RoleMap[name] = tag
                ids += _pairs(tree.get("/IDTree", Dictionary()))
                dests += [(name, _copied(whole, file, dest)) for name, dest in _named(file)]
                bookmarks += _bookmarks(whole, file)
        with Pdf.open(BytesIO(numbers.data)) as file:
            for at, number in enumerate(file.pages):
                _overlay(whole, first.pages + at, number)
        _name(whole, dests, ids)
        _outline(whole, bookmarks)
        _label(whole, first.pages)
        return _saved(whole)


# Parts


def _links(file: Pdf) -> Iterator[Object]:
    for page in file.pages:
        yield from (link for link in page.get("/Annots", ()) if link.get("/Subtype") == Name.Link)


def _lead_to_place(link: Object, titles: Mapping[str, str]) -> None:
    """Make a link to an address of a place one to the place, and say its title."""
    action = link.get("/A")
    address = str(action.get("/URI", "")) if action is not None else ""
    if address.startswith(_SCHEME):
        name = address.removeprefix(_SCHEME)
        del link.A
        link.Dest = String(name)
        link.Contents = String(titles.get(name, name))


def _elements(root: Object) -> Iterator[Object]:
    """Yield the elements of the structure."""
    left: list[Object | None] = [root]
    while left:
        found = left.pop()
        if isinstance(found, Array):
            left += list(found)
        elif isinstance(found, Dictionary) and "/S" in found:
            yield found
            left.append(found.get("/K"))


def _is_empty(element: Object | int) -> bool:
    """Tell whether an element is a label without text, such as that of an entry of the contents."""
    return (
        isinstance(element, Dictionary) and element.get("/S") == Name.Lbl and not element.get("/K")
    )


def _keep_apart(element: Object, prefix: str) -> None:
    """Start the id of an element, and those that it refers to, with a prefix."""
    if "/ID" in element:
        element.ID = String(prefix + str(element.ID))
    for kind in element.get("/A", Array()).wrap_in_array():
        if "/Headers" in kind:
            kind.Headers = Array([String(prefix + str(name)) for name in kind.Headers])


def _named(file: Pdf) -> list[Pair]:
    """Return the places of a file by name."""
    return _pairs(file.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()))


def _ids(file: Pdf) -> list[Pair]:
    """Return the elements of the structure that have an id, by it."""
    return _pairs(file.Root.StructTreeRoot.get("/IDTree", Dictionary()))


def _pairs(tree: Object, kind: str = "/Names") -> list[Pair]:
    """Return what a tree of names or numbers has; Typst writes each as one list."""
    return [*zip(*[iter(tree.get(kind, Array()))] * 2, strict=True)]


# The whole


def _renumber(file: Pdf, start: int) -> None:
    """Make the structure know pages and links by numbers from `start`."""
    tree = file.Root.StructTreeRoot
    for page in file.pages:
        if "/StructParents" in page.obj:
            page.obj.StructParents += start
        for link in page.get("/Annots", ()):
            if "/StructParent" in link:
                link.StructParent += start
    pairs = _pairs(tree.ParentTree, "/Nums")
    tree.ParentTree.Nums = Array(_flat((int(number) + start, found) for number, found in pairs))
    tree.ParentTreeNextKey += start


def _overlay(whole: Pdf, at: int, shown: Page) -> None:
    """Lay a page of another file over a page."""
    page, form = whole.pages[at], whole.copy_foreign(shown.as_form_xobject())
    name = page.add_resource(form, Name.XObject, Name(f"/Over{at}"))
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"Q\n{name} Do".encode())


def _copied(whole: Pdf, file: Pdf, found: Object) -> Object:
    return whole.copy_foreign(found if found.is_indirect else file.make_indirect(found))


def _bookmarks(whole: Pdf, file: Pdf) -> Iterator[Object]:
    outlines = file.Root.get("/Outlines")
    found = whole.copy_foreign(outlines).get("/First") if outlines is not None else None
    while found is not None:
        yield found
        found = found.get("/Next")


def _outline(whole: Pdf, bookmarks: Sequence[Object]) -> None:
    """Give the whole the bookmarks of its parts."""
    root = whole.make_indirect(Dictionary(Type=Name.Outlines, Count=len(bookmarks)))
    for at, bookmark in enumerate(bookmarks):
        bookmark.Parent = root
        for name, beside in (("/Prev", at - 1), ("/Next", at + 1)):
            if 0 <= beside < len(bookmarks):
                bookmark[name] = bookmarks[beside]
    root.First, root.Last = bookmarks[0], bookmarks[-1]
    whole.Root.Outlines = root


def _name(whole: Pdf, dests: Sequence[Pair], ids: Sequence[Pair]) -> None:
    """Give the whole the places and the ids of its parts, by name."""
    whole.Root.Names = Dictionary(Dests=_tree(dests))
    if ids:
        whole.Root.StructTreeRoot.IDTree = _tree(ids)


def _tree(pairs: Sequence[Pair]) -> Dictionary:
    return Dictionary(Names=Array(_flat(sorted(pairs, key=lambda pair: bytes(pair[0])))))


def _label(whole: Pdf, front: int) -> None:
    """Give the first pages Roman numerals, and the others numbers from 1; tell their count."""
    labels = [0, Dictionary(S=Name.r), front, Dictionary(S=Name.D, St=1)]
    whole.Root.PageLabels = Dictionary(Nums=Array(labels))
    told = whole.Root.Metadata.read_bytes()
    whole.Root.Metadata.write(_PAGES.sub(str(len(whole.pages)).encode(), told))


def _flat(pairs: Any) -> list[Any]:  # noqa: ANN401 - names or numbers, with anything
    return [value for pair in pairs for value in pair]


def _saved(file: Pdf) -> bytes:
    packed = BytesIO()
    file.save(packed, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return packed.getvalue()

"""Web pages, Word and ODT documents of any structure, and with changed bytes: no number is lost, doubled or made up."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from kommunebudsjett.core.texts import Text
from kommunebudsjett.forms.kinds import extractor
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.forms.writing import write
from tests.forms import makers
from tests.forms.test_odt import flat

LOOSE = settings(suppress_health_check=list(HealthCheck), deadline=None)
_OPENED = (
    "p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "span", "b", "s", "h2", "section", "article",
    "main", "nav", "footer", "br",
)  # fmt: skip
_CLOSED = ("p", "div", "ul", "ol", "li", "table", "tr", "td", "span", "b", "s", "h2", "section", "main", "nav")
HTML = [
    *(f"<{tag}>" for tag in _OPENED),
    *(f"</{tag}>" for tag in _CLOSED),
    "<td colspan=2>", "<td rowspan=2>", "<td rowspan=0>", "<th>Navn", "<thead>", "<tfoot>", "<caption>", "<div hidden>",
    '<div class="menu">', "<p style='display:none'>", "<div role=table>", "<div role=row>", "<div role=cell>",
    "<details><summary>", "<button>", "<form>", "<sup>", "<blockquote>", "<pre>", "&nbsp;", "tekst", "<!--", "-->",
]  # fmt: skip
WORD = {
    "p": ("<w:p>", "</w:p>"), "tc": ("<w:tc>", "</w:tc>"), "tr": ("<w:tr>", "</w:tr>"), "tbl": ("<w:tbl>", "</w:tbl>"),
    "span": ('<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>', "</w:tc>"),
    "down": ('<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "</w:tc>"),
    "ins": ("<w:ins>", "</w:ins>"), "sdt": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    "link": ("<w:hyperlink>", "</w:hyperlink>"),
    "item": ('<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', "</w:p>"),
    "head": ('<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr>', "</w:p>"),
}  # fmt: skip
ODT = {
    name: (f"<{tag}>", f"</{tag.split()[0]}>")
    for name, tag in {
        "p": "text:p", "h": "text:h text:outline-level='1'", "list": "text:list text:style-name='Tall'",
        "item": "text:list-item", "table": "table:table", "row": "table:table-row", "cell": "table:table-cell",
        "span": "table:table-cell table:number-columns-spanned='2'", "section": "text:section", "text": "text:span",
        "note": "text:note",
    }.items()
}  # fmt: skip
NUMBER = re.compile(r"(?<![\w.,])1\d{4}(?![\w,])")


def extracted(kind: str, path: Path) -> Text | None:
    """The text of a file; None where it is refused."""
    try:
        made = write(extractor(kind)(path))
    except ProblemError as problem:
        assert problem.message and problem.remedy
        event("refused")
        return None
    event("read")
    return made


def numbers(text: Text) -> Counter[str]:
    found = [*text.lines, *(left.raw for left in text.left_out)]
    return Counter(number for line in found for number in NUMBER.findall(line))


def with_numbers(parts: list[str], wrap: str = "{}") -> Iterator[str]:
    """The parts, one number after each, all different; `wrap` is what stands around it."""
    for count, part in enumerate(parts):
        yield part
        yield wrap.format(f" {10_000 + count} ")


@LOOSE
@given(st.lists(st.sampled_from(HTML), min_size=1, max_size=30))
def test_a_page_of_any_elements(tmp_path_factory, parts):
    path = tmp_path_factory.mktemp("page") / "side.html"
    made = [part for part in with_numbers(parts)]
    path.write_text("<html><body>" + "".join(made), encoding="utf-8")
    text = extracted("html", path)
    seen = re.sub(r"<!--.*?(?:-->|$)", "", "".join(made), flags=re.DOTALL)
    if text is not None:
        # What follows an opened comment is none.
        expected = Counter(NUMBER.findall(re.sub(r"<[^>]*>", " ", seen)))
        cut = [raw for left in text.left_out if (raw := left.raw).endswith("…")]
        lost = expected - numbers(text)
        assert not lost or cut, (lost, text)
        assert not numbers(text) - expected, (numbers(text) - expected, text)


def nested(kinds: dict[str, tuple[str, str]]) -> st.SearchStrategy[str]:
    """XML of these elements in any nesting; each leaf is `@`."""
    leaf = st.just("@")
    return st.recursive(
        leaf,
        lambda inside: st.tuples(st.sampled_from(sorted(kinds)), st.lists(inside, min_size=1, max_size=4)).map(
            lambda of: f"{kinds[of[0]][0]}{''.join(of[1])}{kinds[of[0]][1]}"
        ),
        max_leaves=12,
    )


def filled(xml: str, leaf: str) -> str:
    """The XML with a number of its own in each leaf."""
    count = iter(range(10_000, 20_000))
    return re.sub("@", lambda _: leaf.format(next(count)), xml)


@LOOSE
@given(nested(WORD))
def test_a_word_document_of_any_elements(tmp_path_factory, xml):
    body = filled(
        xml, "<w:p><w:r><w:t> {} </w:t></w:r></w:p>" if xml.startswith(("@", "<w:t")) else "<w:r><w:t> {} </w:t></w:r>"
    )
    path = makers.docx(tmp_path_factory.mktemp("word") / "d.docx", body, {"numbering.xml": makers.BULLETS})
    text = extracted("docx", path)
    if text is not None:
        assert not numbers(text) - Counter(NUMBER.findall(body)), text


@LOOSE
@given(nested(ODT))
def test_an_odt_document_of_any_elements(tmp_path_factory, xml):
    body = filled(xml, "<text:p> {} </text:p>")
    path = tmp_path_factory.mktemp("odt") / "d.fodt"
    path.write_text(flat(body), encoding="utf-8")
    text = extracted("odt", path)
    if text is not None:
        assert not numbers(text) - Counter(NUMBER.findall(body)), text


CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 4), st.binary(max_size=4)), min_size=1, max_size=10)


@pytest.fixture(scope="module")
def documents(tmp_path_factory) -> dict[str, Path]:
    """A file of each form with a heading, an item and a table."""
    folder = tmp_path_factory.mktemp("documents")
    found = [
        makers.Block("heading", "Drift", 1),
        makers.Block("item", "Skole 5 mill."),
        makers.Block("table", rows=(("Tiltak", "2027"), ("Skole", "12 345"))),
    ]
    (folder / "d.html").write_text(makers.html(found), encoding="utf-8")
    (folder / "d.fodt").write_text(flat("<text:h>Drift</text:h><text:p>5 mill.</text:p>"), encoding="utf-8")
    return {"html": folder / "d.html", "odt": folder / "d.fodt", "docx": makers.word(folder / "d.docx", found)}


@pytest.mark.parametrize("kind", ["html", "odt", "docx"])
@LOOSE
@given(CHANGES)
def test_a_file_with_other_bytes(documents, kind, changes):
    content = changed(documents[kind].read_bytes(), changes)
    path = documents[kind].with_name(f"changed{documents[kind].suffix}")
    path.write_bytes(content)
    extracted(kind, path)


@LOOSE
@given(CHANGES)
def test_a_word_document_with_other_xml(documents, changes):
    """The package is whole, and the XML in it is not."""
    path = documents["docx"].with_name("xml.docx")
    with zipfile.ZipFile(documents["docx"]) as package, zipfile.ZipFile(path, "w") as other:
        for name in package.namelist():
            content = package.read(name)
            other.writestr(name, changed(content, changes) if name == "word/document.xml" else content)
    extracted("docx", path)


def changed(content: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for place, length, junk in changes:
        at = place % max(1, len(content))
        content = content[:at] + junk + content[at + length :]
    return content

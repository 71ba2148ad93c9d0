"""Printed lines in, the document's outline out: headings with the paragraphs under them, and what each of them is.

A heading is known by how it stands (first in its block, without a full stop, before a new sentence), never by its
words. Chapters are known by the lists that name them ("Verbale føringer - Oppvekst") or by the page they begin.
"""

import re
from dataclasses import dataclass, field

from kommunebudsjett.readers.party_prose.passage import BROKEN, HYPHENS, Line, Passage
from kommunebudsjett.readers.party_prose.tokens import ends_in_money, is_money
from kommunebudsjett.readers.text import MINUS

INTRODUCTION, CHAPTER, SUBCHAPTER, MEASURE, DIRECTIVE, LIST, LOST_TABLE, PAGE_NUMBER = range(8)
DRIFT, INVESTMENT, COVERING = "drift", "investering", "inndekning"

# So many blank lines end a page.
PAGE_GAP = 2

_BULLETS = "•◦▪■●○·\uf0b7\uf0a7\uf02d"
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
_AROUND = _SPACES + "\u200b\ufeff" + "".join(map(chr, range(32))) + _BULLETS
_DASH_BULLETS = ("- ", "– ", "− ")
_NEVER_ENDS_HEADING = ".,;:!?/" + HYPHENS + "–−" + BROKEN


def _word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that a title seldom has and a sentence nearly always: a long line with one of them is prose.
_CLAUSE = _word_set(
    "vi er har skal vil må kan bør blir ble ber bes settes setter øker styrker ønsker mener får gir foreslår legges"
    " legger bestiller bestilles kutter reduserer reverserer viderefører går står finnes trenger fortsetter"
)
# A line that ends in one of these goes on.
_ENDS_OPEN = _word_set(
    "og i på av til for med om fra som ved den det de en et ei eller mellom at å under over mot hos innen etter før"
    " samt både"
)
_LIST = re.compile(
    r"(?P<what>verbale\s+føringer|verbale\s+forslag|investeringer|investering|drift)"
    r"(?:\s*[-–−:]\s*(?P<area>\S.*?))?\s*:?",
    re.IGNORECASE,
)
_LOST_TABLE = re.compile(r"(?:utgifter|inntekter|inndekning)\s+(?:drift|investering(?:er)?)", re.IGNORECASE)
_DIGIT = re.compile(r"[0-9]")
_WORD = re.compile(r"\w{3,}")
_FILLER = {"for", "til", "med", "det", "den", "som", "alle"}


@dataclass(slots=True)
class Heading:
    """A heading, the amount that stands beside it, and the paragraphs under it.

    `list_kind` and `list_area` are set for the heading of a list ("Drift - Miljø og næring").
    """

    title: str
    line: int
    amount: Line | None
    new_page: bool
    stacked: bool
    line_last: int = 0
    title_lines: list[Line] = field(default_factory=list)
    list_kind: str = ""
    list_area: str = ""
    paragraphs: list[list[Line]] = field(default_factory=list)
    role: int = INTRODUCTION
    area: str = ""
    kind: str = DRIFT

    @property
    def lines(self) -> list[int]:
        """The numbers of its lines, the heading's own first."""
        own = list(range(self.line, self.line_last + 1)) if self.line else []
        return own + [line.number for paragraph in self.paragraphs for line in paragraph]

    def title_passages(self) -> list[Passage]:
        """Its title as text, where it holds a number."""
        if _DIGIT.search(self.title) or "illion" in self.title or "usen k" in self.title:
            return [Passage(self.title_lines)]
        return []


def outline(lines: list[str]) -> list[Heading]:
    """The headings of a document in order, each with its role, area and kind of measure.

    What stands before the first heading is under a heading without a title.
    """
    headings = _headings(lines)
    _mark_chapters(headings)
    _assign(headings)
    return headings


def _blocks(lines: list[str]) -> tuple[list[tuple[list[Line], bool]], int]:
    """Lines between blank lines, each block with whether a page ends above it, and the width of a full line."""
    blocks: list[tuple[list[Line], bool]] = []
    current: list[Line] = []
    lengths: list[int] = []
    blank = PAGE_GAP
    for number, raw in enumerate(lines, 1):
        text = raw.strip(_AROUND)
        if "\f" in raw:
            blank += PAGE_GAP
            current = []
        if not text:
            blank += 1
            current = []
            continue
        if not current:
            blocks.append((current, blank >= PAGE_GAP))
            blank = 0
        indented = not raw[0].isalnum() and _is_indented(raw)
        if indented and _breaks_word(raw):
            text += BROKEN
        current.append(Line(number, text, indented))
        lengths.append(len(text))
    lengths.sort()
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    return blocks, width


def _is_indented(raw: str) -> bool:
    return raw[0] == "\t" or raw[0] in _BULLETS or raw.startswith("  ") or raw.startswith(_DASH_BULLETS)


def _breaks_word(raw: str) -> bool:
    """Whether a tab stands where the end of a word would be: set-in text is broken so, without a hyphen."""
    printed = raw.rstrip("\r\n")
    return printed[-1] == "\t" and printed.rstrip("\t")[-1:].isalpha()


def _headings(lines: list[str]) -> list[Heading]:
    blocks, width = _blocks(lines)
    headings = [Heading("", 0, None, True, False)]
    for block, new_page in blocks:
        first = 0
        if len(block) == 1 and block[0].text.isdigit():
            number = _heading(block, new_page, False)
            number.role = PAGE_NUMBER
            headings.append(number)
            continue
        if headings[-1].role == PAGE_NUMBER and not block[0].indented:
            new_page = True
        while first < len(block):
            taken = _heading_lines(block, first, width)
            if not taken or (first and not _may_stack(headings[-1], block, first, width)):
                break
            headings.append(_heading(block[first : first + taken], new_page and not first, bool(first)))
            first += taken
        if first < len(block):
            open_heading = headings[-1]
            if open_heading.role == PAGE_NUMBER:
                open_heading = next(h for h in reversed(headings) if h.role != PAGE_NUMBER)
            open_heading.paragraphs.append(block[first:])
    return headings


def _heading_lines(block: list[Line], first: int, width: int) -> int:
    """How many lines from `first` are a heading: 0, 1, or 2 for a heading that is too long for its line."""
    line = block[first]
    # An amount alone is no title: it has nothing to name a measure by.
    if line.indented or not _begins_heading(line.text) or is_money(line.text):
        return 0
    if _stands_apart(line.text):
        return 1
    text = line.text
    below = block[first + 1] if first + 1 < len(block) else None
    if below is not None and below.indented and is_money(below.text) and _ends_title(text):
        return 2
    if text[-1] not in _NEVER_ENDS_HEADING and _ends_title(text):
        if below is None:
            return 0 if _has_clause(text) else 1
        if below.indented or _begins_sentence(below.text):
            return 0 if len(text) >= width * 3 // 4 and _has_clause(text) else 1
    return _long_heading(block, first, width)


def _long_heading(block: list[Line], first: int, width: int) -> int:
    if first + 1 >= len(block) or first + 2 > len(block):
        return 0
    text, below = block[first].text, block[first + 1].text
    if ". " in text or text[-1] in ".:;!?" or below[-1] in _NEVER_ENDS_HEADING:
        return 0
    if _has_clause(text) or _has_clause(below):
        return 0
    if _stands_apart(below):
        return 2
    if first + 2 >= len(block) or not _begins_sentence(block[first + 2].text):
        return 0
    return 0 if ". " in below or len(below) >= width * 3 // 4 else 2


def _may_stack(above: Heading, block: list[Line], first: int, width: int) -> bool:
    """Whether a heading can stand directly under another: only below a short one, and itself short."""
    line = block[first].text
    short = width * 3 // 4
    if above.amount or len(above.title) >= short or above.line_last != above.line:
        return False
    if _stands_apart(line):
        return True
    return len(line) < short and not _has_clause(line) and first + 1 < len(block)


def _stands_apart(text: str) -> bool:
    """Whether a line ends in an amount with a wide gap before it."""
    money = ends_in_money(text) if "\t" in text or "  " in text else None
    if not money:
        return False
    gap = text[max(0, money.start() - 2) : money.start()]
    return gap.endswith("\t") or (len(gap) == 2 and gap.isspace())


def _has_clause(text: str) -> bool:
    return not _CLAUSE.isdisjoint(text.lower().split())


def _ends_title(text: str) -> bool:
    """Whether a title can end here: "... på 5 millioner" goes on."""
    return text.split()[-1].lower() not in _ENDS_OPEN


def _begins_heading(text: str) -> bool:
    return text[0].isupper() or text[0].isdigit() or text[0] in '“«"('


def _begins_sentence(text: str) -> bool:
    return text[0].isupper() or text[0].isdigit() or text[0] in '“«"'


def _heading(lines: list[Line], new_page: bool, stacked: bool) -> Heading:
    """A heading of one or two lines, with the amount that ends its last one."""
    last = lines[-1]
    title, amount = _split_amount(last)
    title_lines = [*lines[:-1], *([last._replace(text=title)] if title else [])]
    if len(lines) == 2:
        above = lines[0].text
        glue = "" if above[-1] in HYPHENS + BROKEN else " "
        title = f"{above.rstrip(HYPHENS + BROKEN) if not glue else above}{glue}{title}".strip()
    title = " ".join(title.split())
    heading = Heading(title, lines[0].number, amount, new_page, stacked, last.number)
    heading.title_lines = title_lines
    match = _LIST.fullmatch(title) if not amount and title[0] in "VvIiDd" else None
    if match:
        what = match["what"].casefold()
        heading.list_kind = "verbal" if what[0] == "v" else INVESTMENT if what[0] == "i" else DRIFT
        heading.list_area = match["area"] or ""
    return heading


def _split_amount(line: Line) -> tuple[str, Line | None]:
    text = line.text
    if is_money(text):
        return "", line
    money = ends_in_money(text)
    if not money or not (_stands_apart(text) or _ends_title(text[: money.start()])):
        return text, None
    start = money.start()
    if not _stands_apart(text) and text[start] in MINUS and text[start + 1].isspace():
        # A dash between a title and its amount is no minus.
        return text[:start].rstrip(), Line(line.number, text[start + 2 :].lstrip(), False)
    return text[:start].rstrip(), Line(line.number, text[start:], False)


def _mark_chapters(headings: list[Heading]) -> None:
    """Set the role of the headings that begin a chapter or a part of one."""
    named = {heading.list_area.casefold() for heading in headings if heading.list_area}
    for heading in headings:
        title = heading.title.casefold()
        if title == COVERING or title == "innledning" or (title in named and not heading.stacked):
            heading.role = CHAPTER
    _mark_named_otherwise(headings)
    # From a list of directives to the next amount or list a chapter begins, whatever its name is.
    start = 0
    for index, heading in enumerate(headings):
        if heading.amount or heading.list_kind:
            _mark_unnamed(headings, start, index)
            start = index + 1
    _mark_parts(headings)


def _mark_named_otherwise(headings: list[Heading]) -> None:
    """Mark the chapters that their lists name in part or in other words ("Idrett", "Finans og organisering")."""
    paged = sum(heading.new_page for heading in headings) > 2
    start = 0
    chapter, area = -1, ""
    for index, heading in enumerate(headings):
        if heading.role == CHAPTER:
            chapter = index
        if not heading.list_area:
            continue
        if heading.list_area != area:
            area = heading.list_area
            known = chapter >= 0 and _same_words(headings[chapter].title, area) > 0
            if not known or chapter < start:
                found = _best_match(headings, max(start, chapter + 1), index, area, paged)
                if found is not None:
                    headings[found].role = CHAPTER
                    chapter = chapter if known else found
        start = index + 1


def _best_match(headings: list[Heading], start: int, end: int, area: str, paged: bool) -> int | None:
    """The first of the headings that share most with the name of a list."""
    best, best_score = None, (0, 0, False)
    for index in range(start, end):
        heading = headings[index]
        if heading.amount or heading.stacked or not heading.title or heading.role == PAGE_NUMBER:
            continue
        if paged and not heading.new_page:
            continue
        words, stems = _same_words(heading.title, area), _same_stem(heading.title, area)
        score = (words, stems, heading.new_page)
        if stems and score > best_score:
            best, best_score = index, score
    return best


def _mark_unnamed(headings: list[Heading], start: int, end: int) -> None:
    """Mark the heading between two lists or amounts that begins a chapter, where no name has told it."""
    region = headings[start:end]
    if start == 0 or not region or any(heading.role == CHAPTER for heading in region):
        return
    following = next((heading.list_area for heading in headings[end:] if heading.list_kind), "")
    after_directives = headings[start - 1].list_kind == "verbal"
    best, best_score = None, (0, 0, 0)
    for index, heading in enumerate(region):
        if heading.stacked or not heading.title or heading.role == PAGE_NUMBER:
            continue
        alone = heading.new_page and (region[index + 1] if index + 1 < len(region) else headings[end]).new_page
        score = (
            _same_words(heading.title, following),
            _same_stem(heading.title, following),
            int(heading.new_page),
        )
        possible = (after_directives and headings[end].list_kind != "verbal" and heading.new_page) or (
            score[:2] > (0, 0) and heading.new_page
        )
        if not after_directives and not (alone and not _mentions_money(heading)):
            possible = False
        if possible and score >= best_score:
            best, best_score = heading, score
    if best:
        best.role = CHAPTER


def _mark_parts(headings: list[Heading]) -> None:
    """Tell parts of a chapter from chapters: the next list belongs to the chapter that is open, or to none."""
    current = ""
    for index, heading in enumerate(headings):
        if heading.role == CHAPTER:
            following = _next_list(headings, index + 1)
            own = _same_words(heading.title, following)
            if current and _same_words(current, following) > own and heading.title.casefold() != COVERING:
                heading.role = SUBCHAPTER
            else:
                current = heading.title
        elif (
            heading.stacked
            and not heading.amount
            and headings[index - 1].role == CHAPTER
            and headings[index - 1].title.casefold() != COVERING
        ):
            heading.role = SUBCHAPTER


def _next_list(headings: list[Heading], start: int) -> str:
    """The area that the next list names, "" where another chapter begins before it."""
    for heading in headings[start:]:
        if heading.role == CHAPTER:
            return ""
        if heading.list_area:
            return heading.list_area
    return ""


def _assign(headings: list[Heading]) -> None:
    """Set role, area and kind of every heading from the chapter and the list it stands in."""
    chapter = area = ""
    kind = DRIFT
    for heading in headings:
        if heading.role == PAGE_NUMBER:
            continue
        if heading.role in (CHAPTER, SUBCHAPTER):
            if heading.role == CHAPTER:
                chapter = heading.title
            area = chapter
            kind = COVERING if chapter.casefold() == COVERING else DRIFT
        elif heading.list_kind:
            heading.role = LIST
            area = heading.list_area or chapter or heading.title
            kind = heading.list_kind
        elif not heading.amount and _LOST_TABLE.fullmatch(heading.title):
            heading.role = LOST_TABLE
            kind = "table"
        elif kind == "table":
            heading.role = LOST_TABLE
        elif not area or (chapter.casefold() == "innledning" and not heading.amount):
            heading.role = INTRODUCTION
        elif kind == "verbal" and not heading.amount:
            heading.role = DIRECTIVE
        else:
            if kind == "verbal":
                area, kind = chapter or area, DRIFT
            heading.role = MEASURE
        heading.area = area
        heading.kind = kind if kind in (DRIFT, INVESTMENT, COVERING) else DRIFT


def _mentions_money(heading: Heading) -> bool:
    return any("million" in line.text or "kroner" in line.text for part in heading.paragraphs for line in part)


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _FILLER]


def _same_words(title: str, area: str) -> int:
    return len(set(_words(title)) & set(_words(area)))


def _same_stem(title: str, area: str) -> int:
    stems = _words(area)
    return sum(any(word.startswith(stem) or stem.startswith(word) for stem in stems) for word in _words(title))

"""Documents with text that somebody means harm by: what a page, a PDF, a spreadsheet or a terminal would obey."""

import itertools
import re

from kommunebudsjett.project import Project
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.registry import load_registry

PAYLOADS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title>", "<!--", "]]>", "&lt;b&gt;", "<label>",
    "[a](javascript:alert(1))", "`code`", "*b* _i_", "[x]", "~~~", "#", "^", "_", "|",
    '#read("/etc/passwd")', "$x^2$", "@ref", "\\#let", "\\", "{{7*7}}", "${7*7}", "{name}", "{}", "%s",
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "'", '"', '""',
    "\x1b[31mrød\x1b[0m", "\x07", "\x0b", "\x0c", "\x7f", "\x85", "\r", "\u202eetsrev\u202c", "\u2066x\u2069", "\u200b",
    "\ufeff", "\u2028", "\U000e0041", "\ue0000\ue001", "\ufffd", "\ufdd0", "e\u0301", "𝟙", "\U0001f600",
)  # fmt: skip
# A label with values after it, in each family's way, and prose. Headings and captions name areas, so they stay.
_LABEL = re.compile(r"(?!Totalt|Sum|Indikator|Tilsyn)(?:<b>)?[A-ZÆØÅ][\wæøå-]{2,} .*?(?:\t|  | )[-−]?\d")
_HEADER = re.compile(r"20\d\d\s+20\d\d|million|Drift|Investeringer -|Verbale")


def make_hostile(project: Project, every: int = 3) -> int:
    """Put a payload into every third label and paragraph of all documents, and one into their titles; how many."""
    payloads = itertools.cycle(PAYLOADS)
    count = 0
    for document in load_registry(project.registry, set(FAMILIES)):
        path = project.raw / document.file
        lines = path.read_text(encoding="utf-8").split("\n")
        for index, line in enumerate(lines):
            label = _LABEL.match(line) and not _HEADER.search(line)
            if "....." not in line and (label or len(line) > 70) and index % every == 0:
                first, _, rest = line.partition(" ")
                lines[index] = f"{first} {next(payloads)} {rest}"
                count += 1
        path.write_text("\n".join(lines), encoding="utf-8", newline="")
    registry = project.registry.read_text(encoding="utf-8")
    title = "title: '=1+1 <script>alert(2)</script> #read(\"/etc/passwd\") [a](javascript:x)'"
    project.registry.write_text(re.sub(r"title: .*", title, registry), encoding="utf-8")
    return count

"""Documents with text that somebody means harm by: what a page, a PDF, a spreadsheet or a terminal would obey."""

import csv
import itertools
import json
import re

from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import load_registry
from kommunebudsjett.readers.stage import FAMILIES

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
# The words of data/reference that are shown to readers. What is looked up, as the names in documents, stays.
_SHOWN = {
    "areas.csv": ("name_nb", "name_en", "cofog_name", "source"),
    "breaks.csv": ("note_nb", "note_en", "source"),
    "glossary.csv": ("explanation_nb", "explanation_en", "source"),
    "population.csv": ("source",),
    "price_growth.csv": ("source",),
    "service_areas.csv": ("note_nb", "note_en"),
    "topics.csv": ("name_nb", "name_en", "why"),
}


def make_configuration_hostile(project: Project) -> int:
    """Put a payload behind every text of data/reference that is shown, and into params.yaml; how many.

    Only what can be seen: the other characters are refused where a person edits them.
    """
    payloads = itertools.cycle(filter(str.isprintable, PAYLOADS))
    count = 0
    for name, columns in _SHOWN.items():
        path = project.reference / name
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            for column in filter(row.get, columns):
                row[column] += f" {next(payloads)}"
                count += 1
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    edition = json.dumps("1 " + " ".join(filter(str.isprintable, PAYLOADS)), ensure_ascii=False)
    params = project.params.read_text(encoding="utf-8").replace(
        'edition: "1"', f"edition: {edition}\n  contact: {edition}"
    )
    assert edition in params
    project.params.write_text(params, encoding="utf-8")
    return count


def make_hostile(project: Project, every: int = 3) -> int:
    """Put a payload into every third label and paragraph of all documents; how many. Their titles, names and addresses
    hold some too."""
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
    title = "'=1+1 <script>alert(2)</script> #read(\"/etc/passwd\") [a](javascript:x)'"
    registry = re.sub(r"  publisher: .*\n", "", registry)
    url = "https://a.example/&lt;script&gt;alert(3)%s=1+1'[b](c)&a=1"
    more = f'  publisher: {title}\n  licence: {title}\n  url: "{url}"'
    registry = re.sub(r"  title: .*", f"  title: {title}\n{more}", registry)
    for document in load_registry(project.registry, set(FAMILIES)):
        # A name as a hurried or hostile person gives it, of what Windows takes too.
        file = f"=1+1 &lt;img src=x onerror=alert(4)&gt; #read('{{{{7+7}}}}') $x^2$ [a](b) %s {document.file}"
        (project.raw / document.file).rename(project.raw / file)
        registry = registry.replace(f"file: {document.file}", f"file: {json.dumps(file)}")
    project.registry.write_text(registry, encoding="utf-8")
    return count

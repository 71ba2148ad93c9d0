"""A report in, a Quarto document out: Markdown with figures as files, and no code that could be executed.

Text is data: every sign that Pandoc or Quarto could take for markup has a backslash before it.
"""

import re

import yaml

from kommunebudsjett.publish.citations import Note, Source, cited
from kommunebudsjett.publish.content import Content
from kommunebudsjett.publish.figures import figure_file
from kommunebudsjett.publish.markup import BLOCKS, Node, Nodes, heading, text, tree
from kommunebudsjett.publish.printing import REGIONS, address_of
from kommunebudsjett.publish.words import WORDS
from kommunebudsjett.report.blocks import source_href

# Any ASCII punctuation can stand after a backslash.
_SIGN = re.compile(r"([!-/:-@\[-`{-~])")
_SPACE = re.compile(r"[ \t\r\n]+")
_HEADINGS = {"h2": "##", "h3": "###", "h4": "####"}


def escaped(words: str) -> str:
    """Text as Markdown that shows just that text.

    >>> escaped("*a* {{< b >}} | 1. c")
    '\\\\*a\\\\* \\\\{\\\\{\\\\< b \\\\>\\\\}\\\\} \\\\| 1\\\\. c'
    """
    return _SIGN.sub(r"\\\1", _SPACE.sub(" ", words))


def document(report: Content, documents: dict[str, Source], facts: dict) -> str:
    """The Quarto document of a report. `facts` are those of the site: languages, edition, date, address."""
    writer = _Writer(report, documents, facts.get("address", ""))
    words = WORDS[report.lang]
    header = {
        "title": escaped(report.title),
        "subtitle": escaped(f"{words['edition']} {facts['edition']}, {facts['date'][report.lang]}"),
        "author": words["site"],
        "lang": report.lang,
        "region": REGIONS[report.lang],
        # Nothing here is to be executed: what a notebook shows is in the document already.
        "engine": "markdown",
        "execute": {"enabled": False},
        "toc-title": words["contents"],
    }
    others = [lang for lang in facts["languages"] if lang != report.lang]
    links = [f"[{escaped(words['home'])}](../index.html)"]
    links += [f'[{WORDS[lang]["language"]}](../{lang}/{report.name}.html){{lang="{lang}"}}' for lang in others]
    return "\n\n".join(
        [
            f"---\n{yaml.safe_dump(header, allow_unicode=True, sort_keys=False)}---",
            f'::: {{.content-visible when-format="html"}}\n{" · ".join(links)}\n:::',
            *writer.blocks(),
            *writer.data(),
            *writer.notes(),
            "",
        ]
    )


class _Writer:
    def __init__(self, report: Content, documents: dict[str, Source], site: str):
        self.report = report
        self.site = site
        self.words = WORDS[report.lang]
        found, self.citations = cited(report.blocks, documents, report.lang)
        self.report_blocks = found
        # Quarto numbers what has an id that begins with fig- or tbl-.
        prefix = {"figure": "fig", "table": "tbl"}
        self.ids = {block["name"]: f"{prefix[block['kind']]}-{block['name']}" for block in found if "name" in block}
        self.ids |= {f"n.{note.number}": f"n.{note.number}" for note in self.citations.notes.values()}
        self.ids |= {block["id"]: block["id"] for block in found if block["kind"] == "heading"}

    def blocks(self) -> list[str]:
        return [piece for block in self.report_blocks for piece in getattr(self, f"_{block['kind']}")(block)]

    # Kinds of blocks.

    def _heading(self, block: dict) -> list[str]:
        return [self._block(heading(block, lambda index: self._value(block["cells"][index])))]

    def _text(self, block: dict) -> list[str]:
        return list(map(self._block, tree(block["html"], lambda index: self._value(block["cells"][index]))))

    def _details(self, block: dict) -> list[str]:
        return [f"**{escaped(block['summary'])}**", *self._text(block)]

    def _quotations(self, block: dict) -> list[str]:
        out = []
        for entry in block["entries"]:
            amount = f": {self._inline(self._value(entry['amount']))}" if entry["amount"] else ""
            out.append(f"**{self._inline(self._value(entry['heading']))}**{amount}")
            lang = block["lang"] or self.report.lang
            quote = "\n>\n".join(f"> {escaped(paragraph)}" for paragraph in entry["paragraphs"])
            lines = self._inline(self._value(entry["lines"]))
            out.append(f'::: {{lang="{lang}"}}\n{quote}\n:::')
            out.append(f"{escaped(entry['place'])} {lines}")
        return out

    def _figure(self, block: dict) -> list[str]:
        picture = (
            f"![{self._caption(block)}]({figure_file(self.report, block, '-wide.svg')})"
            f'{{#fig-{block["name"]} fig-alt="{escaped(block["alt"])}" width="100%"}}'
        )
        return [picture]

    def data(self) -> list[str]:
        """The data of the figures, at the end: folded away it would not be printed."""
        figures = [block for block in self.report_blocks if block["kind"] == "figure"]
        if not figures:
            return []
        tables = [
            self._grid(block, f"tbl-{block['name']}-data", f"{self.words['figures_of']} {block['caption']}")
            for block in figures
        ]
        return [f"## {escaped(self.words['data_tables'])}", *tables]

    def _table(self, block: dict) -> list[str]:
        return [self._grid(block, f"tbl-{block['name']}", block["caption"]), *self._remarks(block)]

    def _caption(self, block: dict) -> str:
        return " ".join([f"{escaped(block['caption']).rstrip('.')}.", *self._remarks(block)])

    def _remarks(self, block: dict) -> list[str]:
        parts = [escaped(block["note"])] if block["note"] else []
        if block["origin"]:
            found = block["origin"]["documents"]
            names = [f"{self._link(doc['href'], escaped(doc['name']))}{_where(doc['where'])}" for doc in found]
            parts.append(f"{escaped(block['origin']['word'])} {'; '.join(names)}.")
        return [" ".join(parts)] if parts else []

    def _grid(self, block: dict, name: str, caption: str) -> str:
        columns = block["columns"]
        values = [[self._inline(self._value(cell, mark=False)) for cell in row] for row in block["rows"]]
        for index in block.get("emphasised", []):
            values[index] = [f"**{value}**" for value in values[index]]
        # What the values show, without the signs of links: how wide the columns are set.
        shown = [[len(cell["text"]) for cell in row] for row in block["rows"]]
        widths = [max([8, *(min(row[index], 60) for row in shown)]) for index in range(len(columns))]
        ends = [":" if column["numeric"] else "-" for column in columns]
        rule = ["-" * (width - 1) + end for width, end in zip(widths, ends, strict=True)]
        head = [escaped(column["header"]) for column in columns]
        lines = [f"| {' | '.join(row)} |" for row in (head, rule, *values)]
        shares = ",".join(str(max(1, round(100 * width / sum(widths)))) for width in widths)
        return "\n".join([*lines, "", f': {escaped(caption)} {{#{name} tbl-colwidths="[{shares}]"}}'])

    def notes(self) -> list[str]:
        """How derived values were computed, with each line that they rest on."""
        if not self.citations.notes:
            return []
        return [f"## {escaped(self.words['notes'])}", *map(self._note, self.citations.notes.values())]

    def _note(self, note: Note) -> str:
        parts = [f"**\\[{note.number}\\]**"]
        parts += [f"{escaped(note.how[0].upper() + note.how[1:])}\\."] if note.how else []
        if note.same_as:
            parts.append(
                f"{escaped(self.words['same_lines'].capitalize())} [\\[{note.same_as}\\]](#n.{note.same_as})\\."
            )
        else:
            found = self.citations.rests_on(note)
            named = [(escaped(name), ", ".join(self._link(href, run) for href, run in runs)) for name, runs in found]
            parts.append("; ".join(f"{name}: {links}" for name, links in named) + "\\.")
        return f"::: {{#n.{note.number}}}\n{' '.join(parts)}\n:::"

    # Values and text.

    def _value(self, cell: dict, mark: bool = True) -> Nodes:
        nodes: Nodes = [cell["text"]]
        if cell.get("page"):
            nodes = [{"e": "a", "c": nodes, "href": cell["page"]}]
        elif cell.get("runs"):
            hrefs = [(run["text"], source_href(run["document"], run["lines"])) for run in cell["runs"]]
            runs = [[", ", {"e": "a", "c": [words], "href": href}] for words, href in hrefs]
            nodes = [node for run in runs for node in run][1:]
        elif cell.get("href"):
            number = [f" [{cell['note']}]"] if cell.get("note") and mark else []
            nodes = [{"e": "a", "c": [*nodes, *number], "href": cell["href"]}]
        return [{"e": "span", "c": nodes, "lang": cell["lang"]}] if cell["lang"] else nodes

    def _inline(self, nodes: Nodes) -> str:
        return "".join(map(self._one, nodes))

    def _one(self, node: Node) -> str:
        if isinstance(node, str):
            return escaped(node)
        inner = self._inline(node["c"])
        match node["e"]:
            case "strong":
                return f"**{inner}**"
            case "em":
                return f"*{inner}*"
            case "br":
                return "\\\n"
            case "a" if node.get("href"):
                return self._link(node["href"], inner)
            case "span" if node.get("lang"):
                return f'[{inner}]{{lang="{node["lang"]}"}}'
        return inner

    def _link(self, href: str, words: str) -> str:
        if not href.startswith("#"):
            return f"[{words}](<{address_of(href, self.report, self.site)}>)"
        # Typst stops at a link to a place that is not there.
        return f"[{words}](#{self.ids[href[1:]]})" if href[1:] in self.ids else words

    def _block(self, node: Node) -> str:
        kind, inner = node["e"], node["c"]
        if kind in _HEADINGS:
            name = f" {{#{node['id']}}}" if "id" in node else ""
            return f"{_HEADINGS[kind]} {self._inline(inner)}{name}"
        if kind in ("ul", "ol"):
            first = int(node.get("start", 1))
            marks = [f"{first + index}. " if kind == "ol" else "- " for index in range(len(inner))]
            return "\n".join(_indented(self._item(item), mark) for mark, item in zip(marks, inner, strict=True))
        if kind == "blockquote":
            return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(map(self._block, inner)).split("\n"))
        if kind == "hr":
            return "---"
        if kind == "pre":
            return "\\\n".join(escaped(line) for line in text(inner).strip("\n").split("\n"))
        return self._inline(inner)

    def _item(self, item: Node) -> str:
        words = [node for node in item["c"] if isinstance(node, str) or node["e"] not in BLOCKS]
        below = [node for node in item["c"] if isinstance(node, dict) and node["e"] in BLOCKS]
        return "\n\n".join([self._inline(words), *map(self._block, below)])


def _where(words: str) -> str:
    return f" ({escaped(words)})" if words else ""


def _indented(words: str, mark: str) -> str:
    """An item of a list: what goes on below its first line stands under its words."""
    return mark + words.replace("\n", "\n" + " " * len(mark))

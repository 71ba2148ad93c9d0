"""What is printed, as the template takes it: words as one string, long words apart, links with their address."""

import pytest

from kommunebudsjett.publish.legible import Legible


def p(*nodes):
    return {"e": "p", "c": list(nodes)}


LINKS = {"#her": {"to": "her"}, "../sources/a.html#L1": {"href": "../sources/a.html#L1"}, "": {}}
LONG = "økonomiplanforutsetninger"


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (p("a ", "b"), {"e": "p", "c": "a b"}),
        (p(), {"e": "p", "c": []}),
        (p("a", {"e": "strong", "c": ["b", "c"]}), {"e": "p", "c": ["a", {"e": "strong", "c": "bc"}]}),
        (p("\u6f22 \ue000"), {"e": "p", "c": "[U+6F22] [U+E000]"}),
        # A long word may be divided in text, but not in a heading, nor at its ends; one without end is cut everywhere.
        (p(f"i {LONG} nå"), {"e": "p", "c": ["i økon", {"e": "long", "c": LONG[4:-3]}, "ger nå"]}),
        (p(LONG), {"e": "p", "c": ["økon", {"e": "long", "c": LONG[4:-3]}, "ger"]}),
        # What stands together is bound, and what a dash joins is whole.
        (
            p({"e": "a", "c": ["12–15"], "href": "#her"}),
            {"e": "p", "c": [{"e": "to", "c": [{"e": "whole", "c": "12–15"}], "to": "her"}]},
        ),
        (
            p("fra 50 000 til ", {"e": "strong", "c": ["8 %"]}),
            {"e": "p", "c": ["fra 50\u00a0000 til ", {"e": "strong", "c": "8\u00a0%"}]},
        ),
        ({"e": "h2", "c": [LONG], "id": LONG}, {"e": "h2", "c": LONG, "id": LONG}),
        ({"e": "code", "c": ["1" * 60]}, {"e": "code", "c": "\u200b".join(["1" * 20] * 3)}),
        (p({"e": "a", "c": ["x"], "href": "#her"}), {"e": "p", "c": [{"e": "to", "c": "x", "to": "her"}]}),
        (
            p({"e": "a", "c": ["x"], "href": "../sources/a.html#L1"}),
            {"e": "p", "c": [{"e": "a", "c": "x", "href": "../sources/a.html#L1"}]},
        ),
        (p({"e": "a", "c": ["x"]}), {"e": "p", "c": [{"e": "span", "c": "x"}]}),
        # The words of an item, and what stands below them.
        ({"e": "li", "c": ["a"]}, {"e": "li", "c": "a", "blocks": []}),
        (
            {"e": "li", "c": ["a", {"e": "ul", "c": [{"e": "li", "c": ["b"]}]}]},
            {"e": "li", "c": "a", "blocks": [{"e": "ul", "c": [{"e": "li", "c": "b", "blocks": []}]}]},
        ),
        (
            {"e": "li", "c": [p("a"), p("b")]},
            {"e": "li", "c": [], "blocks": [{"e": "p", "c": "a"}, {"e": "p", "c": "b"}]},
        ),
        # Cells keep their long words whole: where there is no room for them, the template divides them.
        ({"e": "table", "c": [], "rows": [[[LONG], ["1", "2"]]]}, {"e": "table", "c": [], "rows": [[LONG, "12"]]}),
    ],
)
def test_words_and_links_as_the_template_takes_them(given, made):
    assert Legible(LINKS.__getitem__).of(given) == made

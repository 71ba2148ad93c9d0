"""The HTML of texts as a tree."""

import pytest

from kommunebudsjett.publish.markup import text, tree


def words(index: int) -> list:
    return [f"verdi {index}"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a &lt;b&gt; <strong>c</strong></p>\n", [{"e": "p", "c": ["a <b> ", {"e": "strong", "c": ["c"]}]}]),
        ("<p>Se \ue0001\ue001.</p>", [{"e": "p", "c": ["Se ", "verdi 1", "."]}]),
        ('<h2 id="x">A</h2> løst', [{"e": "h2", "c": ["A"], "id": "x"}, {"e": "p", "c": ["løst"]}]),
        # A list without blank lines and one with them read the same.
        ("<ul>\n<li>a</li>\n</ul>", [{"e": "ul", "c": [{"e": "li", "c": ["a"]}]}]),
        ("<ul>\n<li>\n<p>a</p>\n</li>\n</ul>", [{"e": "ul", "c": [{"e": "li", "c": ["a"]}]}]),
        ("<ol start='3'><li>a</li></ol>", [{"e": "ol", "c": [{"e": "li", "c": ["a"]}], "start": "3"}]),
        # What is not known is left out, its words are not.
        ("<section><p><mark>a</mark></p></section>", [{"e": "p", "c": ["a"]}]),
        ("<p>a<br>b</p>", [{"e": "p", "c": ["a", {"e": "br", "c": []}, "b"]}]),
        ("<p>a</em></p>", [{"e": "p", "c": ["a"]}]),
    ],
)
def test_a_text_becomes_a_tree(html, expected):
    assert tree(html, words) == expected


def test_the_words_of_a_tree():
    assert text(tree("<p>a <em>b <strong>c</strong></em></p>", words)) == "a b c"

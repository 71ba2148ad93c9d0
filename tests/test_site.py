"""The whole published site: who can use it and how, what it weighs, what it loads, and where its links lead."""

import re
import threading
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from axe_playwright_python.sync_playwright import Axe
from justhtml import JustHTML

from kommunebudsjett.publish.html import POLICY, SEARCH_POLICY
from kommunebudsjett.publish.server import server
from tests.test_pages import parsed

LANGUAGES = ("nb", "en")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What depends on whether the page is light or dark; the style sheet changes nothing else.
COLOURS = ["color-contrast", "link-in-text-block"]
# A document is thousands of lines that look the same: axe measures those of its first sections. All rows of tables and
# all notes are measured once, in light at 1280 pixels; in the other passes the first eight of each.
LINES = [".source section:nth-of-type(n + 4)"]
ROWS = [["tbody tr:nth-of-type(n + 9)"], [".notes li:nth-of-type(n + 9)"]]
KILOBYTE = 1000


def html_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def is_front(path: Path) -> bool:
    return path.name == "index.html"


def reports(site: Path, lang: str) -> list[Path]:
    return [
        path for path in sorted((site / lang).glob("*.html")) if path.stem not in ("index", "downloads", "glossary")
    ]


@pytest.fixture(scope="module")
def served(site):
    """The address of the site over HTTP, as `make serve` shows it."""
    with server(site, 0) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()
        thread.join()


@pytest.fixture
def tab(browser):
    """A page that must not complain, nor load anything from elsewhere."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.trouble = []
    page.on("console", lambda message: page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("requestfailed", lambda request: left(request) or page.trouble.append(f"failed: {request.url}"))
    page.on("request", lambda request: is_own(request.url) or page.trouble.append(f"remote: {request.url}"))
    yield page
    page.close()


def left(request) -> bool:
    """Whether the request was given up because the test went on to another page."""
    return request.failure == "net::ERR_ABORTED"


def is_own(address: str) -> bool:
    return address.startswith(("file:", "http://127.0.0.1:"))


# ------------------------------------------------------------------------------------------------------ as files


def test_every_link_and_anchor_resolves_and_none_is_remote(site):
    pages = {path: parsed(path) for path in html_pages(site)}
    assert {site / "index.html", site / "404.html", *(site / lang / "index.html" for lang in LANGUAGES)} <= set(pages)
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), f"{path.name} uses an id twice"
        assert page.links
        for link in page.links:
            address, anchor = urldefrag(link)
            assert ":" not in address, f"{path.name} links outside the site: {link}"
            folder = site if address.startswith("/") else path.parent
            target = (folder / unquote(address).lstrip("/")).resolve() if address else path
            assert target.is_file(), f"{path.name}: {link}"
            if anchor:
                assert anchor in pages[target].ids, f"{path.name}: {link}"


def test_every_page_is_valid_html_in_one_language_with_a_policy(site):
    for path in html_pages(site):
        text = path.read_text(encoding="utf-8")
        assert JustHTML(text, collect_errors=True).errors == [], path
        lang = path.parent.name if path.parent.name in LANGUAGES else "nb"
        assert text.startswith(f'<!DOCTYPE html>\n<html lang="{lang}">'), path
        policy = SEARCH_POLICY if is_front(path) else POLICY
        escaped = policy.replace("'", "&#39;")
        assert re.search(f'<meta http-equiv="Content-Security-Policy" content="{re.escape(escaped)}">', text), path
        # A policy holds for what comes after it.
        assert text.index("Content-Security-Policy") < min(
            text.index(tag) for tag in ("<link", "<script", "<img") if tag in text
        )
        assert " style=" not in text and "<style" not in text, path
        assert len(re.findall("<h1>", text)) == 1, path


def test_what_the_pages_weigh(site):
    assets = sum(path.stat().st_size for path in (site / "assets").iterdir())
    for path in html_pages(site):
        if path.parent.name == "sources":
            continue
        # What a page shows, not what it links to.
        files = set(re.findall(r'(?:src|srcset)="([^"]*figures/[^"]+\.(?:svg|png))"', path.read_text(encoding="utf-8")))
        sizes = {file: (path.parent / file).stat().st_size for file in files}
        # A browser loads each figure in one of its two widths.
        unused = ("-narrow.svg", "-wide.svg")
        loaded = max(sum(size for file, size in sizes.items() if not file.endswith(end)) for end in unused)
        weight = assets + path.stat().st_size + loaded
        most = 100 if is_front(path) else 300
        assert weight <= most * KILOBYTE, (path, weight)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_front_page_tells_each_report_by_its_own_first_sentence(site, lang):
    front = (site / lang / "index.html").read_text(encoding="utf-8")
    assert reports(site, lang)
    for path in reports(site, lang):
        text = path.read_text(encoding="utf-8")
        about = dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', text))
        assert about["og:title"] == re.search("<h1>(.*?)</h1>", text)[1]
        assert about["og:description"] == about["description"]
        assert len(about["description"]) > 20
        assert about["og:locale"] == {"nb": "nb_NO", "en": "en_GB"}[lang]
        card = front[front.index(f'<li id="report-{path.stem}">') :]
        card = card[: card.index("</li>")]
        # A report on an area goes by the name of the area, which its title begins with.
        title = re.search(f'<a href="../{lang}/{path.name}">(.*?)</a>', card)[1]
        assert about["og:title"].startswith(title) if path.stem.startswith("area-") else about["og:title"] == title
        assert about["description"] in card
        assert ("<img" in card) == (f"figures/{path.stem}-" in text)


def test_figures_and_tables_can_be_downloaded(site):
    for lang in LANGUAGES:
        page = parsed(site / lang / "downloads.html")
        for path in reports(site, lang):
            drawn = {link for link in parsed(path).links if link.endswith("-wide.svg")}
            assert drawn <= set(page.links)
            assert {link.replace("-wide.svg", ".csv") for link in drawn} <= set(page.links)
        assert {f"../data/{path.name}" for path in (site / "data").glob("*.csv")} <= set(page.links)
    nb, en = ((site / lang / "downloads.html").read_text(encoding="utf-8") for lang in LANGUAGES)
    assert "Én rad er" in nb and "One row is" not in nb
    assert "One row is" in en and "Én rad" not in en


# ------------------------------------------------------------------------------------------------- in a browser


def violations(page, rules: dict, context: dict | None = None) -> str:
    # Without preload axe does not fetch the style sheet itself, which the policy of the pages would not let it.
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
    # A page that is measured several times loads axe once.
    axe = Axe("0") if page.evaluate("'axe' in window") else Axe()
    results = axe.run(page, context=context, options=options)
    assert results.response["testEngine"]["name"] == "axe-core"
    return results.generate_report() if results.violations_count else ""


@pytest.mark.parametrize("lang", [*LANGUAGES, ""])
def test_axe_finds_nothing_on_any_page_in_either_theme_at_either_width(site, tab, lang):
    """The pages in English have the parts and colours of those in Norwegian, so that their words are measured once."""
    for path in html_pages(site):
        if path.name == "404.html":
            continue  # Its links begin at the root of a host: see the test over HTTP.
        folder = path.relative_to(site).parts[0]
        if lang != (folder if folder in LANGUAGES else ""):
            continue
        tab.goto(path.as_uri())
        # What is folded away is measured too.
        tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme=scheme)
            for width in (320, 1280):
                tab.set_viewport_size({"width": width, "height": 900})
                assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
                every_row = scheme == "light" and width == 1280
                if lang == "en" and not every_row:
                    continue
                rules = {"type": "tag", "values": RULES} if scheme == "light" else {"type": "rule", "values": COLOURS}
                context = {"exclude": [LINES] if every_row else [LINES, *ROWS]}
                assert violations(tab, rules, context) == "", (path, scheme, width)
    assert tab.trouble == []


def test_axe_would_find_a_fault(tab):
    tab.set_content("<html><body><img src='x.png'><p style='color: #ccc'>Grått</p></body></html>")
    found = violations(tab, {"type": "tag", "values": RULES})
    assert "image-alt" in found
    assert "color-contrast" in found


def test_pages_open_as_files_without_a_network(site, tab):
    for path in html_pages(site):
        if path.name == "404.html":
            continue
        tab.goto(path.as_uri())
        tab.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
        # Not `wait_for_function`, which the policy of the pages stops while it waits.
        loaded = "image => image.complete || new Promise(done => { image.onload = image.onerror = done })"
        tab.evaluate(f"Promise.all([...document.images].map({loaded})).then(() => null)")
        assert tab.evaluate("[...document.images].every(image => image.naturalWidth > 0)"), path
        # The page of a document is as wide as its lines.
        widest = "992px" if path.parent.name == "sources" else "800px"
        assert tab.evaluate("getComputedStyle(document.body).maxWidth") == widest, "the style sheet is not applied"
        if is_front(path):
            assert tab.locator("#search-offline").is_visible()
            assert tab.locator("#search-box").is_hidden()
    assert tab.trouble == []


def test_pages_open_over_http_and_load_nothing_from_elsewhere(site, served, tab):
    for path in html_pages(site):
        response = tab.goto(served + path.relative_to(site).as_posix())
        assert response.status == 200
        if is_front(path):
            assert tab.locator("#search-offline").is_hidden()
            assert tab.get_by_role("searchbox").is_visible()
    assert tab.trouble == []


@pytest.mark.parametrize("path", ["nowhere", "nb/nowhere.html", "a/b/c/d"])
def test_a_lost_address_at_any_depth_leads_to_the_front_page(served, tab, path):
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        assert tab.goto(served + path).status == 404
        assert tab.evaluate("getComputedStyle(document.body).maxWidth") == "800px"
        assert violations(tab, {"type": "tag", "values": RULES}) == ""
    assert tab.get_by_role("heading", name="There is no such page").is_visible()
    tab.get_by_role("link", name="Til forsiden").click()
    assert tab.url == served + "nb/index.html"


# What can be found, by the language of the page: words, the kind that is asked for, and where the first one leads.
FOUND = [
    ("nb", "skolefritidsordningen", "topic", r"\.html#"),
    ("nb", "vikarinnleie", "measure", r"sources/rodgronne-2020\.html#L\d+$"),
    ("nb", "oppvekst", "goal", r"sources/trondheim-2025\.html#L\d+$"),
    ("nb", "kommunedirektøren", "directive", r"sources/rodgronne-2020\.html#L\d+$"),
    ("nb", "disposisjonsfond", "report", r"/nb/.+\.html"),
    ("nb", "Granåsen", "document", r"sources/.+\.html#L\d+$"),
    ("en", "kindergartens", "topic", r"\.html#"),
    ("en", "Granåsen", "document", r"sources/.+\.html#L\d+$"),
    ("en", "debt", "report", r"/en/.+\.html"),
]


@pytest.mark.parametrize(("lang", "words", "kind", "leads_to"), FOUND)
def test_the_search_finds(served, tab, lang, words, kind, leads_to):
    tab.goto(f"{served}{lang}/index.html")
    tab.get_by_role("searchbox").fill(words)
    tab.get_by_role("combobox").select_option(kind)
    first = tab.locator("#results a").first
    first.wait_for()
    assert re.search(leads_to, first.evaluate("link => link.href"))
    assert words.lower() in tab.locator("#search-status").inner_text().lower()
    assert violations(tab, {"type": "tag", "values": RULES}) == ""
    first.click()
    tab.wait_for_url(re.compile(leads_to))
    if "#" in tab.url:
        # The address changes before the line is there: the page of a document is long.
        tab.locator(":target").wait_for(state="attached")
    assert tab.trouble == []


def test_the_search_says_when_it_finds_nothing_and_keeps_the_words_in_the_address(served, tab):
    tab.goto(f"{served}nb/index.html")
    tab.get_by_role("searchbox").fill("<b>qwxyz</b>")
    tab.get_by_text("Ingen treff på «<b>qwxyz</b>».").wait_for()
    tab.reload()
    tab.get_by_text("Ingen treff på «<b>qwxyz</b>».").wait_for()
    tab.get_by_role("searchbox").fill("q")
    tab.get_by_text("Skriv minst to bokstaver.").wait_for()
    assert tab.trouble == []


def tab_to(page, condition: str) -> None:
    """Press Tab until the focus is on an element for which the condition (JavaScript on `it`) holds."""
    for _ in range(600):
        page.keyboard.press("Tab")
        if page.evaluate(f"(it => {condition})(document.activeElement)"):
            shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert shown != "none", "the focus is not seen"
            return
    raise AssertionError(f"the keyboard does not reach {condition}")


def test_a_keyboard_is_enough(served, tab):
    tab.goto(served)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert tab.locator(".skip").bounding_box()["x"] >= 0
    tab_to(tab, "it.hreflang === 'en'")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/en/index.html")

    tab_to(tab, "it.type === 'search'")
    tab.keyboard.type("kommune")
    tab.locator("#results a").first.wait_for()
    tab_to(tab, "it.id === 'more'")
    tab.keyboard.press("Enter")
    tab.locator("#results > li:nth-child(11) a:focus").wait_for()

    tab.goto(f"{served}en/index.html")
    tab_to(tab, "it.closest('.cards') && it.closest('h3')")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/en/overview.html")
    tab_to(tab, "it.matches('th button')")
    header = tab.locator("th:has(button:focus)")
    assert header.get_attribute("aria-sort") is None
    tab.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") in ("ascending", "descending")
    before = header.get_attribute("aria-sort")
    tab.keyboard.press("Space")
    assert header.get_attribute("aria-sort") not in (None, before)
    assert tab.trouble == []


def test_the_language_switch_keeps_the_page(site, tab):
    for path in [*reports(site, "nb"), site / "nb" / "index.html", site / "nb" / "downloads.html"]:
        tab.goto(path.as_uri())
        tab.get_by_role("link", name="English", exact=True).click()
        assert tab.url == (site / "en" / path.name).as_uri()
        assert tab.evaluate("document.documentElement.lang") == "en"
        tab.get_by_role("link", name="Bokmål", exact=True).click()
        assert tab.url == path.as_uri()
    tab.goto((site / "index.html").as_uri())
    tab.get_by_role("link", name="English", exact=True).click()
    assert tab.url == (site / "en" / "index.html").as_uri()
    assert tab.trouble == []

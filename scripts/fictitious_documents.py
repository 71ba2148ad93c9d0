"""Make the documents of a year to come, for the tutorial (docs/new-year.md) and the tests: an alternative budget for
2027 as Word file and an annual report for 2026 as web page, with numbers that nobody has proposed.

    python -m scripts.fictitious_documents FOLDER [trondheim or nordvik]
"""

import sys
from pathlib import Path

from tests.forms.makers import of_model, word
from tests.pdfs import chromium_maker
from tests.pdfs.model import Document, Layout
from tests.pdfs.new_year import NORDVIK, TRONDHEIM, Place, alternative_budget, annual_report
from tests.pdfs.typst_maker import make

PLACES = {"trondheim": TRONDHEIM, "nordvik": NORDVIK}


def write(document: Document, path: Path) -> Path:
    """Write one document, in the form that the suffix of its file says: Word, a web page, or PDF."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".docx":
        return word(path, of_model(document))
    if path.suffix == ".html":
        path.write_text(chromium_maker.html(document, Layout()), encoding="utf-8")
        return path
    made = make(document, Layout(rules="hairlines", size=9, head=document.title), path.parent)
    return made.rename(path)


def documents(place: Place) -> dict[str, Document]:
    """The documents of a year to come, by the name of their file."""
    return {
        "Alternativt budsjett 2027.docx": alternative_budget(place, 2027),
        "Årsberetning 2026.html": annual_report(place, 2026),
    }


def main(folder: Path, place: Place) -> int:
    for name, document in documents(place).items():
        print(write(document, folder / name))
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2 or (len(sys.argv) > 2 and sys.argv[2] not in PLACES):
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), PLACES[sys.argv[2] if len(sys.argv) > 2 else "trondheim"]))

"""Documents as programs save them: Word and ODT files by LibreOffice Writer and Pandoc, web pages by Chromium."""

import shutil
import subprocess
from pathlib import Path

import pypandoc
import pytest
from playwright.sync_api import Browser


def libreoffice(source: Path, kind: str, folder: Path) -> Path:
    """A file as LibreOffice Writer saves it. Skips the test where LibreOffice is missing."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice on PATH")
    folder.mkdir(exist_ok=True)
    words = [
        program, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'office').as_uri()}",
        "--convert-to", kind, "--outdir", str(folder), str(source),
    ]  # fmt: skip
    subprocess.run(words, capture_output=True, check=True, timeout=300)
    return folder / f"{source.stem}.{kind.partition(':')[0]}"


def pandoc(source: Path, kind: str, folder: Path) -> Path:
    """A file as Pandoc writes it."""
    folder.mkdir(exist_ok=True)
    made = folder / f"{source.stem}.{kind}"
    pypandoc.convert_file(str(source), kind, outputfile=str(made))
    return made


def chromium_page(browser: Browser, source: Path, folder: Path) -> Path:
    """A page as Chromium has it when it is saved: with what its parser and its scripts have made of it."""
    tab = browser.new_page()
    tab.goto(source.as_uri())
    made = folder / "lagret.html"
    made.write_text(tab.content(), encoding="utf-8")
    tab.close()
    return made


def chromium_mhtml(browser: Browser, source: Path, folder: Path) -> Path:
    """A page as Chromium saves it in one file."""
    tab = browser.new_page()
    tab.goto(source.as_uri())
    snapshot = tab.context.new_cdp_session(tab).send("Page.captureSnapshot", {"format": "mhtml"})
    made = folder / "lagret.mhtml"
    made.write_text(snapshot["data"], encoding="utf-8", newline="")
    tab.close()
    return made

"""The process that reads one file: its path, kind and most memory in, the text as JSON out."""

import json
import sys
import zipfile
from pathlib import Path

from kommunebudsjett.core.texts import Text
from kommunebudsjett.forms.limits import MOST_SECONDS
from kommunebudsjett.forms.problem import ProblemError


def main(path: str, kind: str, memory: str) -> dict:
    """The fields of the text; or the error and its remedy."""
    _limit(int(memory))
    try:
        return text_of(Path(path), kind)._asdict()
    except ProblemError as problem:
        return {"error": problem.message, "remedy": problem.remedy}
    except (MemoryError, RecursionError):
        return {"error": "the file needs more memory than is allowed", "remedy": "split the document"}


def text_of(path: Path, kind: str) -> Text:
    """The canonical text of a file. Raises ProblemError where it cannot be read, or holds no text."""
    text = _text_of(path, kind)
    if not any(line.strip() for line in text.lines):
        raise ProblemError("the document has no text", "see that it is the document that was meant")
    return text


def _text_of(path: Path, kind: str) -> Text:
    if kind == "pdf":
        from kommunebudsjett.pdf.extraction import extract

        return extract(str(path))
    from kommunebudsjett.forms.kinds import KINDS, extractor
    from kommunebudsjett.forms.lost import without_lost_numbers
    from kommunebudsjett.forms.packages import check_package
    from kommunebudsjett.forms.writing import write

    if KINDS[kind].in_child and zipfile.is_zipfile(path):
        check_package(path)
    found = extractor(kind)(path)
    return without_lost_numbers(found if isinstance(found, Text) else write(found))


def _limit(memory: int) -> None:
    """Bound what this process may use, where the system can; time is bounded by whoever started it, too."""
    try:
        import resource
    except ImportError:
        return
    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, MOST_SECONDS)):
        hard = resource.getrlimit(limit)[1]
        resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    file, file_kind, most_memory = sys.argv[1:]
    answer = main(file, file_kind, most_memory)
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))

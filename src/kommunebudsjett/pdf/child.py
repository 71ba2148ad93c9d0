"""The process that reads one PDF: its path, the form of the text and the most memory in, the text as JSON out."""

import json
import sys
from typing import cast

from kommunebudsjett.core.texts import Form
from kommunebudsjett.pdf.limits import MOST_SECONDS
from kommunebudsjett.pdf.problem import ProblemError


def main(path: str, form: Form, memory: str) -> dict:
    """The lines of the text, the first line of each page and what was left out; or the error and its remedy."""
    _limit(int(memory))
    from kommunebudsjett.pdf.extraction import extract

    try:
        text = extract(path, form)
    except ProblemError as problem:
        return {"error": problem.message, "remedy": problem.remedy}
    except MemoryError:
        return {
            "error": "the PDF needs more memory than is allowed",
            "remedy": "split the document, or register a text of it in place of the PDF",
        }
    return {"lines": text.lines, "pages": text.pages, "left_out": text.left_out}


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
    file, text_form, most_memory = sys.argv[1:]
    answer = main(file, cast(Form, text_form), most_memory)
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))

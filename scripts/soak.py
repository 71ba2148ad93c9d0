"""Search for faults with random bad input until one is found or the time is over.

First everything once: a round of the property tests, and the tests that take too long for `make test`. Then more rounds
of the property tests, each with other examples. The first part is always run to its end.
"""

import os
import random
import shlex
import subprocess
import sys
import time

# Those that hypothesis gives examples to. A round of them takes minutes.
PROPERTIES = "hypothesis"
# Those that cause faults in a project. Another run of them tells little more, and takes most of an hour.
LONG = "soak and not hypothesis"


def soak(minutes: float) -> int:
    """Print each command, which repeats what it finds; the exit code of the first that failed, else 0."""
    end = time.monotonic() + 60 * minutes
    rounds = 0
    while rounds == 0 or time.monotonic() < end:
        rounds += 1
        code = _round(PROPERTIES)
        if not code and rounds == 1:
            code = _round(LONG)
        if code:
            print("found something; the command above repeats it")
            return code
    print(f"everything once and {rounds} rounds of the property tests, nothing found")
    return 0


def _round(tests: str) -> int:
    # Hypothesis takes its examples from its seed, the kills of `make reports` their moments from SEED.
    seed = str(random.SystemRandom().randrange(2**32))
    words = ["-m", "pytest", "-q", "-x", "-m", tests, "--hypothesis-profile=soak", f"--hypothesis-seed={seed}"]
    print(f"SEED={seed} {shlex.join([sys.executable, *words])}", flush=True)
    return subprocess.run([sys.executable, *words], env={**os.environ, "SEED": seed}).returncode


if __name__ == "__main__":
    sys.exit(soak(float(sys.argv[1])))

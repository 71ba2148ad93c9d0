"""Run the property tests again and again, each time with other examples, until one fails or the time is over."""

import random
import shlex
import subprocess
import sys
import time

# Those that hypothesis gives examples to, and those that take too long for `make test`.
TESTS = "hypothesis or soak"


def soak(minutes: float) -> int:
    """Print the command of each round, which repeats it; the exit code of the round that failed, else 0."""
    end = time.monotonic() + 60 * minutes
    rounds = 0
    while time.monotonic() < end:
        rounds += 1
        seed = random.SystemRandom().randrange(2**32)
        words = ["pytest", "-q", "-x", "-m", TESTS, "--hypothesis-profile=soak", f"--hypothesis-seed={seed}"]
        print(f"round {rounds}: {shlex.join(words)}", flush=True)
        code = subprocess.run([sys.executable, "-m", *words]).returncode
        if code:
            print("found something; the command above repeats it")
            return code
    print(f"{rounds} rounds, nothing found")
    return 0


if __name__ == "__main__":
    sys.exit(soak(float(sys.argv[1])))

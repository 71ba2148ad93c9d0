"""How much a PDF may hold, beside what holds for all forms (`forms/limits.py`).

Far more than any budget document, far less than what fills a machine.
"""

MOST_PAGES = 2_000
MOST_CHARACTERS = 8_000_000
MOST_CHARACTERS_A_PAGE = 200_000
MOST_RULES_A_PAGE = 20_000
MOST_OBJECTS_A_PAGE = 200_000
MOST_SEGMENTS_A_PATH = 4_000

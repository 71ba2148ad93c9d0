"""How much a PDF may be and ask for. Far more than any budget document, far less than what fills a machine."""

MOST_BYTES = 200 << 20
MOST_PAGES = 2_000
MOST_CHARACTERS = 8_000_000
MOST_CHARACTERS_A_PAGE = 200_000
MOST_RULES_A_PAGE = 20_000
MOST_OBJECTS_A_PAGE = 200_000
MOST_SEGMENTS_A_PATH = 4_000
MOST_SECONDS = 300
MOST_MEMORY = 1 << 30

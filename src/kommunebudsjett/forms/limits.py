"""How much a document's file may be and ask for, whatever its form.

Far more than any budget document, far less than what fills a machine. Forms have limits of their own beside these.
"""

MOST_BYTES = 200 << 20
MOST_SECONDS = 300
MOST_MEMORY = 1 << 30
# What the canonical text may be.
MOST_LINES = 200_000
MOST_CHARACTERS = 20_000_000
# Files in a package (ZIP): how many, how large unpacked each and together, and how many times as large as packed.
MOST_MEMBERS = 20_000
MOST_UNPACKED_FILE = 128 << 20
MOST_UNPACKED = 512 << 20
MOST_RATIO = 250
# Below this size a high ratio is no danger: XML of a few kilobytes packs well.
RATIO_MATTERS_ABOVE = 4 << 20
# Elements within elements. Browsers stop at 512; what people write has less than a hundred.
MOST_DEPTH = 250
# Columns and rows that one cell may span, and columns of a table.
MOST_SPAN = 1_000
MOST_COLUMNS = 500
MOST_CELLS = 1_000_000

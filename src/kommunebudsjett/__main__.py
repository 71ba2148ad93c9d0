"""`python -m kommunebudsjett`."""

from kommunebudsjett.cli import main

main()

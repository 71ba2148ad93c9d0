"""Clean tables: what the readers read, in one set of service areas and prices, checked against contracts."""

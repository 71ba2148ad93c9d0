"""The audit: clean tables in, inconsistencies of the sources out. Every check is general; none knows a document."""

"""Publishing: executed notebooks in, the site (HTML, PDF, source pages, data) out."""

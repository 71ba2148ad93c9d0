"""Municipal budget documents, read as they were published and set side by side."""

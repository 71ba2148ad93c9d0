"""Made-up budget documents, and the programs that set them as PDF: Typst, LibreOffice and Chromium."""

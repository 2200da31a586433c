"""A statement as a PDF: the document that is handed over, with who signed it."""

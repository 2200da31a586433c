"""PDF documents, set by Typst."""

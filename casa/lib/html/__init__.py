"""HTML: the sanitizer, pasted documents, and sanitized words as a tree."""

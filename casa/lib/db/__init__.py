"""Model fields, append-only rows, keyset pages and word search."""

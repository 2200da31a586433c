"""What visitors browse, page by page: the names under a statement, and the directory."""

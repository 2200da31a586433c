"""What visitors read of statements: pages, lists, feeds, news."""

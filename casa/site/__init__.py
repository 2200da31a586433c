"""The public site as a whole: appearance, error pages, well-known files, page heads."""

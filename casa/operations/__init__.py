"""Running the site: its processes, whether all of it works, and what there is to do if not."""

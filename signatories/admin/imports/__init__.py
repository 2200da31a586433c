"""The import desk of the back office: lists, press releases and single signatures that came in."""

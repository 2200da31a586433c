"""The import screens of the back office: lists, press releases, single signatures."""

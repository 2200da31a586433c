"""What visitors and programs read of signatories: lists, directory, feeds, embeds, API."""

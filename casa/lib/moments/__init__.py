"""Days and moments: read as staff type them, said in words, and the form fields for both."""

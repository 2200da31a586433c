"""What is handed over: frozen at a moment, made into files, kept with its checksum."""

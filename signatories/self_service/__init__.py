"""What signers do by their private link: edit, withdraw, download, erase, answer a correction."""

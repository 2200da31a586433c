"""What visitors and signers are answered: one module for each part of the site."""

"""What programs read of signatories and their organizations."""

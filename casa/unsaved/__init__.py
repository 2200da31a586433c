"""What staff typed or chose and could not save: kept for some days, and offered back."""

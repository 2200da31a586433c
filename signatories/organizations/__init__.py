"""The directory of organizations: its entries, how they are found, verified and pictured."""

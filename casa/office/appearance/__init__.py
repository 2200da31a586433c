"""Staff edit how the site looks, see it before anybody else does, and make it public."""

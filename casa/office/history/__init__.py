"""Who changed which word when: History pages of the back office, and the file for a lawyer."""

"""Reports that are sent: one definition, and all that is made from it."""

"""What is shown of exchange: one file a page."""

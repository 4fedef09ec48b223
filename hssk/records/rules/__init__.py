"""What is true of entries: soundness, sections and tiers, sensitive labels, editions. Pure."""

"""Going to those who are missing: lawful lists for hamlets, on loan."""

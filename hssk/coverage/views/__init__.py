"""The pages of coverage: from the city to the person, and the lists behind every count."""

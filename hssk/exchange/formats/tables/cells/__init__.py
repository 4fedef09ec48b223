"""What one cell means: dates, identifiers, phones and small words. Each says what it doubts."""

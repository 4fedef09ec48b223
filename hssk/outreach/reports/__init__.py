"""Reports that count visits and reasons: kinds of coverage's reports, added from here."""

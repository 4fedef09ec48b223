"""Table files: .xlsx, .xls, .ods, .csv, read by content and written as their users know them."""

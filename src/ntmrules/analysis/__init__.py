"""Looking at rules: which ones are stricter than others, and for whom."""

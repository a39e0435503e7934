"""What rules and units mean, apart from how they were written."""

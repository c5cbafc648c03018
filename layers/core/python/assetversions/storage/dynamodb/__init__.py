"""Everything that is kept in the table."""

"""Everything that is kept in the buckets."""

"""What operations share: lookups, commits, leases, snapshots, restores, jobs, budgets, paging."""

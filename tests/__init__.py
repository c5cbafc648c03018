"""The tests; a package, so that the tiers share their fakes and the contract suite."""

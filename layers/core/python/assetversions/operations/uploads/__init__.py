"""Uploads into an asset: start, complete, abort."""

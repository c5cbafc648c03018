"""Uploads into an asset: start, renew the links, complete, abort."""

"""The rules of versions, in plain Python: no AWS, no HTTP."""

"""The working files of an asset: listings, downloads, archive and revert of single files."""

"""The working files of an asset: uploads, downloads, listings, archive and revert of single files."""

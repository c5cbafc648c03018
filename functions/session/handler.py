"""Lambda: who has signed in, and where files are kept."""

from assetversions.runtime.endpoint import family

handler = family("session")

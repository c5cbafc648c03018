"""`python -m avs` is `avs`."""

from avs.app import main

main()

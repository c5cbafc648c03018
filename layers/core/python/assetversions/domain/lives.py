"""An id is free again once its asset is deleted: what the next one of that id has for an id inside."""

# No id that a caller may choose has it, so whatever stands under such an id is of no other asset.
_LIFE = ":"


def public_id(asset_id: str) -> str:
    return asset_id.partition(_LIFE)[0]


def life(asset_id: str) -> int:
    """How many assets of this id there were, with this one."""
    return int(asset_id.partition(_LIFE)[2] or 1)


def in_life(public: str, number: int) -> str:
    return public if number == 1 else f"{public}{_LIFE}{number}"

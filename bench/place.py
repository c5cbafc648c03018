"""The asset's files, for everybody who is measured."""

from bench.aws.objects import Objects

DATABASE, ASSET = "bench", "asset"
PREFIX = f"{DATABASE}/{ASSET}/"


def seeded(count: int) -> Objects:
    return Objects(PREFIX, count)


def spread(objects: Objects, count: int) -> list[str]:
    keys = objects.seeded
    return [keys[number * len(keys) // count] for number in range(count)]


def change(objects: Objects, count: int) -> list[str]:
    """Overwrite this many files, evenly spread."""
    keys = spread(objects, count)
    for number, key in enumerate(keys):
        objects.write(key, 2_000 + number, f"{number:032x}")
    return keys

"""What may be written in one action, alone or in a transaction; nothing is sent here."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from assetversions.storage.dynamodb import keys

Item = dict[str, Any]


class Actions:
    """The actions on one table."""

    def __init__(self, name: str) -> None:
        self.name = name

    def put(self, item: Item) -> Item:
        """The action of a transaction that stores an item."""
        return {"Put": {"TableName": self.name, "Item": item}}

    def put_new(self, item: Item) -> Item:
        """The action of a transaction that stores an item whose key must be free."""
        condition = f"attribute_not_exists({keys.PARTITION})"
        return {"Put": {"TableName": self.name, "Item": item, "ConditionExpression": condition}}

    def put_unless(self, item: Item, mark: str) -> Item:
        """The action that stores an item, be it new, unless the one there has this mark."""
        return {
            "Put": {
                "TableName": self.name,
                "Item": item,
                "ConditionExpression": "attribute_not_exists(#m)",
                "ExpressionAttributeNames": {"#m": mark},
            }
        }

    def put_if(self, item: Item, known: Item) -> Item:
        """The action that replaces an item which must have the values of `known` (`a.b` is b of a)."""
        equal, names, given = _terms(known, "c")
        return {
            "Put": {
                "TableName": self.name,
                "Item": item,
                "ConditionExpression": " AND ".join(equal),
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": given,
            }
        }

    def put_next(self, item: Mapping[str, Any], counter: str, seen: int) -> Item:
        """The action that stores an item, its counter moved on, if that is still as seen; 0 is no item."""
        after = {**item, counter: seen + 1}
        return self.put_if(after, {counter: seen}) if seen else self.put_new(after)

    def set(self, key: keys.Key, values: Item) -> Item:
        """The action that sets values of an item, be it new."""
        sets, names, given = _terms(values, "s")
        return {
            "Update": {
                "TableName": self.name,
                "Key": key,
                "UpdateExpression": f"SET {', '.join(sets)}",
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": given,
            }
        }

    def set_known(self, key: keys.Key, values: Item, known: Item) -> Item:
        """The action that sets values of an item which must have those of `known`."""
        equal, names, given = _terms(known, "c")
        update = self.set(key, values)["Update"]
        return {
            "Update": update
            | {
                "ConditionExpression": " AND ".join(equal),
                "ExpressionAttributeNames": update["ExpressionAttributeNames"] | names,
                "ExpressionAttributeValues": update["ExpressionAttributeValues"] | given,
            }
        }

    def set_if(self, key: keys.Key, values: Item, attribute: str, allowed: Sequence[object]) -> Item:
        """The action that sets values of an item whose `attribute` must be one of `allowed`."""
        names = {f"#{index}": name for index, name in enumerate((attribute, *values))}
        given = {f":v{index}": value for index, value in enumerate(values.values(), start=1)}
        may_be = {f":a{index}": value for index, value in enumerate(allowed)}
        sets = ", ".join(f"#{index} = :v{index}" for index in range(1, len(values) + 1))
        return {
            "Update": {
                "TableName": self.name,
                "Key": key,
                "UpdateExpression": f"SET {sets}",
                "ConditionExpression": f"#0 IN ({', '.join(may_be)})",
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": given | may_be,
            }
        }

    def add_members(self, key: keys.Key, facts: Item, attribute: str, members: Collection[str]) -> Item:
        """The action that sets facts and adds members to a set that has none of them yet."""
        names = {f"#{index}": name for index, name in enumerate((attribute, *facts))}
        given = {f":v{index}": value for index, value in enumerate(facts.values(), start=1)}
        new = {f":m{index}": member for index, member in enumerate(sorted(members))}
        sets = ", ".join(f"#{index} = :v{index}" for index in range(1, len(facts) + 1))
        return {
            "Update": {
                "TableName": self.name,
                "Key": key,
                "UpdateExpression": f"SET {sets} ADD #0 :all",
                "ConditionExpression": " AND ".join(f"NOT contains(#0, {name})" for name in new),
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": given | new | {":all": set(members)},
            }
        }

    def drop_members(self, key: keys.Key, attribute: str, members: Collection[str]) -> Item:
        """The action that takes members out of a set that has all of them."""
        gone = {f":m{index}": member for index, member in enumerate(sorted(members))}
        return {
            "Update": {
                "TableName": self.name,
                "Key": key,
                "UpdateExpression": "DELETE #0 :all",
                "ConditionExpression": " AND ".join(f"contains(#0, {name})" for name in gone),
                "ExpressionAttributeNames": {"#0": attribute},
                "ExpressionAttributeValues": gone | {":all": set(members)},
            }
        }

    def delete(self, key: keys.Key) -> Item:
        """The action of a transaction that removes an item."""
        return {"Delete": {"TableName": self.name, "Key": key}}

    def delete_if(self, key: keys.Key, known: Item) -> Item:
        """The action that removes an item which must have the values of `known`."""
        equal, names, given = _terms(known, "c")
        condition = {
            "ConditionExpression": " AND ".join(equal),
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": given,
        }
        return {"Delete": self.delete(key)["Delete"] | condition}

    def delete_existing(self, key: keys.Key) -> Item:
        """The action of a transaction that removes an item, which must be there."""
        condition = f"attribute_exists({keys.PARTITION})"
        return {"Delete": {"TableName": self.name, "Key": key, "ConditionExpression": condition}}


def _terms(values: Item, mark: str) -> tuple[list[str], dict[str, str], Item]:
    """Each path `=` its value, and the names and values that these terms stand on."""
    terms: list[str] = []
    names: dict[str, str] = {}
    given: Item = {}
    for index, (path, value) in enumerate(values.items()):
        parts = {f"#{mark}{index}_{depth}": part for depth, part in enumerate(path.split("."))}
        terms.append(f"{'.'.join(parts)} = :{mark}{index}")
        names |= parts
        given[f":{mark}{index}"] = value
    return terms, names, given

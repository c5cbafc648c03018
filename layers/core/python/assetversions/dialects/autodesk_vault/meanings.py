"""What the parameters of Vault's routes mean, by their names; no function imports it."""

from assetversions.dialects.openapi.described import Meaning

_NO_MARKS = "Refused unless it is empty: no watermarks are made here."
MEANINGS = {
    "vaultId": Meaning("The vault, which is a database."),
    "id": Meaning("What the path names, by its id as replies have it.", "engine"),
    "limit": Meaning("Entries a page.", "100"),
    "cursorState": Meaning("The next page, as `nextUrl` has it.", "eyJhZnRlciI6ImVuZ2luZSJ9"),
    "option[extendedModels]": Meaning("With all that is known of each."),
    "option[propDefIds]": Meaning("Which properties to show: their ids, or `all`.", "all"),
    "option[latestOnly]": Meaning("The newest version of each item alone, else all, oldest first."),
    "option[releasedItemsOnly]": Meaning("Released versions alone."),
    "option[releasedOnly]": Meaning("The released version, not the newest."),
    "option[history]": Meaning("Which versions of the history.", "All"),
    "option[includeBOMAssociationProperty]": Meaning("It shows no more: there are no bills of materials."),
    "q": Meaning("What an item's number or title contains, in capitals or not.", "wheel"),
    "sort": Meaning("Its order: `ItemNumber`, `Name`, `Title` or `Id`, with `asc` or `desc`."),
    "descending": Meaning("The newest first."),
    "filter[entityClassId]": Meaning("What the properties are of; here only items have some.", "ITEM"),
    "filter[systemNames]": Meaning("Only the properties of these names, with commas between.", "Name"),
    "filter[propDefIds]": Meaning("Only the properties of these ids.", "1"),
    "contentDisposition": Meaning("`attachment`, with a `filename` or without, or `inline`.", "attachment"),
    "wmSrcItemVerId": Meaning(_NO_MARKS, ""),
    "wmSrcFileVerId": Meaning(_NO_MARKS, ""),
    "expirationTime": Meaning("For how long the link is good, in seconds.", "180"),
    "allowSync": Meaning("It changes nothing: there is one site, and every file is on it."),
}

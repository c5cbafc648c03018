"""The pages that lie beside the code of the function that shows them."""

from pathlib import Path

from assetversions.runtime.environment import task_root

FOLDER = "pages"


class DeployedPages:
    def read(self, path: str) -> str | None:
        """None where there is no such page."""
        try:
            return Path(task_root(), FOLDER, path).read_text()
        except FileNotFoundError:
            return None

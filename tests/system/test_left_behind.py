"""Two systems can't run from one checkout; an emulator that outlived its shell is named by its process."""

import os
import re
import signal
from pathlib import Path

import pytest

from local import run
from local.emulator import answers, emulator


def test_the_refusal_names_the_process_to_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STATE", "ENV_FILE", "LOCK_FILE"):
        monkeypatch.setattr(run, name, tmp_path / name)
    with run.alone(), emulator(run.STATE) as url:
        with (
            pytest.raises(SystemExit, match=r"stop what it left behind: kill [0-9]+$") as refusal,
            run.alone(),
        ):
            pass
        process = int(re.findall(r"\d+", str(refusal.value))[-1])
        os.kill(process, signal.SIGTERM)
        os.waitpid(process, 0)
        assert not answers(url)
    with run.alone(), pytest.raises(SystemExit, match=r"or stop it first\.$"), run.alone():
        pass

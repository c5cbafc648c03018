"""`make reset`: forgets the local system's databases, files and users."""

import shutil

from local.run import STATE, alone

if __name__ == "__main__":
    with alone():
        shutil.rmtree(STATE, ignore_errors=True)
    print("The local state is gone; the next `make run` starts afresh.")

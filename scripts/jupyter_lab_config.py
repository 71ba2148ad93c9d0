"""JupyterLab for this project (`make lab`): it opens at the root, and saves notebooks without what running them left.

So git and dvc.lock stay clean. The outputs stay on the screen until the notebook is closed.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).resolve().parent.parent


def stripped(model: dict[str, Any], path: str = "", **_: Any) -> None:
    """Take out of a notebook, before it is saved, what `scripts/strip-notebooks` takes out."""
    if model["type"] != "notebook" or model["content"] is None:
        return
    command = ["sh", str(ROOT / "scripts" / "in-environment"), "sh", str(ROOT / "scripts" / "strip-notebooks")]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(model["content"]).encode(), capture_output=True)
    if done.returncode:
        # Better saved with its outputs than not at all.
        print(f"{path} was saved with its outputs: {done.stderr.decode(errors='replace').strip()}")
    else:
        model["content"] = nbformat.reads(done.stdout.decode(), as_version=4)
        # The name of the kernel as this computer has it.
        model["content"]["metadata"].get("kernelspec", {})["display_name"] = "Python 3"


if "get_config" in globals():
    c = globals()["get_config"]()
    c.ServerApp.root_dir = str(ROOT)
    # The lock file says which version runs, and no question stands in the way of the notebook.
    c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
    c.LabApp.news_url = None
    # Lines that are too long are shown whole: a sentence is one line. A person's own settings come before these.
    c.LabApp.app_settings_dir = str(ROOT / "scripts" / "lab")
    c.FileContentsManager.pre_save_hook = stripped
    # The built site, with its style, which a file that JupyterLab shows has not; what a notebook shows leads there.
    c.ServerApp.extra_static_paths = [str(ROOT / "reports")]
    os.environ["KOMMUNEBUDSJETT_SITE"] = "static/"

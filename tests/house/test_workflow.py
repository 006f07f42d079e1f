"""The public workflow: every command and file it names is there, for each supported Python."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import yaml
from conftest import ROOT

WORKFLOW = ROOT / ".github" / "workflows" / "tests.yml"


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    """Return the jobs of the workflow by name."""
    read: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    found: dict[str, Any] = read["jobs"]
    return found


def commands(job: dict[str, Any]) -> str:
    """Return what a job runs, one command a line."""
    return "\n".join(step["run"] for step in job["steps"] if "run" in step)


def test_each_command_is_a_target_of_the_makefile(jobs: dict[str, Any]) -> None:
    """Linux runs everything; Windows and macOS check, and run what needs no LibreOffice."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    asked = {name: re.findall(r"\bmake ([a-z-]+)", commands(job)) for name, job in jobs.items()}

    assert asked == {"linux": ["test"], "elsewhere": ["check", "test-without-office"]}
    assert {target for named in asked.values() for target in named} <= targets


def test_linux_tests_every_supported_python(jobs: dict[str, Any]) -> None:
    """At least those that the package says it supports, written as texts: 3.10 is no 3.1."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    supported = set(re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"])))
    tried = jobs["linux"]["strategy"]["matrix"]["python"]

    assert all(isinstance(version, str) for version in tried)
    assert supported <= set(tried)
    assert project["requires-python"] == f">={tried[0]}"


def test_windows_and_macos_are_tried(jobs: dict[str, Any]) -> None:
    """The systems of administrators and jurors."""
    assert jobs["elsewhere"]["strategy"]["matrix"]["system"] == ["windows-latest", "macos-latest"]


def test_files_that_it_names_exist(jobs: dict[str, Any]) -> None:
    """The key of the cache of packages is a file of the repository."""
    named = {
        step["with"]["cache-dependency-path"]
        for job in jobs.values()
        for step in job["steps"]
        if "cache-dependency-path" in step.get("with", {})
    }

    assert named == {"requirements-dev.txt"}
    assert all((ROOT / name).is_file() for name in named)

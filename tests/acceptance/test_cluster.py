"""A standalone cluster of Spark on loopback decides what Polars decides at home."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest


pytestmark = pytest.mark.acceptance

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "howto" / "cluster.md"
PROGRAM = Path(__file__).with_name("cluster_program.py")
WORKERS = 2
PATIENCE = 180
"""Seconds until a master or worker must be up."""
MERCY = 10
"""Seconds until one that was asked to end is ended."""
JOB = 1_200
"""Seconds that a program on the cluster may take."""

LISTENING = "0A"
LOOPBACK = ("0100007F", "0000000000000000FFFF00000100007F")
"""127.0.0.1, as Linux writes it."""

_MASTER = re.compile(r"Starting Spark master at (spark://\S+)")
_BLOCK = re.compile(
    r"<!-- file: (\S+) -->\n```\w+\n(.*?)^```", re.DOTALL | re.MULTILINE
)
_OUTPUT = re.compile(r"^```output\n(.*?)^```", re.DOTALL | re.MULTILINE)


@attrs.frozen
class Cluster:
    """
    A master and its workers.

    Attributes:
        address: Where programs are submitted to.
        binaries: The folder of ``python`` and ``spark-submit``.
        folder: A folder outside the checkout, for programs and logs.
        environment: What its processes see.
        processes: The master and the workers.
    """

    address: str
    binaries: Path
    folder: Path
    environment: Mapping[str, str]
    processes: Sequence[int]

    def submit(self, program: Path, folder: Path) -> str:
        """Run a program on the cluster, and give what it prints."""
        settings = {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.memory": "1g",
            "spark.executor.memory": "1g",
            "spark.executorEnv.POLARS_MAX_THREADS": "1",
            "spark.log.level": "WARN",
            "spark.port.maxRetries": "64",
            "spark.sql.shuffle.partitions": "8",
            "spark.ui.port": "0",
        }
        command = [str(self.binaries / "spark-submit"), "--master", self.address]
        for name, value in settings.items():
            command += ["--conf", f"{name}={value}"]
        log = self.folder / f"{program.stem}.log"
        with log.open("w", encoding="utf-8") as errors:
            done = subprocess.run(
                [*command, str(program)],
                cwd=folder,
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
                timeout=JOB,
                check=False,
            )

        assert 0 == done.returncode, f"{log.read_text('utf-8')}\n{done.stdout}"
        return done.stdout


def _run(command: Sequence[str | Path], folder: Path) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )

    assert 0 == done.returncode, done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel with Spark, in an environment of its own."""
    if shutil.which("java") is None:
        pytest.fail("Java 17 is needed: Debian has it in openjdk-17-jre-headless")
    folder = tmp_path_factory.mktemp("spark")
    builder = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    _run([*builder, "-d", str(folder)], ROOT)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    pip: list[str | Path] = [folder / "venv" / "bin" / "python", "-m", "pip", "install"]
    pinned = ROOT / "requirements-spark.txt"
    _run([*pip, "--require-hashes", "-r", pinned], folder)
    _run([*pip, "--no-deps", wheel], folder)
    return folder


@pytest.fixture(scope="module")
def cluster(installed: Path) -> Iterator[Cluster]:
    """Start a master and two workers of one core each; end them whatever happens."""
    binaries = installed / "venv" / "bin"
    (home,) = installed.glob("venv/lib/python*/site-packages/pyspark")
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": str(binaries / "python"),
        "PYSPARK_DRIVER_PYTHON": str(binaries / "python"),
        "PYTHONUTF8": "1",
    }
    environment.pop("PYTHONPATH", None)
    start = [str(home / "bin" / "spark-class")]
    processes: list[int] = []
    with contextlib.ExitStack() as running:

        def started(name: str, *arguments: str) -> Path:
            log = installed / f"{name}.log"
            process = _process([*start, *arguments], log, environment)
            processes.append(running.enter_context(process))
            return log

        master = "org.apache.spark.deploy.master.Master"
        local = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        log = started("master", master, *local)
        address = _found(_MASTER, log)[0]
        worker = "org.apache.spark.deploy.worker.Worker"
        for number in range(WORKERS):
            size = (
                "--cores",
                "1",
                "--memory",
                "2g",
                "-d",
                str(installed / f"{number}"),
            )
            started(f"worker-{number}", worker, *local, *size, address)
        _found(re.compile("Registering worker"), log, WORKERS)
        yield Cluster(address, binaries, installed, environment, processes)


@contextlib.contextmanager
def _process(
    command: Sequence[str], log: Path, environment: Mapping[str, str]
) -> Iterator[int]:
    """Run a process, and end it with all that it started."""
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process.pid
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(MERCY)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _found(wanted: re.Pattern[str], log: Path, times: int = 1) -> list[str]:
    """Wait until a log says something so many times."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        said = wanted.findall(log.read_text(encoding="utf-8"))
        if len(said) >= times:
            return said
        time.sleep(0.25)
    pytest.fail(f"no `{wanted.pattern}` in:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def lines(cluster: Cluster) -> dict[str, dict[str, Any]]:
    """Run the program, and give its lines by name."""
    folder = cluster.folder / "compared"
    folder.mkdir()
    printed = cluster.submit(PROGRAM, folder).splitlines()
    read = [json.loads(line) for line in printed if line.startswith("{")]
    return {line["name"]: line for line in read}


def _listening(process: int) -> set[str]:
    """Give the addresses at which a process of Linux listens, as it writes them."""
    folder = Path(f"/proc/{process}")
    found = set()
    opened = {str(link.readlink()) for link in (folder / "fd").iterdir()}
    for table in ("tcp", "tcp6"):
        for line in (folder / "net" / table).read_text("ascii").splitlines()[1:]:
            words = line.split()
            if words[3] == LISTENING and f"socket:[{words[9]}]" in opened:
                found.add(words[1].partition(":")[0])
    return found


def test_nobody_listens_beyond_loopback(cluster: Cluster) -> None:
    """The cluster is for this machine alone."""
    found = set().union(*map(_listening, cluster.processes))

    assert found
    assert set(LOOPBACK) >= found


@pytest.mark.parametrize("name", ["rows", "children", "beside", "shipped"])
def test_every_row_is_as_at_home(lines: dict[str, dict[str, Any]], name: str) -> None:
    """Alone, with sub-units, years and judgements beside; a shipped ruleset too."""
    line = lines[name]

    assert line["equal"], line
    assert 30_000 == line["rows"] == sum(line["verdicts"].values())


@pytest.mark.parametrize("name", ["rows", "children", "beside", "shipped"])
def test_every_worker_works(lines: dict[str, dict[str, Any]], name: str) -> None:
    """In the stage that decides."""
    executors = lines[name]["executors"]

    assert WORKERS == len(executors)
    assert 0 < min(executors.values())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("value", "NTM703: `insured.met` cannot be"),
        ("orphan", "must be an `id` of the frame, not `xã 7`"),
    ],
)
def test_an_executor_says_what_is_wrong(
    lines: dict[str, dict[str, Any]], name: str, said: str
) -> None:
    """Spark passes on our complaint."""
    assert said in lines[name]["said"]


def test_rows_of_a_cluster_are_explained(lines: dict[str, dict[str, Any]]) -> None:
    """By their id."""
    assert "not met" == lines["reasons"]["verdict"]


def test_the_page_runs(cluster: Cluster) -> None:
    """docs/howto/cluster.md, as it is written."""
    text = PAGE.read_text(encoding="utf-8")
    folder = cluster.folder / "page"
    folder.mkdir()
    for name, content in _BLOCK.findall(text):
        (folder / name).write_text(content, encoding="utf-8")
    wanted = _OUTPUT.search(text)

    printed = cluster.submit(folder / "decide.py", folder)

    assert wanted is not None
    assert wanted[1] == printed

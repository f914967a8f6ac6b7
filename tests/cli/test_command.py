import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("salescoach")


def test_the_installed_command_answers_without_loading_the_library():
    code = "import sys; from assistant.cli import app; app(['--help'], standalone_mode=False);"
    code += "print(sorted({'chromadb', 'streamlit', 'sqlalchemy', 'onnxruntime', 'pydantic'} & set(sys.modules)))"

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.endswith("[]\n")


def test_version(salescoach):
    assert subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout == (
        f"salescoach {version('salescoach')}\n"
    )
    assert salescoach("--version").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["ask"],
        ["search"],
        ["search", "price", "--batch", "file.jsonl"],
        ["search", "price", "--top", "0"],
        ["ask", "price?", "--language", "fr"],
        ["add", "file.md", "--kind", "song"],
        ["run", "--port", "0"],
    ],
)
def test_wrong_usage_is_exit_code_two(salescoach, words):
    ran = salescoach(*words)

    assert ran.code == 2
    assert ran.out == ""
    assert "Error" in ran.err


def test_a_wrong_setting_is_named_without_its_value(salescoach, monkeypatch):
    monkeypatch.setenv("SALESCOACH_MODEL__TIMEOUT_SECONDS", "sk-secret")

    ran = salescoach("list")

    assert ran.code == 1
    assert "SALESCOACH_MODEL__TIMEOUT_SECONDS" in ran.err
    assert "sk-secret" not in ran.err


def test_an_error_nobody_foresaw_is_one_line(salescoach, monkeypatch):
    def break_down():
        raise RuntimeError("first\nsecond")

    monkeypatch.setattr("assistant.cli_settings.settings_page", break_down)

    ran = salescoach("settings")

    assert ran.code == 1
    assert ran.err == (
        "salescoach: unexpected RuntimeError: first second. Add --debug before the command for details.\n"
    )


def test_a_library_in_use_is_said_at_once(salescoach, services):
    ran = salescoach("list")

    assert ran.code == 1
    assert "in use by another process" in ran.err


def test_run_refuses_to_listen_on_the_network(salescoach):
    ran = salescoach("run", "--host", "192.168.1.7")

    assert ran.code == 1
    assert "no sign-in" in ran.err

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from assistant.model.chat_model import Message, make_chat_model
from assistant.model.errors import LocalModelError
from assistant.settings import ModelSettings
from tests.servers import small_model

HELLO = [Message("user", "Say hello.")]


def local(path):
    model = make_chat_model(ModelSettings(name=f"gguf:{path}", max_tokens=12), "", "")
    assert model is not None
    return model


def test_missing_file_is_named_at_the_first_question(tmp_path):
    model = local(tmp_path / "none.gguf")

    assert model.name == "none"
    with pytest.raises(LocalModelError, match=r"none\.gguf") as caught:
        model.complete(HELLO)
    assert "SALESCOACH_MODEL__NAME" in caught.value.hint


def test_missing_package_is_named_with_the_command_that_installs_it(tmp_path, monkeypatch):
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF")
    monkeypatch.setattr("assistant.model.gguf.find_spec", lambda _: None)

    with pytest.raises(LocalModelError) as caught:
        local(path).check()
    assert caught.value.hint == "pip install 'salescoach[local]'"


@pytest.mark.model_server
def test_file_that_is_no_model_is_a_typed_error(tmp_path):
    path = tmp_path / "text.gguf"
    path.write_text("not a model")

    with pytest.raises(LocalModelError, match=r"text\.gguf"):
        local(path).check()


@pytest.mark.model_server
def test_model_file_replies_and_its_port_needs_a_key():
    model = local(small_model())

    model.check()
    assert model.complete(HELLO).strip()
    with pytest.raises(HTTPError) as caught:
        urlopen(f"{model.address}/chat/completions", data=b"{}")
    assert caught.value.code == 401
    caught.value.close()

import pytest

from assistant.model.chat_model import DEFAULT_NAME, Message, make_chat_model
from assistant.model.errors import ModelRefusedError, ModelUnreachableError
from assistant.settings import ModelSettings

HELLO = [Message("user", "hello")]


def test_nothing_set_is_library_mode():
    assert make_chat_model(ModelSettings(), "", "") is None
    assert make_chat_model(ModelSettings(name="  "), " ", "\n") is None


@pytest.mark.parametrize(("key", "address"), [("sk-1", ""), ("", "http://127.0.0.1:9/v1")])
def test_key_or_address_alone_brings_the_default_model(key, address):
    model = make_chat_model(ModelSettings(), key, address)

    assert model is not None
    assert model.name == DEFAULT_NAME


def test_name_alone_says_what_is_missing_and_contacts_nobody():
    model = make_chat_model(ModelSettings(name="gpt-4o"), "", "")

    assert model is not None
    with pytest.raises(ModelRefusedError) as caught:
        model.complete(HELLO)
    assert "OPENAI_API_KEY" in caught.value.hint


@pytest.mark.parametrize(
    "address", ["localhost:11434/v1", "ftp://host/v1", "http:///v1", "http://[", "http://h:99999/v1"]
)
def test_what_is_no_web_address_is_said_to_be_none(address):
    model = make_chat_model(ModelSettings(), "", address)

    assert model is not None
    with pytest.raises(ModelUnreachableError) as caught:
        model.check()
    assert caught.value.details["address"] == address


@pytest.mark.parametrize("key", ["sk-é", "sk-1\nX-Other: 1"])
def test_key_with_impossible_characters_is_refused(key):
    model = make_chat_model(ModelSettings(), key, "http://127.0.0.1:9/v1")

    assert model is not None
    with pytest.raises(ModelRefusedError, match="key"):
        model.check()

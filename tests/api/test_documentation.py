import json
import re

from assistant.api_openapi import EVENTS, documentation_page, openapi_document


def test_every_reference_in_the_document_resolves():
    document = openapi_document()

    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert references
    assert references <= set(document["components"]["schemas"])


def test_every_event_of_the_coach_has_a_shape():
    document = openapi_document()

    described = document["paths"]["/api/ask"]["post"]["description"]
    for name, body in EVENTS.items():
        assert f"`{name}`" in described
        assert body.__name__ in document["components"]["schemas"]


def test_search_documents_the_parameters_it_takes():
    parameters = {item["name"]: item for item in openapi_document()["paths"]["/api/search"]["get"]["parameters"]}

    assert set(parameters) == {"q", "top", "language", "kind"}
    assert parameters["q"]["required"] is True
    assert parameters["top"]["schema"]["maximum"] == 50


def test_the_page_needs_nothing_from_elsewhere(client):
    response = client.get("/api/docs")

    assert response.text == documentation_page()
    assert "<script" not in response.text
    assert not re.findall(r'(?:src|href)="(?!openapi\.json|#)', response.text)
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_the_document_is_served(client):
    assert client.get("/api/openapi.json").json() == openapi_document()

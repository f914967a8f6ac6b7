"""Short texts of our own that tests put into a library."""

from pathlib import Path

PRICE = """---
kind: article
language: en
title: When the price is too high
authors: [A Test Writer]
skills: [objection_handling]
topics: [price, discount]
summary: What to ask before saying anything about the price.
---

## In short

A customer who says that the price is too high compares it with something. Ask what the price is compared with before
you say anything about the price. A discount given at once teaches the customer to ask for a discount every time.

## How to do it

Stay silent for a moment when the customer names the price as too high. Then ask a short question: compared with what?
Write the answer down, and repeat the difference in money. Show what the difference buys: fewer failures, a shorter
delivery time, one person to call. Only when the value is clear do you talk about payment terms.
"""

PRIJS = """---
kind: article
language: nl
title: Als de klant de prijs te hoog vindt
skills: [objection_handling]
topics: [price, discount]
summary: Wat je vraagt voordat je iets over de prijs zegt.
---

## In het kort

Een klant die zegt dat de prijs te hoog is, vergelijkt die prijs met iets. Vraag waarmee de klant de prijs vergelijkt
voordat je over de prijs praat. Een korting die je meteen geeft, leert de klant om elke keer korting te vragen.

## Zo doe je het

Wees even stil als de klant de prijs te hoog noemt. Stel dan een korte vraag: te duur vergeleken waarmee? Schrijf het
antwoord op en herhaal het verschil in euro's. Laat zien wat dat verschil oplevert: minder storingen en een kortere
levertijd. Praat pas over betaling als de waarde duidelijk is.
"""

CASE = """kind: practice_case
language: en
title: Ten percent off by Friday
summary: A purchaser wants a discount before the weekend.
goal: The seller asks what the price is compared with before saying anything about the price.
skills: [objection_handling, negotiation]
situation: |
  A maker of cardboard boxes buys glue. The purchaser has an offer of a competitor on the table and wants ten percent.
assignment: |
  Play the conversation in ten minutes. The seller keeps the price.
checks:
  - Asks what the price is compared with.
"""


def write_texts(folder: Path) -> Path:
    """Write the three texts to a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("price.md", PRICE), ("prijs.md", PRIJS), ("case.yaml", CASE)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder

"""Fifty varied questions: what a rep asks in both languages, follow-ups, other subjects, and nonsense."""

from typing import NamedTuple


class Asked(NamedTuple):
    """A question, and whether the starter library can answer it."""

    text: str
    is_answerable: bool
    follows_up: bool = False


QUESTIONS = (
    Asked("De klant zegt dat we te duur zijn, wat nu?", True),
    Asked("En wat als hij alleen op prijs vergelijkt?", True, follows_up=True),
    Asked("Hoe kom ik langs de secretaresse?", True),
    Asked("Wat zeg ik als de inkoper korting eist?", True),
    Asked("Hoe open ik een eerste klantgesprek?", True),
    Asked("Hoeveel small talk is genoeg?", True),
    Asked("Welke vragen stel ik om achter de behoefte van de klant te komen?", True),
    Asked("Hoe luister ik beter tijdens een verkoopgesprek?", True),
    Asked("Hoe vertaal ik kenmerken naar waarde voor de klant?", True),
    Asked("De klant zegt: stuur maar wat op. Wat antwoord ik?", True),
    Asked("We hebben al een leverancier, zegt de klant. Hoe reageer ik?", True),
    Asked("De klant reageert niet meer op mijn offerte, wat doe ik?", True),
    Asked("Hoe sluit ik een gesprek af met een vervolgstap?", True),
    Asked("Hoe vraag ik een tevreden klant om een aanbeveling?", True),
    Asked("Hoe verkoop ik meer aan een bestaande klant zonder te pushen?", True),
    Asked("Hoe ga ik om met afwijzing?", True),
    Asked("Ik zie op tegen koud bellen", True),
    Asked("Wat is een BATNA?", True),
    Asked("Hoe schrijf ik een mail waar een klant op reageert?", True),
    Asked("Hoe maak ik een ideaal klantprofiel?", True),
    Asked("Welke principes van Cialdini gebruik ik eerlijk?", True),
    Asked("how do I get past the secretary", True),
    Asked("and what if she asks what it is about?", True, follows_up=True),
    Asked("What do I say when a customer tells me we're too expensive?", True),
    Asked("How do I answer 'we already have a supplier'?", True),
    Asked("How should I open a customer meeting?", True),
    Asked("What questions uncover what a customer needs?", True),
    Asked("When is SPIN selling a bad idea?", True),
    Asked("How do I stop talking and listen to the customer?", True),
    Asked("How do I turn features into value for the customer?", True),
    Asked("The purchaser demands ten per cent discount", True),
    Asked("What can I ask in return for a discount?", True),
    Asked("The customer went silent after my quote", True),
    Asked("How do I agree on a next step at the end of a meeting?", True),
    Asked("How do I grow an existing account without pushing?", True),
    Asked("How do I bounce back after a rejection?", True),
    Asked("How do I write an e-mail that gets a reply?", True),
    Asked("How do I make an ideal customer profile?", True),
    Asked("How can I use loss aversion honestly?", True),
    Asked("hoe bak ik een appeltaart", False),
    Asked("wat is de hoofdstad van Frankrijk", False),
    Asked("hoe laat vertrekt de trein naar Utrecht", False),
    Asked("wat zijn de symptomen van griep", False),
    Asked("who painted the night watch", False),
    Asked("how do I reset my wifi router", False),
    Asked("solve a quadratic equation", False),
    Asked("best pancake recipe", False),
    Asked("qwrtp zxcvb mnbvc", False),
    Asked("blorf snarkel wumpus", False),
    Asked("asdf jkl; 12345", False),
)

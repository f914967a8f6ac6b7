"""What a small team library holds: documents, passages, answers and terms for the page tests."""

from dataclasses import replace
from datetime import UTC, datetime

from assistant.coach.types import Answer, Citation, Mode, NoticeKind, Suggestion
from knowledge.dialogue import Dialogue, DialogueChoice, DialogueEnding, DialogueTurn, Outcome, Rating
from knowledge.glossary import Term
from knowledge.types import Collection, Document, Evidence, Locator, Passage, PracticeCase, Skill, SourceKind

ADDED = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)

PRICE_NL = Document(
    id="d-price-nl",
    kind=SourceKind.ARTICLE,
    title="De klant zegt dat je te duur bent",
    language="nl",
    origin="starter:articles/nl/price.md",
    content_hash="h1",
    fingerprint="f1",
    authors=("Salescoach",),
    skills=(Skill.OBJECTION_HANDLING, Skill.VALUE_PITCH),
    topics=("price",),
    summary="Je kunt hierna een prijsbezwaar terugbrengen tot een vergelijking.",
    collection=Collection.STARTER,
    pair_id="price",
    added_at=ADDED,
)
PRICE_EN = replace(
    PRICE_NL,
    id="d-price-en",
    title="The customer says you are too expensive",
    language="en",
    origin="starter:articles/en/price.md",
    summary="After this you can bring a price objection back to a comparison.",
)
BOOK = Document(
    id="d-book",
    kind=SourceKind.BOOK,
    title="Certain Success *in* <b>Selling</b>",
    language="en",
    origin="upload:certain-success.epub",
    content_hash="h3",
    fingerprint="f3",
    authors=("Norval A. Hawkins",),
    published="1920",
    added_at=ADDED,
)
CASE_NL = Document(
    id="d-case-nl",
    kind=SourceKind.PRACTICE_CASE,
    title="Tien procent eraf voor vrijdag",
    language="nl",
    origin="starter:cases/nl/price.yaml",
    content_hash="h4",
    fingerprint="f4",
    skills=(Skill.OBJECTION_HANDLING,),
    collection=Collection.STARTER,
    pair_id="case-price",
    added_at=ADDED,
)
CASE_EN = replace(CASE_NL, id="d-case-en", title="Ten percent off by Friday", language="en")

TEXTS = {
    PRICE_NL.id: (
        "# De klant zegt dat je te duur bent\n\n## In het kort\n\n"
        "Vraag eerst waarmee de klant de prijs vergelijkt. Een prijs zonder vergelijking zegt niets.\n\n"
        "## Zo doe je het\n\n1. Stel een vraag: “Duur vergeleken waarmee?”\n2. Wacht op het antwoord.\n\n"
        "**Inkoper:** Jullie zijn te duur.\n\n<script>alert(1)</script>\n"
    ),
    PRICE_EN.id: (
        "# The customer says you are too expensive\n\n## In short\n\n"
        "First ask what the customer compares the price with. A price without a comparison says nothing.\n"
    ),
    BOOK.id: "".join(
        f"# Chapter {number}. Getting in\n\n" + "The secretary is the salesman's first customer. " * 120 + "\n\n"
        for number in range(1, 9)
    ),
    CASE_NL.id: "Een inkoper wil tien procent korting.",
    CASE_EN.id: "A purchaser wants ten percent off.",
}

CASE_FIELDS = PracticeCase(
    title=CASE_NL.title,
    language="nl",
    document_id=CASE_NL.id,
    summary="Een inkoper zet druk op de prijs, en de klok tikt.",
    goal="De verkoper vraagt waarmee de prijs vergeleken wordt voordat hij iets over de prijs zegt.",
    situation="Een fabrikant van verpakkingen koopt al drie jaar bij je.",
    skills=(Skill.OBJECTION_HANDLING, Skill.NEGOTIATION),
    level="medior",
    minutes=20,
    group="trios",
    industry="verpakkingen",
    seller_brief="Je wilt de prijs houden.",
    buyer_brief="Vertrouwelijk. Je hebt geen ander aanbod.",
    observer_sheet="Schrijf de eerste vraag op.",
    assignment="Speel het gesprek in tien minuten.",
    theory="Een bezwaar is een vraag.",
    theory_article="price",
    hints=("Vraag eerst.", "Wacht op het antwoord."),
    model_approach="“Duur vergeleken waarmee?”",
    checks=("Vraagt naar de vergelijking.", "Geeft geen korting weg zonder tegenprestatie."),
    debrief=("Wat deed je toen het stil werd?",),
    commitment="Deze week vraag ik één keer …",
    variants={"easier": "De inkoper heeft tijd.", "telefoon": "Speel het aan de telefoon."},
    dialogue=Dialogue(
        turns=(
            DialogueTurn(
                "prijs",
                "“Jullie zijn te duur.”",
                (
                    DialogueChoice(
                        "Ik doe er tien af.", Rating.WEAK, "verlies", "Geef niets weg", "Te vroeg.", "price"
                    ),
                    DialogueChoice("Vergeleken waarmee?", Rating.STRONG, "som", "Vraag eerst", "Goed.", "", (1,)),
                ),
            ),
            DialogueTurn(
                "som", "“Met een ander.”", (DialogueChoice("Hoe groot is het verschil?", Rating.FAIR, "winst"),)
            ),
        ),
        endings=(
            DialogueEnding("winst", Outcome.WON, "“Goed, zet het op papier.”", "Je vroeg door."),
            DialogueEnding("verlies", Outcome.LOST, "“Twintig dan.”", "Je gaf weg."),
        ),
    ),
)

TERMS = (
    Term(
        "bezwaar",
        "objection",
        ("bezwaren",),
        ("objections",),
        (),
        "Een reden om (nog) niet te kopen.",
        "A reason not to buy (yet).",
    ),
    Term("offerte", "quotation", ("offertes",), ("quote",), (), "Een prijs op papier.", "A price on paper."),
)


def passage_of(document: Document, text: str, *, heading: str = "In het kort", page: int | None = None) -> Passage:
    start = TEXTS[document.id].index(text)
    place = Locator(start, start + len(text), (heading,), page, page)
    return Passage(f"p-{document.id}", document.id, 0, text, place)


PASSAGES = {
    passage.id: passage
    for passage in (
        passage_of(
            PRICE_NL,
            "Vraag eerst waarmee de klant de prijs vergelijkt. Een prijs zonder vergelijking zegt niets.",
        ),
        passage_of(
            PRICE_EN,
            "First ask what the customer compares the price with. A price without a comparison says nothing.",
            heading="In short",
        ),
        Passage(
            f"p-{BOOK.id}",
            BOOK.id,
            40,
            "The secretary is the salesman's first customer.",
            Locator(
                TEXTS[BOOK.id].index("# Chapter 6") + 25,
                TEXTS[BOOK.id].index("# Chapter 6") + 72,
                ("Chapter 6. Getting in",),
                41,
                42,
            ),
        ),
    )
}


def citation_of(number: int, document: Document, quote: str) -> Citation:
    passage = PASSAGES[f"p-{document.id}"]
    assert quote in passage.text
    return Citation(
        number,
        passage.id,
        document.id,
        document.title,
        document.authors,
        passage.locator.heading_path,
        passage.locator.page_first,
        passage.locator.page_last,
        quote,
        document.language,
    )


def suggestion_of(document: Document, summary: str = "Om te proberen.") -> Suggestion:
    return Suggestion(document.id, document.title, summary, document.kind.value, document.language)


STRONG_NL = Answer(
    text=(
        "**In het kort**\n\n“Vraag eerst waarmee de klant de prijs vergelijkt.” [1]\n\n**Zo doe je het**\n\n"
        "1. “Een prijs zonder vergelijking zegt niets.” [1]\n2. “The secretary is the salesman's first customer.” [2]"
        " (in het Engels)\n\n<img src=x onerror=alert(1)> [7]"
    ),
    mode=Mode.LIBRARY,
    evidence=Evidence.STRONG,
    language="nl",
    citations=(
        citation_of(1, PRICE_NL, "Vraag eerst waarmee de klant de prijs vergelijkt."),
        citation_of(2, BOOK, "The secretary is the salesman's first customer."),
    ),
    practice=(suggestion_of(CASE_NL),),
    reading=(suggestion_of(BOOK, ""),),
    follow_ups=("Hoe verdedig ik mijn prijs?",),
)
STRONG_EN = replace(
    STRONG_NL,
    text="**In short**\n\n“First ask what the customer compares the price with.” [1]",
    language="en",
    citations=(citation_of(1, PRICE_EN, "First ask what the customer compares the price with."),),
    practice=(suggestion_of(CASE_EN, "To try."),),
    follow_ups=("How do I defend my price?",),
)
WEAK_NL = replace(STRONG_NL, evidence=Evidence.WEAK)
NONE_NL = Answer(
    text="Hierover vind ik niets in de bibliotheek.",
    mode=Mode.LIBRARY,
    evidence=Evidence.NONE,
    language="nl",
    nearest_topics=(suggestion_of(PRICE_NL),),
)
FALLEN_BACK_NL = replace(STRONG_NL, notice=NoticeKind.MODEL_CUT_OFF, partial_text="Vraag eerst waarm")

FULL = (PRICE_NL, PRICE_EN, BOOK, CASE_NL, CASE_EN)

"""What to do and read next: practice cases, documents and books by skill, language and similarity, none twice."""

from collections.abc import Collection, Iterable, Sequence

from assistant.coach.types import BookTip, Citation, Suggestion
from knowledge.library import Library
from knowledge.reading_list import ReadingList, Wish
from knowledge.types import Document, Hit, Language, SearchFilter, Skill, SourceKind

_MOST = 3
_SIMILARITY_WORTH = 0.5
_SKILL_WORTH = 0.3
_MAIN_SKILL_WORTH = 0.5
_SHARED_SKILL_WORTH = 0.3
_WORTH_READING = 0.7
"""What a document must be worth to be read: its best passage's share of the best score, and more for a shared skill."""


_RELATED = {
    Skill.MINDSET_RESILIENCE: Skill.PROSPECTING,
    Skill.SELF_DEVELOPMENT: Skill.LISTENING,
    Skill.SOCIAL_SELLING: Skill.PROSPECTING,
    Skill.PREPARATION: Skill.OPENING_RAPPORT,
    Skill.QUALIFICATION: Skill.DISCOVERY,
    Skill.STORYTELLING_DEMO: Skill.VALUE_PITCH,
    Skill.PRODUCT_MARKET_KNOWLEDGE: Skill.VALUE_PITCH,
    Skill.TIME_PIPELINE_MANAGEMENT: Skill.CLOSING_NEXT_STEP,
    Skill.COACHING: Skill.LISTENING,
    Skill.MEETING_LEADING: Skill.OPENING_RAPPORT,
    Skill.FORECASTING: Skill.CLOSING_NEXT_STEP,
}
"""The skill to practise where no case trains the one that was asked about."""


def practice_for(
    question: str, skills: Sequence[Skill], language: Language, library: Library
) -> tuple[Suggestion, ...]:
    """Return up to three practice cases in the asker's language that train what was asked; `skills` main one first."""
    cases = library.search(
        question,
        top=20,
        language=language,
        where=SearchFilter(kinds=(SourceKind.PRACTICE_CASE,), languages=(language,)),
    )
    best: dict[str, tuple[float, Document]] = {}
    for hit in cases.hits:
        worth = _SIMILARITY_WORTH * hit.score + _skill_worth(hit.document.skills, skills)
        if worth > best.get(hit.document.id, (0.0, hit.document))[0]:
            best[hit.document.id] = (worth, hit.document)
    ranked = sorted(best.values(), key=lambda entry: (-entry[0], entry[1].title))
    related = {_RELATED[skill] for skill in skills if skill in _RELATED}
    for wanted in (set(skills), related):
        trained = [document for _, document in ranked if wanted & set(document.skills)]
        if trained:
            return tuple(suggestion(document) for document in trained[:_MOST])
    return tuple(suggestion(document) for _, document in ranked[:1])


def _skill_worth(trained: Sequence[Skill], wanted: Sequence[Skill]) -> float:
    """Return what a case gains by training the main skill of a question, or another one of it."""
    if wanted and wanted[0] in trained[:1]:
        return _MAIN_SKILL_WORTH
    return _SKILL_WORTH if set(trained) & set(wanted) else 0.0


def reading_for(
    hits: Sequence[Hit], citations: Sequence[Citation], language: Language, library: Library
) -> tuple[Suggestion, ...]:
    """Return up to three documents found but not quoted, else the best quoted one, in the asker's language."""
    best = max((hit.score for hit in hits), default=0.0)
    skills = set(skills_of(hits))
    worth: dict[Document, float] = {}
    for hit in hits:
        # What a team adds often names no skill; then the passage alone must speak for it, and gets the same credit.
        shares = not hit.document.skills or bool(skills & set(hit.document.skills))
        value = hit.score + best * _SHARED_SKILL_WORTH * shares
        if hit.document.kind is not SourceKind.PRACTICE_CASE and value >= _WORTH_READING * best:
            worth[hit.document] = max(value, worth.get(hit.document, 0.0))
    readable = in_language(sorted(worth, key=lambda document: -worth[document]), language, library)
    quoted = {entry.document_id for entry in citations}
    fresh = [document for document in readable if document.id not in quoted]
    return tuple(suggestion(document) for document in (fresh or readable[:1])[:_MOST])


def books_for(hits: Sequence[Hit], language: Language, library: Library, owned: Collection[str]) -> tuple[BookTip, ...]:
    """Return the book of the reading list that fits what was found best, if any; `owned` ones first among equals."""
    documents = [hit.document for hit in hits[:3]]
    wish = Wish(
        skills=skills_of(hits),
        methods=tuple(dict.fromkeys(method for document in documents for method in document.methods)),
        topics=tuple(dict.fromkeys(topic for document in documents for topic in document.topics)),
        language=language,
    )
    books = library.documents(SearchFilter(kinds=(SourceKind.BOOK,)))
    return tuple(
        BookTip(book.id, book.title, book.authors, book.year, book.language, book.note(language))
        for book in ReadingList.load().suggest(wish, owned=owned, besides=books, most=1)
    )


def nearest_topics(hits: Sequence[Hit], language: Language, library: Library) -> tuple[Suggestion, ...]:
    """Return the documents nearest to a question that could not be answered."""
    documents = [hit.document for hit in hits if hit.document.kind is not SourceKind.PRACTICE_CASE]
    return tuple(suggestion(document) for document in in_language(documents, language, library)[:_MOST])


def skills_of(hits: Sequence[Hit]) -> tuple[Skill, ...]:
    """Return the skills of the first two hits that have any, main one first: what the question is about."""
    tagged = [hit.document.skills for hit in hits if hit.document.skills]
    return tuple(dict.fromkeys(skill for skills in tagged[:2] for skill in skills))


def in_language(documents: Iterable[Document], language: Language, library: Library) -> list[Document]:
    """Return the documents, each once, in the reader's language where there is such a version, own language first."""
    twins = {twin.pair_id: twin for twin in library.documents(SearchFilter(languages=(language,))) if twin.pair_id}
    chosen = {read.id: read for read in (twins.get(document.pair_id, document) for document in documents)}
    return sorted(chosen.values(), key=lambda document: document.language != language)


def suggestion(document: Document) -> Suggestion:
    """Return a document as something to do or read."""
    return Suggestion(document.id, document.title, document.summary, document.kind.value, document.language)

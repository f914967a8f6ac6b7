"""The values that travel between the packages: documents, passages, search results and practice cases.

All values are frozen and know nothing of the stores that keep them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from knowledge.dialogue import Dialogue

Language = Literal["nl", "en"]
"""The two languages of the interface; documents may carry any ISO 639-1 code."""

LANGUAGES: tuple[Language, ...] = ("nl", "en")


class SourceKind(StrEnum):
    """What a document is to its reader."""

    BOOK = "book"
    ARTICLE = "article"
    PRACTICE_CASE = "practice_case"


class Skill(StrEnum):
    """The closed list of selling skills; the last three are a manager's."""

    PROSPECTING = "prospecting"
    PREPARATION = "preparation"
    OPENING_RAPPORT = "opening_rapport"
    QUALIFICATION = "qualification"
    DISCOVERY = "discovery"
    LISTENING = "listening"
    VALUE_PITCH = "value_pitch"
    STORYTELLING_DEMO = "storytelling_demo"
    OBJECTION_HANDLING = "objection_handling"
    NEGOTIATION = "negotiation"
    CLOSING_NEXT_STEP = "closing_next_step"
    ACCOUNT_MANAGEMENT = "account_management"
    SOCIAL_SELLING = "social_selling"
    TIME_PIPELINE_MANAGEMENT = "time_pipeline_management"
    MINDSET_RESILIENCE = "mindset_resilience"
    PRODUCT_MARKET_KNOWLEDGE = "product_market_knowledge"
    SELF_DEVELOPMENT = "self_development"
    COACHING = "coaching"
    MEETING_LEADING = "meeting_leading"
    FORECASTING = "forecasting"


class Method(StrEnum):
    """Selling methods a text may be tagged with."""

    BANT = "bant"
    MEDDIC = "meddic"
    SPIN = "spin"
    CHALLENGER = "challenger"
    GAP_SELLING = "gap_selling"
    SOLUTION_SELLING = "solution_selling"
    SANDLER = "sandler"
    SPICED = "spiced"


class Collection(StrEnum):
    """Who brought a document into the library."""

    STARTER = "starter"
    TEAM = "team"


class Evidence(StrEnum):
    """How well the passages found support an answer."""

    STRONG = "strong"
    WEAK = "weak"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Document:
    """A text in the library, without its body.

    `id` derives from `origin`, `content_hash` from the bytes: a changed file keeps its id.
    `fingerprint` also covers the reader and the splitter, so that an improvement of ours re-indexes.
    """

    id: str
    kind: SourceKind
    title: str
    language: str
    origin: str
    """Absolute path, web address, `upload:NAME` or `starter:PATH`."""
    content_hash: str
    fingerprint: str
    authors: tuple[str, ...] = ()
    skills: tuple[Skill, ...] = ()
    methods: tuple[Method, ...] = ()
    topics: tuple[str, ...] = ()
    summary: str = ""
    licence: str = ""
    published: str = ""
    collection: Collection = Collection.TEAM
    pair_id: str = ""
    """The same for the Dutch and the English version of one text; empty without a twin."""
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a passage stands in its document: what makes a citation checkable."""

    char_start: int
    char_end: int
    heading_path: tuple[str, ...] = ()
    page_first: int | None = None
    page_last: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document; `text` equals the document's text from `char_start` to `char_end`."""

    id: str
    document_id: str
    position: int
    text: str
    locator: Locator


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its document. Scores run from 0 to 1; higher is better."""

    passage: Passage
    document: Document
    score: float
    word_score: float = 0.0
    vector_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence of a passage that was found; `text` is verbatim, from `start` to `end` in the passage's text."""

    hit: Hit
    start: int
    end: int
    text: str
    score: float
    """How well the sentence answers by itself, 0 to 1; the passage's own score is part of it."""


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Which documents may answer; an empty field does not restrict."""

    kinds: tuple[SourceKind, ...] = ()
    languages: tuple[str, ...] = ()
    skills: tuple[Skill, ...] = ()
    document_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, and how far they can be relied upon."""

    hits: tuple[Hit, ...]
    evidence: Evidence
    language: str
    """The detected language of the query."""
    best_score: float = 0.0
    """The evidence score (0 to 1) on which the one threshold decides."""
    vectors_used: bool = True
    """False when the search ran on words alone, because vectors are being rebuilt or the model did not answer."""


@dataclass(frozen=True, slots=True)
class PracticeCase:
    """An exercise for a sales meeting or for self-study. Field meanings: docs/content.md."""

    title: str
    language: str
    situation: str
    document_id: str = ""
    summary: str = ""
    goal: str = ""
    skills: tuple[Skill, ...] = ()
    methods: tuple[Method, ...] = ()
    level: str = "medior"
    minutes: int = 20
    group: str = "pairs"
    industry: str = ""
    seller_brief: str = ""
    buyer_brief: str = ""
    observer_sheet: str = ""
    assignment: str = ""
    theory: str = ""
    theory_article: str = ""
    hints: tuple[str, ...] = ()
    model_approach: str = ""
    checks: tuple[str, ...] = ()
    debrief: tuple[str, ...] = ()
    commitment: str = ""
    variants: Mapping[str, str] = field(default_factory=dict)
    dialogue: Dialogue | None = None


class DocumentState(StrEnum):
    """What the catalog knows about a document that is about to be added."""

    ABSENT = "absent"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class LibraryStatistics:
    """Counts for the Status page and `salescoach list --summary`."""

    documents: int
    passages: int
    pending: int
    cases: int
    by_kind: Mapping[str, int]
    by_language: Mapping[str, int]
    by_skill: Mapping[str, Mapping[str, Mapping[str, int]]]
    """For every skill, by kind, by language: how many documents have it among their skills."""
    embedding_model: str
    database: str
    vector_store: str
    vectors_ready: bool
    """False while passages are being embedded anew for another model; search then runs on words alone."""


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """The outcome of comparing the derived stores with the catalog; ids are passage ids."""

    passages: int
    pending_documents: tuple[str, ...] = ()
    missing_vectors: tuple[str, ...] = ()
    stray_vectors: tuple[str, ...] = ()
    missing_words: tuple[str, ...] = ()
    stray_words: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """True when the stores agree and nothing is pending."""
        return not (
            self.pending_documents
            or self.missing_vectors
            or self.stray_vectors
            or self.missing_words
            or self.stray_words
        )

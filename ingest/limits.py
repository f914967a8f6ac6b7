"""How much of a file, an archive or the web is read before Salescoach refuses."""

from dataclasses import dataclass

_MEGABYTE = 1_048_576


@dataclass(frozen=True, slots=True)
class IngestLimits:
    """Limits that protect the machine; the first two are settings, the rest rarely need another value."""

    max_megabytes: int = 100
    """Largest file or web page."""
    max_characters: int = 20_000_000
    """Largest text taken out of one file."""
    max_unpacked_megabytes: int = 500
    """Largest content of a packed file (DOCX, PPTX, EPUB)."""
    max_unpacked_ratio: int = 200
    """Largest content of a packed file, as a multiple of its size; small files are exempt."""
    max_archive_entries: int = 20_000
    request_seconds: float = 20.0
    """Longest silence of a web server."""
    download_seconds: float = 300.0
    """Longest download."""
    max_redirects: int = 5
    max_feed_entries: int = 50
    max_ocr_pages: int = 600
    ocr_page_seconds: float = 120.0

    @property
    def max_bytes(self) -> int:
        """`max_megabytes` in bytes."""
        return self.max_megabytes * _MEGABYTE

    @property
    def max_unpacked_bytes(self) -> int:
        """`max_unpacked_megabytes` in bytes."""
        return self.max_unpacked_megabytes * _MEGABYTE

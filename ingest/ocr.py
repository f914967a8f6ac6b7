"""Reading pictures of pages with the tesseract program, where it is installed."""

import logging
import shutil
import subprocess

from ingest.errors import OcrError, OversizedDocumentError, ScannedPdfError
from ingest.limits import IngestLimits
from ingest.pdf_lines import render_page

logger = logging.getLogger(__name__)

_LANGUAGES = ("eng", "nld")
_DPI = 300


def read_pictures(name: str, data: bytes, pages: list[int], limits: IngestLimits) -> dict[int, str]:
    """Return the text of the given pages of a scanned PDF, by page number.

    Raises:
        ScannedPdfError: tesseract, or its data for English and Dutch, is not installed.
        OversizedDocumentError: too many pages.
        OcrError: tesseract failed.
    """
    program = shutil.which("tesseract")
    languages = _installed_languages(program) if program else []
    if program is None or not languages:
        raise ScannedPdfError(f"{name!r} holds pictures of pages and no text.", name=name)
    if len(pages) > limits.max_ocr_pages:
        raise OversizedDocumentError(
            f"{name!r} has {len(pages)} pages without text; the limit is {limits.max_ocr_pages}.",
            hint="Split the file into parts and add those.",
            name=name,
        )
    command = [program, "stdin", "stdout", "-l", "+".join(languages), "--dpi", str(_DPI)]
    texts: dict[int, str] = {}
    for page in pages:
        logger.info("reading a picture: page %d of %d pages", page, len(pages))
        texts[page] = _recognise(name, command, render_page(name, data, page, dpi=_DPI), limits.ocr_page_seconds)
    return texts


def _installed_languages(program: str) -> list[str]:
    try:
        listing = subprocess.run(  # noqa: S603 - a fixed argument for a program found on the path
            [program, "--list-langs"], capture_output=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise OcrError("tesseract is installed but does not start.", hint="Install it again.") from error
    installed = listing.stdout.decode(errors="replace").split()
    return [language for language in _LANGUAGES if language in installed]


def _recognise(name: str, command: list[str], picture: bytes, seconds: float) -> str:
    try:
        run = subprocess.run(  # noqa: S603 - the picture goes in through standard input, never as an argument
            command, input=picture, capture_output=True, timeout=seconds, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise OcrError(f"{name!r}: reading one page took more than {seconds:.0f} seconds.", name=name) from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise OcrError(f"{name!r}: tesseract could not read a page.", name=name) from error
    return run.stdout.decode("utf-8", errors="replace")

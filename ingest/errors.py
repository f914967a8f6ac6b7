"""What can be wrong with a file, a folder or a web address. Each message names it, each hint is the remedy."""

from knowledge.errors import SalescoachError


class IngestError(SalescoachError):
    """A document could not be read into the library; nothing of it was kept."""


class SourceNotFoundError(IngestError):
    """No file or folder is there."""

    default_hint = "Check the spelling of the path. A web address must begin with http:// or https://."


class UnreadableFileError(IngestError):
    """The file system refuses to hand over the file."""

    default_hint = "Check that you may read the file and that its disk is connected."


class UnsupportedFormatError(IngestError):
    """The content is of a kind that Salescoach does not read."""

    default_hint = "Salescoach reads PDF, EPUB, DOCX, PPTX, HTML, Markdown, plain text and YAML practice cases."


class WrongExtensionError(IngestError):
    """The name promises another format than the bytes hold."""

    default_hint = "Give the file the extension that fits its content, or save it again from the program it came from."


class OversizedDocumentError(IngestError):
    """The file or its text is larger than the limit."""

    default_hint = "Split the file, or raise SALESCOACH_INGEST__MAX_MEGABYTES or SALESCOACH_INGEST__MAX_CHARACTERS."


class ArchiveBombError(IngestError):
    """A packed file unpacks to far more than a document ever does."""

    default_hint = "Do not open this file. If you trust it, save it again in its own program and add the new file."


class EmptyDocumentError(IngestError):
    """There is no text to be found."""

    default_hint = "Open the file to see whether it holds text, save it again and add it once more."


class EncryptedDocumentError(IngestError):
    """A password is needed to open the file."""

    default_hint = "Open it with its password, save a copy without one and add the copy."


class CorruptDocumentError(IngestError):
    """The file is damaged or incomplete."""

    default_hint = "Download or export the file again, check that it opens in its own program, and add it once more."


class ScannedPdfError(IngestError):
    """A PDF holds pictures of pages, and no program that reads them is installed."""

    default_hint = (
        "Install tesseract with its English and Dutch data "
        "(Debian and Ubuntu: apt install tesseract-ocr tesseract-ocr-eng tesseract-ocr-nld) and add the file again."
    )


class OcrError(IngestError):
    """The program that reads pictures of pages failed."""

    default_hint = "Try the file again; if it fails again, run tesseract on one page by hand to see what it says."


class InvalidFrontMatterError(IngestError):
    """The lines between `---` at the top of a text cannot be understood."""

    default_hint = "Compare the top of the file with docs/content.md, section 'Articles'."


class WebAddressError(IngestError):
    """The address cannot be used, or the server refuses it."""

    default_hint = "Open the address in a browser. A page behind a sign-in can be saved as PDF and added as a file."


class WebUnreachableError(IngestError):
    """No answer from the web server."""

    retryable = True
    default_hint = "Check the address and your internet connection, and try again."


class InvalidFeedError(IngestError):
    """An RSS or Atom feed is damaged or holds no entries."""

    default_hint = "Open the feed in a browser to see whether it has entries, or add single pages instead."

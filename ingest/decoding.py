"""From bytes to text: character sets, and characters that only look like text."""

import codecs
import re
import unicodedata

from ingest.types import PAGE_CLOSE, PAGE_OPEN

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)

_SPACE_CHARACTERS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LINE_CHARACTERS = "\u2028\u2029\u0085\x0b\x0c"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb06": "st"}
# Bullets of symbol fonts, as Word and PowerPoint write them into PDFs.
_SYMBOL_BULLETS = "\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0e0\u25cf\u25aa\u25a0\u2023\u2043"
_CONTROLS = "".join(chr(code) for code in (*range(0x09), 0x0E, 0x0F, *range(0x10, 0x20), *range(0x7F, 0xA0)))

_TRANSLATION = str.maketrans(
    {
        **dict.fromkeys(_CONTROLS, ""),
        **dict.fromkeys(_INVISIBLE, ""),
        **dict.fromkeys((PAGE_OPEN, PAGE_CLOSE, "\ufffc"), ""),
        **dict.fromkeys(_SPACE_CHARACTERS, " "),
        **dict.fromkeys(_LINE_CHARACTERS, "\n"),
        **dict.fromkeys(_SYMBOL_BULLETS, "•"),
        **_LIGATURES,
    }
)


def decode_text(data: bytes, declared: str = "") -> str:
    """Return the text in `data`.

    Tries a byte order mark, UTF-8, the character set that was `declared` (by the web server or in the head of an HTML
    page) and at last Windows-1252, in which every older Western file can be read.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    for encoding in ("utf-8", declared or _declared_charset(data)):
        if encoding and _is_known(encoding):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return data.decode("cp1252", errors="replace")


def tidy(text: str) -> str:
    """Return `text` with plain line ends and spaces, and without soft hyphens, control and invisible characters.

    A soft hyphen is where a word may be broken: it goes, with the line end that may follow it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00ad\n", "").replace("\u00ad", "")
    return unicodedata.normalize("NFC", text.translate(_TRANSLATION))


def _declared_charset(data: bytes) -> str:
    match = _META_CHARSET.search(data[:4096])
    return match.group(1).decode("ascii", errors="replace") if match else ""


def _is_known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding) is not None
    except LookupError:
        return False

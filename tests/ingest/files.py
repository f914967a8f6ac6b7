"""Real files made for tests: PDFs written by hand, Office files by their libraries, books as zip files."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import docx
import pptx
import pypdfium2

PROSE = (
    "A customer who asks for a discount wants to know whether the price is fair. Ask what the price is compared with "
    "before you say anything about it. Silence helps, because the customer fills it with the real reason. Write the "
    "answer down and repeat it in the words of the customer. Then show what the difference buys."
)
PROZA = (
    "Een klant die om korting vraagt, wil weten of de prijs eerlijk is. Vraag waarmee de klant de prijs vergelijkt "
    "voordat je er iets over zegt. Stilte helpt, want de klant vult de stilte met de echte reden. Schrijf het "
    "antwoord op en herhaal het in de woorden van de klant. Laat daarna zien wat het verschil oplevert."
)


@dataclass(frozen=True)
class At:
    """A piece of text on a PDF page."""

    x: float
    y: float
    text: str
    size: float = 11
    bold: bool = False


def prose(words: int, text: str = PROSE) -> str:
    """Return about this many words of prose, in whole sentences."""
    sentences = text.split(". ")
    out: list[str] = []
    count = 0
    while count < words:
        sentence = sentences[len(out) % len(sentences)].rstrip(".") + "."
        out.append(sentence)
        count += len(sentence.split())
    return " ".join(out)


def wrapped(text: str, *, x: float = 72, top: float = 740, size: float = 11, characters: int = 80) -> list[At]:
    """Return a paragraph as lines of a PDF page, as a typesetter would break it."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > characters:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [At(x, top - index * size * 1.3, text, size) for index, text in enumerate([*lines, line])]


def make_pdf(
    pages: Sequence[Sequence[At]],
    *,
    title: str = "",
    author: str = "",
    bookmarks: Sequence[tuple[str, int]] = (),
    encrypted: bool = False,
    picture: tuple[int, int, bytes] | None = None,
) -> bytes:
    """Return a PDF; `picture` (width, height, grey pixels) fills every page."""
    objects: list[bytes] = [b"", b"", b"", b"", b""]
    kids: list[int] = []
    image = 0
    if picture:
        width, height, pixels = picture
        head = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray"
        image = _put(objects, _stream(f"{head} /BitsPerComponent 8", pixels))
    for page in pages:
        content = b"\n".join(_show(item) for item in page)
        if image:
            content += b"\nq 595 0 0 842 0 0 cm /Im1 Do Q"
        body = _put(objects, _stream("", content))
        resources = f"/Font << /F1 3 0 R /F2 4 0 R >>{f' /XObject << /Im1 {image} 0 R >>' if image else ''}"
        head = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {resources} >>"
        kids.append(_put(objects, f"{head} /Contents {body} 0 R >>".encode()))
    outlines = _outline(objects, bookmarks, kids) if bookmarks else 0
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R{f' /Outlines {outlines} 0 R' if outlines else ''} >>".encode()
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>".encode()
    objects[2] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects[3] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"
    objects[4] = b"<< /Title " + _string(title) + b" /Author " + _string(author) + b" >>"
    return _file(objects, encrypted=encrypted)


def _show(item: At) -> bytes:
    font = "F2" if item.bold else "F1"
    return f"BT /{font} {item.size} Tf {item.x} {item.y} Td ".encode() + _string(item.text) + b" Tj ET"


def _string(text: str) -> bytes:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"(" + escaped.encode("cp1252") + b")"


def _stream(head: str, content: bytes) -> bytes:
    return f"<< {head} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _put(objects: list[bytes], body: bytes) -> int:
    objects.append(body)
    return len(objects)


def _outline(objects: list[bytes], bookmarks: Sequence[tuple[str, int]], kids: Sequence[int]) -> int:
    root = len(objects) + 1
    first, last = root + 1, root + len(bookmarks)
    objects.append(f"<< /Type /Outlines /First {first} 0 R /Last {last} 0 R /Count {len(bookmarks)} >>".encode())
    for index, (title, page) in enumerate(bookmarks):
        following = f" /Next {first + index + 1} 0 R" if first + index < last else ""
        destination = f"/Dest [{kids[page - 1]} 0 R /Fit]"
        objects.append(b"<< /Title " + _string(title) + f" /Parent {root} 0 R{following} {destination} >>".encode())
    return root


def _file(objects: Sequence[bytes], *, encrypted: bool) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for offset in offsets:
        out += f"{offset:010d} 00000 n \n".encode()
    key = f"<{'00' * 32}>"
    lock = f" /Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >> /ID [{key} {key}]" if encrypted else ""
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R{lock} >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def make_scan(lines: Sequence[str], pages: int = 1) -> bytes:
    """Return a PDF of pictures: its pages show text, and hold none."""
    typeset = make_pdf([[At(72, 760 - 40 * index, line, size=20) for index, line in enumerate(lines)]])
    document = pypdfium2.PdfDocument(typeset)
    pixels = document[0].render(scale=150 / 72, grayscale=True).to_numpy()
    document.close()
    height, width = pixels.shape[:2]
    return make_pdf([[]] * pages, picture=(width, height, pixels.tobytes()))


def make_docx(*parts: tuple[str, str], title: str = "", author: str = "", header: str = "") -> bytes:
    """Return a DOCX file of (style, text) paragraphs; the style `table` splits its text on `|` into one row."""
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = author
    for style, text in parts:
        if style == "table":
            cells = text.split("|")
            table = document.add_table(rows=1, cols=len(cells))
            for cell, content in zip(table.rows[0].cells, cells, strict=True):
                cell.text = content
        elif style == "bold":
            document.add_paragraph().add_run(text).bold = True
        else:
            document.add_paragraph(text, style=style)
    document.sections[0].header.paragraphs[0].text = header
    return _saved(document)


def make_pptx(*slides: tuple[str, Sequence[str]], title: str = "", author: str = "") -> bytes:
    """Return a PPTX file of slides with a title and points."""
    show = pptx.Presentation()
    show.core_properties.title = title
    show.core_properties.author = author
    for heading, points in slides:
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = heading
        slide.placeholders[1].text_frame.text = "\n".join(points)
    return _saved(show)


def _saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_epub(
    *chapters: str, title: str = "A Book", authors: Sequence[str] = (), language: str = "en", extra: str = ""
) -> bytes:
    """Return an EPUB whose chapters are the given XHTML bodies."""
    creators = "".join(f"<dc:creator>{escape(author)}</dc:creator>" for author in authors)
    items = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier>'
        f"<dc:title>{escape(title)}</dc:title>{creators}<dc:language>{language}</dc:language>{extra}</metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        "</container>"
    )
    files = {"META-INF/container.xml": container, "OEBPS/content.opf": package}
    for number, chapter in enumerate(chapters):
        files[f"OEBPS/c{number}.xhtml"] = (
            '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
            f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head><body>{chapter}</body></html>'
        )
    return make_zip({"mimetype": "application/epub+zip", **files})


def make_zip(files: dict[str, str | bytes]) -> bytes:
    """Return a zip file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()

"""Packed documents (DOCX, PPTX, EPUB are zip files): looked at from outside before anything is unpacked."""

import io
import zipfile
import zlib

from ingest.errors import ArchiveBombError, CorruptDocumentError, EncryptedDocumentError
from ingest.limits import IngestLimits

# A small file may be very repetitive without being an attack.
_RATIO_EXEMPT_BYTES = 20 * 1_048_576
_ENCRYPTED_FLAG = 0x1


def open_archive(name: str, data: bytes, limits: IngestLimits) -> zipfile.ZipFile:
    """Return the zip file in `data`, known to unpack to a reasonable size.

    Raises:
        CorruptDocumentError: it is not a complete zip file.
        ArchiveBombError: it declares too many entries, too much content, or overlapping entries.
        EncryptedDocumentError: an entry needs a password.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise CorruptDocumentError(f"{name!r} is damaged: it cannot be unpacked.", name=name) from error
    _refuse_bomb(name, archive, len(data), limits)
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in archive.infolist()):
        raise EncryptedDocumentError(f"{name!r} is protected with a password.", name=name)
    return archive


def read_entry(name: str, archive: zipfile.ZipFile, entry: str) -> bytes:
    """Return the content of one entry.

    Raises:
        CorruptDocumentError: the entry is missing or damaged.
        ArchiveBombError: it holds more than it declares.
    """
    declared = next((info.file_size for info in archive.infolist() if info.filename == entry), None)
    if declared is None:
        raise CorruptDocumentError(f"{name!r} is damaged: {entry!r} is missing from it.", name=name)
    try:
        with archive.open(entry) as stream:
            content = stream.read(declared + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise CorruptDocumentError(f"{name!r} is damaged: {entry!r} in it cannot be unpacked.", name=name) from error
    if len(content) > declared:
        raise ArchiveBombError(f"{name!r} unpacks to more than it declares.", name=name)
    return content


def _refuse_bomb(name: str, archive: zipfile.ZipFile, size: int, limits: IngestLimits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.max_archive_entries:
        raise ArchiveBombError(f"{name!r} holds {len(entries)} files; a document never does.", name=name)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    too_dense = unpacked > _RATIO_EXEMPT_BYTES and unpacked > size * limits.max_unpacked_ratio
    # Entries that share bytes declare more packed content than the file has: the overlapping kind of zip bomb.
    if unpacked > limits.max_unpacked_bytes or too_dense or packed > size:
        raise ArchiveBombError(
            f"{name!r} is {size:,} bytes and would unpack to {unpacked:,} bytes.", name=name, unpacked=f"{unpacked:,}"
        )

"""A writer of compound files (the container of .doc and .xls) for the corpus."""

import struct

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file with ``streams`` beside each other below its root."""
    mini, mini_fat, starts = b"", list[int](), dict[str, int]()
    for name, content in streams.items():
        if len(content) < _CUTOFF:
            starts[name] = len(mini_fat)
            mini_fat += _chain(len(mini_fat), -(-max(len(content), 1) // _MINI))
            mini += _padded(content, _MINI)

    sectors, fat = b"", list[int]()

    def put(content: bytes) -> int:
        nonlocal sectors
        first, count = len(fat), -(-max(len(content), 1) // _SECTOR)
        fat.extend(_chain(first, count))
        sectors += _padded(content, _SECTOR)
        return first

    for name, content in streams.items():
        if len(content) >= _CUTOFF:
            starts[name] = put(content)
    mini_start = put(mini) if mini else _END
    mini_fat_start = put(struct.pack(f"<{len(mini_fat)}I", *mini_fat)) if mini_fat else _END
    entries = [_entry("Root Entry", 5, mini_start, len(mini))]
    entries += [_entry(name, 2, starts[name], len(content)) for name, content in streams.items()]
    directory = put(b"".join(entries))
    tables = -(-len(fat) // 127)
    first = len(fat)
    fat += [_FAT] * tables + [_NONE] * (tables * 128 - len(fat) - tables)
    table = struct.pack(f"<{len(fat)}I", *fat)
    return _header(range(first, first + tables), directory, mini_fat_start) + sectors + table


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), _END]


def _padded(content: bytes, size: int) -> bytes:
    return content.ljust(-(-max(len(content), 1) // size) * size, b"\0")


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1)
    return (
        head
        + struct.pack("<III", _NONE, _NONE, 1 if kind == 5 else _NONE)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def _header(fat: range, directory: int, mini_fat: int) -> bytes:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    start += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    start += struct.pack("<6I", 0, len(fat), directory, 0, _CUTOFF, mini_fat)
    start += struct.pack("<III", 1 if mini_fat != _END else 0, _END, 0)
    return start + b"".join(struct.pack("<I", number) for number in [*fat, *[_NONE] * (109 - len(fat))])

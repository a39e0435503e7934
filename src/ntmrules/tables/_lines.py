"""The lines of a file as text, and what is wrong with each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from ntmrules._yaml import forbidden, forbidden_characters
from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.tables._limits import MAX_LINE_BYTES, line_too_long


_BOM = "\ufeff"


class Lines(Iterator[str]):
    """
    Reads a file line by line; never fails over one of them.

    Attributes:
        number: That of the line read last, from 1.
        read: How many bytes have been read.
        wrong: What is wrong with lines, by number; whoever uses a line takes it away.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self.number = 0
        self.read = 0
        self.wrong: dict[int, Diagnostic] = {}

    def __next__(self) -> str:
        """Give a line with its end, in NFC."""
        data = self._file.readline(MAX_LINE_BYTES + 1)
        if not data:
            raise StopIteration
        self.number += 1
        self.read += len(data)
        if len(data) > MAX_LINE_BYTES:
            self._skip(data)
            return "\n"
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            values = {"byte": f"0x{data[error.start]:02X}"}
            self._complain(Diagnostic(codes.NOT_UTF8, None, values, place=self.place))
            text = data.decode("utf-8", "replace")
        if self.number == 1:
            text = text.removeprefix(_BOM)
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        if not text.rstrip("\r\n").isprintable():
            complaint = forbidden(text, None, self.place)
            if complaint is not None:
                self._complain(complaint)
                text = forbidden_characters().sub("\ufffd", text)
        return text

    @property
    def place(self) -> str:
        """Name the line read last."""
        return f"{self._name}:{self.number}"

    def _complain(self, complaint: Diagnostic) -> None:
        self.wrong.setdefault(self.number, complaint)

    def _skip(self, data: bytes) -> None:
        """Read a line that is too long to its end, without keeping it."""
        length = len(data)
        while data and not data.endswith(b"\n"):
            data = self._file.readline(MAX_LINE_BYTES)
            length += len(data)
            self.read += len(data)
        self._complain(line_too_long(length, self.place))

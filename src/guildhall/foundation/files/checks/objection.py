class Objection(Exception):
    """Why a file is not taken. ``reason`` is the end of the text's name: shared.Error_File_<reason>."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

class LengthValidator:
    """12 to 128 characters (settings of the authority)."""

    def validate(self, password: str, user: object = None) -> None: ...

    def get_help_text(self) -> str:
        return ""

"""Parts of addresses: what can't be one is no address of ours, so that a database never sees a number it can't hold."""


class Key:
    """A row's key: 1 to 18 digits without a leading zero, within any database's integers."""

    regex = r"[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Year:
    """A year of four digits."""

    regex = r"(?:19|20|21)[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Digits:
    """The first twelve digits of a SHA-256, lower case."""

    regex = r"[0-9a-f]{12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value

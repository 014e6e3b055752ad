from tests.clamd import scanner

__all__ = ["scanner"]

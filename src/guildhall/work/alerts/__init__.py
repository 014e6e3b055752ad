"""Alerts: portal messages that go out when something on an involvement changes, or at a planned time."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class BoundedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with the least memory that OWASP recommends."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

"""Prints the CPU seconds of one bare ``check_password`` with the portal's hasher, the least of several."""

import sys
import time

import django

django.setup()

from django.contrib.auth.hashers import check_password, make_password


def main(count: int) -> None:
    kept = make_password("river otter candle meadow")
    check_password("river otter candle meadow", kept)
    began = time.process_time()
    for _ in range(count):
        check_password("river otter candle meadow", kept)
    print((time.process_time() - began) / count)


if __name__ == "__main__":
    main(int(sys.argv[1]))

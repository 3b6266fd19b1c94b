"""The connection of read.py and capabilities.py, made as a service makes it."""
import os
import sys

import hvac


def connect():
    address = os.environ.get("VAULT_ADDR")
    if not address:
        sys.exit("VAULT_ADDR is not set")
    # Only an application that reads this variable itself finds the token by it.
    token = None
    token_file = os.environ.get("VAULT_TOKEN_FILE")
    if token_file:
        with open(token_file, encoding="utf-8") as file:
            token = file.read().strip()
    # Everything else is found by hvac: VAULT_TOKEN or ~/.vault-token, and VAULT_CACERT.
    return hvac.Client(url=address, token=token, timeout=10)

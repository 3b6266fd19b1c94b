"""The connection of read.py and capabilities.py, made as a service makes it."""
import os
import sys

import hvac


def connect():
    address = os.environ.get("VAULT_ADDR")
    if not address:
        sys.exit("VAULT_ADDR is not set")
    token = os.environ.get("VAULT_TOKEN")
    token_file = os.environ.get("VAULT_TOKEN_FILE")
    if not token and token_file:
        with open(token_file, encoding="utf-8") as file:
            token = file.read().strip()
    # An empty token, not None: hvac would look for one in the home directory.
    return hvac.Client(
        url=address,
        token=token or "",
        verify=os.environ.get("VAULT_CACERT") or True,
        timeout=10,
    )

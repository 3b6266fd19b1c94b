#!/usr/bin/python3
"""capabilities.py <raw-api-path>...

Prints a JSON object path -> [capabilities] of the own token, from one request.
Without arguments the paths are one JSON array on stdin.
"""
import json
import sys

import hvac
import requests

from vault_client import connect


def main():
    paths = sys.argv[1:] or json.load(sys.stdin)
    try:
        response = connect().adapter.post("/v1/sys/capabilities-self", json={"paths": paths})
    except (hvac.exceptions.VaultError, requests.RequestException) as error:
        sys.exit(f"{type(error).__name__}: {error}")
    data = response["data"]
    print(json.dumps({path: data[path] for path in paths}))


main()

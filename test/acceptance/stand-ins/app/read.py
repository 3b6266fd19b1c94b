#!/usr/bin/python3
"""read.py [--mount <mount>] <kv-path>...

Reads each path of the KV version 2 mount named by VAULT_MOUNT_PATH,
VAULT_MOUNT_POINT, VAULT_MOUNT or --mount (the first that is set) and prints one
JSON object. Exit code 0 whenever that object was printed.
"""
import argparse
import inspect
import json
import os
from importlib.metadata import version

import hvac
import requests

from vault_client import connect

ERRORS = (hvac.exceptions.VaultError, requests.RequestException)


def mount_from_environment():
    names = ("VAULT_MOUNT_PATH", "VAULT_MOUNT_POINT", "VAULT_MOUNT")
    return next((os.environ[name] for name in names if os.environ.get(name)), None)


def read(client, mount, path):
    read_version = client.secrets.kv.v2.read_secret_version
    options = {}
    if "raise_on_deleted_version" in inspect.signature(read_version).parameters:
        options["raise_on_deleted_version"] = True
    try:
        response = read_version(path=path, mount_point=mount, **options)
    except ERRORS as error:
        return {"ok": False, "error": type(error).__name__}
    return {"ok": True, "data": response["data"]["data"]}


def policies_of(client):
    """The policies of the token, or None if it is not a valid one."""
    try:
        data = client.auth.token.lookup_self()["data"]
    except ERRORS:
        return None
    return sorted({*(data.get("policies") or []), *(data.get("identity_policies") or [])})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mount")
    parser.add_argument("paths", nargs="+", metavar="kv-path")
    arguments = parser.parse_args()
    mount = mount_from_environment() or arguments.mount
    if not mount:
        parser.error("no mount: set VAULT_MOUNT_PATH or give --mount")

    client = connect()
    try:
        authenticated = client.is_authenticated()
    except ERRORS:
        authenticated = False
    print(json.dumps({
        "authenticated": authenticated,
        "hvac": version("hvac"),
        "policies": policies_of(client) or [],
        "results": {path: read(client, mount, path) for path in arguments.paths},
    }))


main()

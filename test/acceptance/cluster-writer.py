"""cluster-writer.py write <prefix> <seconds> | find <prefix>

write: writes one new secret after another below <prefix> for that long, and reads another secret beside it. A refusal
is no reason to stop. Prints one JSON object of what was acknowledged and of the pauses.
find: reads the JSON array of acknowledged [number, value] on stdin, and prints those that are not there.
"""
import json
import os
import secrets
import sys
import threading
import time

import hvac
import requests

sys.path.insert(0, "/stand-in")
from vault_client import connect

MOUNT = os.environ["VAULT_MOUNT"]
REFUSED = (hvac.exceptions.VaultError, requests.RequestException)


def tries(until, once):
    """Calls until then, and returns how often it was answered and refused, when last, and the longest pause."""
    answered, refused, pause, last_answer = 0, 0, 0.0, 0.0
    last = time.monotonic()
    while time.monotonic() < until:
        try:
            once()
            answered += 1
            now = time.monotonic()
            pause = max(pause, now - last)
            last, last_answer = now, time.time()
        except REFUSED:
            refused += 1
            time.sleep(0.1)
    pause = max(pause, time.monotonic() - last)
    return {"answered": answered, "refused": refused, "pause": round(pause, 1), "lastAnswer": last_answer}


def client():
    connection = connect()
    # Shorter than an election: a server that says nothing is asked again, by another address.
    connection.adapter._kwargs["timeout"] = 2
    return connection


def write(prefix, seconds):
    until = time.monotonic() + seconds
    acknowledged = []
    number = 0
    writer, reader = client(), client()

    def write_once():
        nonlocal number
        number += 1
        value = secrets.token_hex(8)
        writer.secrets.kv.v2.create_or_update_secret(
            path=f"{prefix}/{number}", secret={"value": value}, mount_point=MOUNT
        )
        acknowledged.append([number, value])

    def read_once():
        time.sleep(0.2)
        reader.secrets.kv.v2.read_secret_version(
            path="reader/api", mount_point=MOUNT, raise_on_deleted_version=True
        )

    reading = {}
    thread = threading.Thread(target=lambda: reading.update(tries(until, read_once)))
    thread.start()
    writing = tries(until, write_once)
    thread.join()
    print(json.dumps({"acknowledged": acknowledged, "writing": writing, "reading": reading}))


def find(prefix):
    reader = client()
    lost = []
    for number, value in json.load(sys.stdin):
        try:
            answer = reader.secrets.kv.v2.read_secret_version(
                path=f"{prefix}/{number}", mount_point=MOUNT, raise_on_deleted_version=True
            )
            if answer["data"]["data"] != {"value": value}:
                lost.append(number)
        except hvac.exceptions.InvalidPath:
            lost.append(number)
    print(json.dumps(lost))


if sys.argv[1] == "write":
    write(sys.argv[2], float(sys.argv[3]))
else:
    find(sys.argv[2])

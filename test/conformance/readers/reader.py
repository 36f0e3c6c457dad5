"""Reads what to verify, one line each, by tabs: token, issuer, product, fingerprint, now, highest seq."""
import json, sys
from verify import verify

keys = json.load(open(sys.argv[1]))["keys"]
for line in sys.stdin.buffer.read().decode().splitlines():
    token, issuer, product, fingerprint, now, seq = line.split("\t")
    print(verify(keys, token, issuer, product, fingerprint or None, int(now), int(seq)))

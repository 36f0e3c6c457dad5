"""Verifies license tokens and license files: Python 3.8, nothing but its standard library."""
import base64, hashlib, json
from datetime import datetime

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P

def add(p, q):  # RFC 8032, 5.1.4
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    return ((b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P)
def times(n, p):
    return (0, 1, 1, 0) if n == 0 else add(times(n - 1, p), p) if n & 1 else times(n >> 1, add(p, p))
def point(data):
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square: raise ValueError("not a point")
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)
def is_signed(key, text, signature):
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L: return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    one = times(s, point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")))
    two = add(point(signature[:32]), times(h, point(key)))
    return all((one[i] * two[2] - two[i] * one[2]) % P == 0 for i in (0, 1))

def decode(text):
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).rstrip(b"=") != text.encode(): raise ValueError("not canonical")
    return data

seconds = lambda instant: datetime.fromisoformat(instant.replace("Z", "+00:00")).timestamp()

def verify(keys, token, issuer, product, fingerprint, now, seq):
    """Times in seconds; seq is the highest one seen. VALID, OFFLINE (ask the center) and GRACE may run."""
    head, body, signature, *more = token.split(".") + [""] * (2 - token.count("."))
    try: header = json.loads(decode(head))
    except ValueError: return "SIGNATURE_INVALID"
    if more or header.get("alg") != "EdDSA" or header.get("typ") != "license+jwt": return "TOKEN_INVALID"
    key = next((key for key in keys if key["kid"] == header.get("kid")), None)
    if key is None: return "UNKNOWN_KEY"
    if key.get("revoked"): return "RETIRED_KEY"
    try: good = is_signed(decode(key["x"]), f"{head}.{body}".encode(), decode(signature))
    except ValueError: good = False
    if not good: return "SIGNATURE_INVALID"
    c = json.loads(decode(body))
    if not {"iss", "aud", "iat", "exp", "seq", "fingerprint", "expires_at"} <= c.keys(): return "TOKEN_INVALID"
    if "retired_at" in key and c["iat"] >= seconds(key["retired_at"]): return "RETIRED_KEY"
    if c["iss"] != issuer: return "TOKEN_INVALID"
    if c["aud"] != product: return "WRONG_PRODUCT"
    if c["fingerprint"] != fingerprint: return "FINGERPRINT_MISMATCH"
    if c["seq"] < seq: return "TOKEN_OUTDATED"
    if now < c["iat"] - 300: return "CLOCK_ROLLED_BACK"
    expired = now >= seconds(c["expires_at"])
    if now >= c["exp"]: return "EXPIRED" if expired else "OFFLINE_TOO_LONG"
    return "GRACE" if expired else "OFFLINE" if now >= seconds(c["check_after"]) else "VALID"

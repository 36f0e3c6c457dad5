// Verifies license tokens and license files: Go 1.18, nothing but its standard library.
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
)

type Key struct {
	Kid, X    string
	Revoked   bool
	RetiredAt time.Time `json:"retired_at"`
}
type Claims struct {
	Iss, Aud, Sub string
	Iat, Exp, Seq int64
	Fingerprint   *string
	ExpiresAt     time.Time `json:"expires_at"`
	CheckAfter    time.Time `json:"check_after"`
}

var encoding = base64.RawURLEncoding.Strict()

func read(part string, into any) bool {
	data, err := encoding.DecodeString(part)
	return err == nil && json.Unmarshal(data, into) == nil
}

// Times in seconds; seq is the highest one seen. VALID, OFFLINE (ask the center) and GRACE may run.
func verify(keys map[string]Key, token, issuer, product string, fingerprint *string, now, seq int64) string {
	header, c := struct{ Alg, Typ, Kid string }{}, Claims{}
	parts := append(strings.Split(token, "."), "", "")
	isRead := read(parts[0], &header)
	key, isKnown := keys[header.Kid]
	public, _ := encoding.DecodeString(key.X)
	signature, err := encoding.DecodeString(parts[2])
	isSigned := isKnown && err == nil && ed25519.Verify(public, []byte(parts[0]+"."+parts[1]), signature)
	isLicense := isSigned && read(parts[1], &c) && c.Sub != "" && c.Exp > 0
	isOurs := (c.Fingerprint == nil) == (fingerprint == nil) && (fingerprint == nil || *fingerprint == *c.Fingerprint)
	isExpired, isOver := now >= c.ExpiresAt.Unix(), now >= c.Exp
	for _, check := range []struct {
		holds bool
		code  string
	}{
		{!isRead, "SIGNATURE_INVALID"}, {len(parts) > 5 || header.Alg != "EdDSA" || header.Typ != "license+jwt", "TOKEN_INVALID"},
		{!isKnown, "UNKNOWN_KEY"}, {key.Revoked, "RETIRED_KEY"}, {!isSigned, "SIGNATURE_INVALID"}, {!isLicense, "TOKEN_INVALID"},
		{!key.RetiredAt.IsZero() && c.Iat >= key.RetiredAt.Unix(), "RETIRED_KEY"}, {c.Iss != issuer, "TOKEN_INVALID"},
		{c.Aud != product, "WRONG_PRODUCT"}, {!isOurs, "FINGERPRINT_MISMATCH"}, {c.Seq < seq, "TOKEN_OUTDATED"}, {now < c.Iat-300, "CLOCK_ROLLED_BACK"},
		{isOver && isExpired, "EXPIRED"}, {isOver, "OFFLINE_TOO_LONG"}, {isExpired, "GRACE"}, {now >= c.CheckAfter.Unix(), "OFFLINE"}, {true, "VALID"},
	} {
		if check.holds {
			return check.code
		}
	}
	panic("unreachable")
}

package wire

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"scanbay/store"
)

// The headers of a request and of an answer.
const (
	stationHeader = "Scanbay-Station" // warehouse/station
	timeHeader    = "Scanbay-Time"    // milliseconds UTC: of central's clock, as the asker knows it
	digestHeader  = "Scanbay-Digest"  // SHA-256 of the body, in hexadecimal
	signHeader    = "Scanbay-Signature"
)

// clockMax is how far a signature's time may be from central's clock: older ones are
// somebody's replay.
const clockMax = 10 * time.Minute

// Sign signs a request of a station. What is asked for twice, is carried out once: a
// replay of a push or of a ruling changes nothing.
func Sign(r *http.Request, wh store.WarehouseID, station store.StationID, key ed25519.PrivateKey,
	at time.Time, body []byte) {
	r.Header.Set(stationHeader, string(wh)+"/"+string(station))
	r.Header.Set(timeHeader, strconv.FormatInt(at.UnixMilli(), 10))
	r.Header.Set(digestHeader, digest(body))
	r.Header.Set(signHeader, base64.StdEncoding.EncodeToString(ed25519.Sign(key, signed(r))))
}

// signed are the bytes that a signature is over.
func signed(r *http.Request) []byte {
	return fmt.Appendf(nil, "scanbay\n%s\n%s\n%s\n%s\n%s", r.Method, r.URL.Path,
		r.Header.Get(stationHeader), r.Header.Get(timeHeader), r.Header.Get(digestHeader))
}

func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// Asker is who a request says that it is from; nothing is proven yet.
func Asker(r *http.Request) (wh store.WarehouseID, station store.StationID) {
	h := r.Header.Get(stationHeader)
	for i := range h {
		if h[i] == '/' {
			return store.WarehouseID(h[:i]), store.StationID(h[i+1:])
		}
	}
	return "", ""
}

// Verify proves that a request is from the holder of a key, and recent, before its body
// is read: from nobody else are bytes kept. It fails with a Problem, NotSigned or
// WrongClock. VerifyBody is to follow.
func Verify(r *http.Request, key ed25519.PublicKey, now time.Time) error {
	sig, err := base64.StdEncoding.DecodeString(r.Header.Get(signHeader))
	if err != nil || len(key) != ed25519.PublicKeySize ||
		!ed25519.Verify(key, signed(r), sig) {
		return &Problem{Code: NotSigned}
	}
	ms, err := strconv.ParseInt(r.Header.Get(timeHeader), 10, 64)
	if off := now.Sub(time.UnixMilli(ms)).Abs(); err != nil || off > clockMax {
		return &Problem{Code: WrongClock}
	}
	return nil
}

// VerifyBody proves that a body is the one that was signed. It fails with a Problem,
// NotSigned.
func VerifyBody(r *http.Request, body []byte) error {
	if r.Header.Get(digestHeader) != digest(body) {
		return &Problem{Code: NotSigned, Text: "another body"}
	}
	return nil
}

// SetTime tells central's time in an answer.
func SetTime(h http.Header, now time.Time) {
	h.Set(timeHeader, strconv.FormatInt(now.UnixMilli(), 10))
}

// TimeOf is central's time in an answer; zero when it is not told.
func TimeOf(h http.Header) time.Time {
	ms, err := strconv.ParseInt(h.Get(timeHeader), 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

package wire_test

import (
	"crypto/ed25519"
	"errors"
	"math"
	"net/http"
	"strconv"
	"testing"
	"time"

	"scanbay/sync/wire"
)

// A signature holds for ten minutes, on either side of central's clock.
func TestASignatureIsOfItsTime(t *testing.T) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for off, want := range map[time.Duration]wire.ProblemCode{
		0: "", 10 * time.Minute: "", -10 * time.Minute: "",
		10*time.Minute + time.Millisecond:  wire.WrongClock,
		-10*time.Minute - time.Millisecond: wire.WrongClock,
		math.MaxInt64:                      wire.WrongClock, math.MinInt64: wire.WrongClock,
	} {
		r, err := http.NewRequest(http.MethodPost, "https://central:8443/v1/push", nil)
		if err != nil {
			t.Fatal(err)
		}
		wire.Sign(r, "w1", "s1", key, now.Add(off), []byte("body"))
		if got := code(wire.Verify(r, key.Public().(ed25519.PublicKey), now)); got != want {
			t.Errorf("%v off: %q, want %q", off, got, want)
		}
		if err := wire.VerifyBody(r, []byte("body")); err != nil {
			t.Error(err)
		}
		if got := code(wire.VerifyBody(r, []byte("Body"))); got != wire.NotSigned {
			t.Errorf("another body: %q", got)
		}
		for _, no := range []ed25519.PublicKey{nil, {}, make([]byte, 31), make([]byte, 33)} {
			if got := code(wire.Verify(r, no, now)); got != wire.NotSigned {
				t.Errorf("a key of %d bytes: %q", len(no), got)
			}
		}
	}
}

func code(err error) wire.ProblemCode {
	var p *wire.Problem
	if !errors.As(err, &p) {
		return ""
	}
	return p.Code
}

// Central's time is read as it was told; anything else is no time.
func TestCentralTellsItsTime(t *testing.T) {
	h := http.Header{}
	now := time.UnixMilli(1_772_366_400_123)
	wire.SetTime(h, now)
	if got := wire.TimeOf(h); !got.Equal(now) {
		t.Errorf("%v became %v", now, got)
	}
	for _, text := range []string{"", "x", strconv.Itoa(math.MaxInt) + "0"} {
		h.Set("Scanbay-Time", text)
		if got := wire.TimeOf(h); !got.IsZero() {
			t.Errorf("%q is %v", text, got)
		}
	}
}

// Package access lets operators in and out: a badge, and always a PIN.
package access

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"time"

	"golang.org/x/crypto/argon2"

	"scanbay/store"
)

// Argon2id's cost, by OWASP's advice for 19 MiB.
const (
	argonTime    = 2
	argonMemory  = 19 * 1024 // KiB
	argonThreads = 1
	hashLen      = 32
	saltLen      = 16
)

// Wrong PINs lock an operator out of a station: after failuresMax for lockFirst,
// and twice as long after each further one, up to lockMost.
const (
	failuresMax = 5
	lockFirst   = 30 * time.Second
	lockMost    = 15 * time.Minute
)

// A Key is this device's pepper. It is kept beside the database, not in it: a
// copy of the database alone cannot be tried for PINs.
type Key []byte

// NoKey is central's: what it keeps, stations seal with theirs.
func NoKey() Key { return Key{} }

// DeviceKey reads the device's key at path, and makes one where there is none.
func DeviceKey(path string) (Key, error) {
	key, err := os.ReadFile(path)
	if err == nil && len(key) == hashLen {
		return key, nil
	}
	if err == nil {
		return nil, &store.Fault{Code: store.Damaged, Path: path, Err: errors.New("not a key")}
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, &store.Fault{Code: store.ReadOnly, Path: path, Err: err}
	}
	key = make([]byte, hashLen)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("device key: %w", err)
	}
	if err := os.WriteFile(path, key, 0o600); err != nil {
		return nil, &store.Fault{Code: store.ReadOnly, Path: path, Err: err}
	}
	return key, nil
}

// verifier is what is kept of a PIN. Central has no key: what it keeps is sealed with
// each station's own.
func (k Key) verifier(pin string, salt []byte) []byte {
	hash := argon2.IDKey([]byte(pin), salt, argonTime, argonMemory, argonThreads, hashLen)
	if len(k) == 0 {
		return hash
	}
	return k.seal(hash)
}

func (k Key) seal(hash []byte) []byte {
	mac := hmac.New(sha256.New, k)
	mac.Write(hash)
	return mac.Sum(nil)
}

// Seal is what this device keeps of a PIN that central tells of.
func (k Key) Seal(p store.PIN) store.PIN {
	p.Verifier = k.seal(p.Verifier)
	return p
}

// SetPIN keeps a new PIN for an operator at this station, inside a transaction.
// The same PIN again changes nothing: it says whether anything changed.
func (k Key) SetPIN(tx *store.Tx, id store.OperatorID, pin string) (bool, error) {
	kept, err := tx.PIN(id)
	if _, none := store.RefusalOf(err); err != nil && !none {
		return false, err
	}
	if err == nil && hmac.Equal(kept.Verifier, k.verifier(pin, kept.Salt)) {
		return false, nil
	}
	p := store.PIN{Operator: id, Salt: make([]byte, saltLen)}
	if _, err := rand.Read(p.Salt); err != nil {
		return false, fmt.Errorf("salt: %w", err)
	}
	p.Verifier = k.verifier(pin, p.Salt)
	return true, tx.SetPIN(p)
}

var pin = regexp.MustCompile(`^[0-9]{4,12}$`)

// LikePIN says whether a text could be somebody's PIN.
func LikePIN(text string) bool { return pin.MatchString(text) }

// Who reads the operator that a badge or a typed number stands for. It refuses
// with UnknownOperator, WrongKind, Unreadable or NoPIN.
func Who(ctx context.Context, s *store.Store, by store.Gesture) (o store.Operator, err error) {
	mark := by.Mark
	secret := mark.Kind == "" && (by.Source == "keyed" || LikePIN(mark.Text))
	if secret { // a PIN that came too early, perhaps: it goes into no record
		by.Raw, by.Mark = nil, store.Mark{}
	}
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		f, err := tx.Find(mark, store.OperatorKind)
		if r, refused := store.RefusalOf(err); refused && r.Code == store.NotFound {
			r.Code = store.UnknownOperator
			if secret {
				r.Got = ""
			}
		}
		if err != nil {
			return err
		}
		if o, err = tx.Operator(f.Operator); err != nil {
			return err
		}
		if _, err := tx.PIN(o.ID); err != nil {
			return err
		}
		return tx.Record(store.ScanNoted{About: string(o.ID), Text: f.Code})
	})
	return o, err
}

// SignIn lets an operator in by PIN. It refuses with WrongPIN, and with LockedOut
// after too many of them, also after a restart; a right one sets them to naught.
func (k Key) SignIn(ctx context.Context, s *store.Store, id store.OperatorID, pin string) (
	o store.Operator, err error) {
	by := store.Gesture{Operator: id, Source: "keyed"}
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if o, err = tx.Operator(id); err != nil {
			return err
		}
		if err := k.check(tx, o, pin); err != nil {
			return err
		}
		return tx.Record(store.SignedIn{Operator: id})
	})
	return o, err
}

// Vouch lets a second person with a role answer for what the operator of by does, by PIN.
// Nobody is signed in by it. It refuses as SignIn does, and with NoRight.
func (k Key) Vouch(ctx context.Context, s *store.Store, by store.Gesture, id store.OperatorID,
	role store.Role, pin string) (o store.Operator, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if o, err = tx.Operator(id); err != nil {
			return err
		}
		if !o.May(role) {
			return &store.Refusal{Code: store.NoRight, Want: string(role), Got: o.Name}
		}
		if err := k.check(tx, o, pin); err != nil {
			return err
		}
		return tx.Record(store.ScanNoted{About: string(id), Text: string(role)})
	})
	return o, err
}

// check refuses a wrong PIN, and any after too many of them.
func (k Key) check(tx *store.Tx, o store.Operator, pin string) error {
	kept, err := tx.PIN(o.ID)
	if err != nil {
		return err
	}
	now := tx.Now()
	if wait := time.UnixMilli(kept.Until).Sub(now); wait > 0 {
		// A clock that was set back must not lock anybody out for longer.
		wait = min(wait, lockMost)
		return &store.Refusal{Code: store.LockedOut, Got: fmt.Sprint(int64(wait.Seconds() + 1))}
	}
	if hmac.Equal(kept.Verifier, k.verifier(pin, kept.Salt)) {
		kept.Failures, kept.Until = 0, 0
		return tx.SetPIN(kept)
	}
	kept.Failures++
	denied := &store.Refusal{Code: store.WrongPIN, Got: o.Name}
	if over := kept.Failures - failuresMax; over >= 0 {
		wait := min(lockFirst<<min(over, 10), lockMost)
		kept.Until = now.Add(wait).UnixMilli()
		denied = &store.Refusal{Code: store.LockedOut, Got: fmt.Sprint(int64(wait.Seconds()))}
	}
	if err := tx.SetPIN(kept); err != nil { // committed with the refusal
		return err
	}
	return denied
}

// SignOut ends an operator's work at this station: what they held is free.
func SignOut(ctx context.Context, s *store.Store, id store.OperatorID, idle bool) error {
	return s.Write(ctx, store.Gesture{Operator: id, Source: "keyed"}, func(tx *store.Tx) error {
		left, err := tx.HeldBy(id)
		if err != nil {
			return err
		}
		for i := range left {
			left[i].Token++
			left[i].Held = false
			left[i].At = tx.Now().UnixMilli()
		}
		return tx.Record(store.SignedOut{Operator: id, Idle: idle, Left: left})
	})
}

package central

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"scanbay/store"
	"scanbay/sync/wire"
)

// CodeLife is how long an enrolment code serves.
const CodeLife = 10 * time.Minute

// NewCode keeps a code that enrols a station of a warehouse, once, and gives it as it is
// told to people, with the warehouse in front. Secret is 16 characters of base 32 from a
// random source; it is not kept itself.
func NewCode(ctx context.Context, s *store.Store, station store.StationID, secret string) (
	code string, err error) {
	if station == "" || station == s.Identity().Author {
		return "", errName
	}
	code = string(s.Identity().Warehouse) + "."
	for i := 0; i < len(secret); i += 4 {
		code += secret[i:min(i+4, len(secret))] + "-"
	}
	err = s.WriteMany(ctx, store.Gesture{}, func(tx *store.Tx) error {
		return tx.SetEnrolCode(hashOf(secret), station, tx.Now().Add(CodeLife).UnixMilli())
	})
	return strings.TrimSuffix(code, "-"), err
}

// errName says that a log by that name is central's own.
var errName = errors.New("no station can be called so")

// hashOf is a code as it is kept: as people may type it.
func hashOf(code string) []byte {
	sum := sha256.Sum256([]byte(strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToUpper(code))))
	return sum[:]
}

// enrol takes a station in. The code says of which warehouse it is.
func (c *Central) enrol(rw http.ResponseWriter, r *http.Request) {
	wire.SetTime(rw.Header(), c.Now())
	var ask wire.EnrolAsk
	body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, 1<<16))
	if err == nil {
		err = json.Unmarshal(body, &ask)
	}
	if err != nil || len(ask.Key) != ed25519.PublicKeySize {
		c.fail(rw, r, &wire.Problem{Code: wire.BadRequest})
		return
	}
	wh, code := "", ask.Code
	if i := strings.LastIndexByte(code, '.'); i >= 0 {
		wh, code = code[:i], code[i+1:]
	}
	w := c.warehouses[store.WarehouseID(wh)]
	if w == nil {
		w = c.warehouses[store.WarehouseID(strings.ToUpper(wh))] // as people type
	}
	if w == nil {
		c.fail(rw, r, &wire.Problem{Code: wire.BadCode})
		return
	}
	ask.Code = code
	out, err := enrol(r.Context(), w.store, ask)
	if err == nil && out.Station == "" {
		err = &wire.Problem{Code: wire.BadCode}
	}
	if err != nil {
		c.fail(rw, r, err)
		return
	}
	c.Log.Info("enrolled", "warehouse", out.Warehouse, "station", out.Station, "epoch", out.Epoch)
	_ = asked{w: rw}.json(out)
}

// enrol takes a station into one warehouse, if the code is of it.
func enrol(ctx context.Context, s *store.Store, ask wire.EnrolAsk) (
	out wire.EnrolAnswer, err error) {
	known, err := store.Get(ctx, s, func(r *store.Reader) (bool, error) {
		return r.HasEnrolCode(hashOf(ask.Code))
	})
	if err != nil || !known {
		return out, err // who guesses holds nobody up who writes
	}
	err = s.Write(ctx, store.Gesture{}, func(tx *store.Tx) error {
		out = wire.EnrolAnswer{}
		id, err := tx.UseEnrolCode(hashOf(ask.Code))
		if err != nil || id == "" {
			return err
		}
		st, err := place(tx, id)
		if err != nil {
			return err
		}
		st.Key, st.Active, st.At = ask.Key, true, tx.Now().UnixMilli()
		site := tx.Station()
		out = wire.EnrolAnswer{Warehouse: site.Warehouse, Station: id, Prefix: st.Prefix,
			Epoch: st.Epoch, Zone: site.Zone}
		return tx.Record(store.StationEnrolled{Station: st})
	})
	return out, err
}

// digits are what prefixes of stations are made of.
const digits = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// errFull says that a warehouse has more stations than prefixes.
var errFull = errors.New("no prefix is left for another station")

// place is a station with its next epoch, and with a prefix that no other has.
func place(tx *store.Tx, id store.StationID) (st store.Station, err error) {
	all, err := tx.Stations()
	if err != nil {
		return st, err
	}
	used := []string{tx.Station().Prefix}
	for _, other := range all {
		if other.ID == id {
			st = other
		}
		used = append(used, other.Prefix)
	}
	// A lone station's file that became central's has a log by this name.
	last, err := tx.LastEpoch(id)
	if err != nil || st.ID != "" {
		st.Epoch = last + 1
		return st, err
	}
	st = store.Station{ID: id, Epoch: last + 1}
	for n := range len(digits) * len(digits) {
		st.Prefix = string([]byte{digits[n/len(digits)], digits[n%len(digits)]})
		if !slices.Contains(used, st.Prefix) {
			return st, nil
		}
	}
	return st, errFull
}

// hello says what central knows of a station's log.
func (w *warehouse) hello(ctx context.Context, st store.Station, ask wire.HelloAsk) (
	a wire.HelloAnswer, err error) {
	if err := w.lost(ctx, st, ask); err != nil {
		return a, err
	}
	if err := w.outgrow(ctx, ask); err != nil {
		return a, err
	}
	err = w.store.Read(ctx, func(r *store.Reader) error {
		now, err := r.Cursor()
		if err != nil {
			return err
		}
		a.Incarnation = now.Incarnation
		if a.Since, a.Restoring, err = r.RestoredSince(); err != nil {
			return err
		}
		a.Head = store.Head{Author: st.ID, Epoch: ask.Epoch}
		if a.Head.Seq, a.Head.Hash, err = r.Head(st.ID, ask.Epoch); err != nil {
			return err
		}
		if now.Incarnation == ask.Cursor.Incarnation {
			return nil
		}
		if a.Mark, err = r.Mark(min(a.Since, ask.Cursor.Rev)); err != nil {
			return err
		}
		if a.Heads, err = r.Heads(); err != nil {
			return err
		}
		for _, h := range ask.Heads {
			last, _, err := r.Head(h.Author, h.Epoch)
			if err != nil {
				return err
			}
			same, err := r.HasHash(h.Author, h.Epoch, h.Seq, h.Hash)
			if err != nil {
				return err
			}
			if last >= h.Seq && !same {
				a.Forked = append(a.Forked, h)
			}
		}
		return nil
	})
	return a, err
}

// outgrow notices that a station holds facts of the epoch in which this server records, or
// of a later one, which it recorded before it was restored: from now on it records in
// another, and takes those as any that it lost.
func (w *warehouse) outgrow(ctx context.Context, ask wire.HelloAsk) error {
	site := w.store.Identity()
	last := int64(0)
	if err := w.store.Read(ctx, func(r *store.Reader) error {
		for _, h := range ask.Heads {
			if h.Author != site.Author || h.Epoch < site.Epoch {
				continue
			}
			same, err := r.HasHash(h.Author, h.Epoch, h.Seq, h.Hash)
			if err != nil {
				return err
			}
			if !same {
				last = max(last, h.Epoch)
			}
		}
		return nil
	}); err != nil || last == 0 {
		return err
	}
	w.Log.Warn("stations hold what this server recorded in an epoch before", "epoch", last)
	return w.store.Outgrow(ctx, last)
}

// lost notices that this database is older than what a station was told: somebody
// restored it, and did not say so.
func (w *warehouse) lost(ctx context.Context, st store.Station, ask wire.HelloAsk) error {
	older := false
	if err := w.store.Read(ctx, func(r *store.Reader) error {
		now, err := r.Cursor()
		if err != nil || now.Incarnation > ask.Cursor.Incarnation {
			return err // that is known
		}
		seq, _, err := r.Head(st.ID, ask.Epoch)
		if err != nil {
			return err
		}
		older = now.Incarnation < ask.Cursor.Incarnation || now.Rev < ask.Cursor.Rev ||
			seq < ask.Acked
		if !older {
			told, err := hasTold(r, st.ID, ask.Stand)
			if older = !told; err != nil {
				return err
			}
		}
		for _, h := range ask.Heads { // what it has of others, it has from here
			if older || h.Author == st.ID {
				continue
			}
			same, err := r.HasHash(h.Author, h.Epoch, h.Seq, h.Hash)
			if older = !same; err != nil {
				return err
			}
		}
		return nil
	}); err != nil || !older {
		return err
	}
	w.Log.Error("this database is older than what stations have seen: it was restored",
		"station", st.ID)
	return w.store.Restored(ctx, 0)
}

// renew gives a station a new epoch: a clone of it, or an older copy, recorded other
// facts under the same numbers. That is loud: it is a fact, and an alert. Who asks the
// same again is given the same.
func (w *warehouse) renew(ctx context.Context, st store.Station, ask wire.RenewAsk) (
	a wire.RenewAnswer, err error) {
	if len(ask.Hashes) > wire.HashesMax {
		return a, &wire.Problem{Code: wire.TooLarge, Text: "hashes"}
	}
	text, err := json.Marshal(ask)
	if err != nil {
		return a, err
	}
	by := store.Gesture{Station: st.ID,
		Scan: store.ScanID(fmt.Sprintf("renew %s %x", st.ID, sha256.Sum256(text)))}
	err = w.store.Write(ctx, by, func(tx *store.Tx) error {
		if a.Common, err = common(&tx.Reader, st.ID, ask); err != nil {
			return err
		}
		next, err := place(tx, st.ID)
		if err != nil {
			return err
		}
		a.Epoch, next.At = next.Epoch, tx.Now().UnixMilli()
		if err := tx.Record(store.StationEnrolled{Station: next, Reason: "fork"}); err != nil {
			return err
		}
		a.Rev, err = tx.Revision()
		return err
	})
	if errors.Is(err, store.ErrAnswered) {
		return w.renewed(ctx, st, ask, by.Scan)
	}
	if err == nil {
		w.Log.Warn("fork", "station", st.ID, "epoch", ask.Epoch, "common", a.Common, "new", a.Epoch)
		w.metrics.forks.Inc()
	}
	return a, err
}

// renewed is what a station was answered that asks for an epoch once more.
func (w *warehouse) renewed(ctx context.Context, st store.Station, ask wire.RenewAsk,
	scan store.ScanID) (a wire.RenewAnswer, err error) {
	err = w.store.Read(ctx, func(r *store.Reader) error {
		if a.Common, err = common(r, st.ID, ask); err != nil {
			return err
		}
		env, _, err := r.AnswerTo(scan)
		if err != nil {
			return err
		}
		var e store.StationEnrolled
		err = json.Unmarshal(env.Body, &e)
		if a.Epoch = e.Epoch; err == nil {
			a.Rev, err = r.Revision()
		}
		return err
	})
	return a, err
}

// common is how far a station's log is the same here.
func common(r *store.Reader, id store.StationID, ask wire.RenewAsk) (seq int64, err error) {
	seq = ask.From - 1
	for _, hash := range ask.Hashes {
		same, err := r.HasHash(id, ask.Epoch, seq+1, hash)
		if err != nil || !same {
			return seq, err
		}
		seq++
	}
	return seq, nil
}

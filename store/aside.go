package store

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// What a station sends is kept, byte for byte. Where its author may not say it, or no
// engine could keep what it says, nobody goes by it: it is set aside, here and, since the
// authority says so, at every station. Nobody behind it waits.

// The limits of a fact. One of a station is told to all others, many at once.
const (
	FactMax      = 1 << 20  // bytes
	FloorFactMax = 64 << 10 // bytes of a station's
	keyMax       = 1000     // bytes of the text of a key: what engines can index
	qtyMax       = 1e12     // of one change to a sum
	intMax       = 1 << 53  // of any other number
)

var (
	errNUL = errors.New("a text with NUL in it")
	errKey = errors.New("the text of a key is too long")
)

// onFloor are the kinds of facts that a station records. All others are the authority's.
var onFloor = []string{"signed_in", "signed_out", "scan_refused", "scan_noted", "tote_bound",
	"bin_reached", "item_picked", "item_shorted", "task_skipped", "bin_checked", "surplus_found",
	"pack_opened", "item_packed", "carton_closed", "goods_missed", "goods_put_back", "goods_sorted",
	"carton_confirmed", "confirm_opened", "carton_repacked", "carton_weighed",
	"reversed", "parcel_arrived", "return_opened", "parcel_emptied", "return_received",
	"return_turned_away", "stray_kept", "return_inspected", "return_shelved", "count_begun",
	"item_counted", "count_cleared", "count_done", "count_left", "alert_acknowledged",
	"handover_opened", "handover_closed", "print_asked"}

// OnFloor says whether a station records facts of a kind, and not the authority alone.
func OnFloor(kind string) bool { return slices.Contains(onFloor, kind) }

// TakePushed is TakeRun for what a station sends of its own log. It gives the facts that
// were new and are gone by.
func (tx *Tx) TakePushed(b Run) (fresh []Envelope, err error) {
	b.pushed, b.Aside = true, nil
	return tx.TakeRun(b)
}

// setsAside says whether a fact that another recorded is set aside.
func (tx *Tx) setsAside(b Run, env *Envelope, e Event, changes []Change, at *atOnce) (
	bool, error) {
	if slices.Contains(b.Aside, env.Seq) || env.keepable(e) != nil || keepable(changes) != nil {
		return true, nil
	}
	if known, err := tx.heldElsewhere(env, at); err != nil || known {
		return known, err
	}
	if !b.pushed {
		return false, nil
	}
	if fact, is := e.(told); is && !fact.plausible() {
		return true, nil
	}
	if r, is := e.(Reversed); is {
		known, err := tx.happened(r, at)
		if err != nil || !known {
			return true, err
		}
	}
	mine, err := tx.bootOf(env)
	return e != nil && !OnFloor(env.Kind) || !mine, err
}

// A told fact is one whose numbers a station could have wrong: goods that came back or were
// packed anew, and what a carton weighs. They must add up, and name places and a return that are
// the station's to name.
type told interface{ plausible() bool }

func (e ReturnReceived) plausible() bool {
	return e.RMA.opens(e.Opens) && addsUp(e.N, e.Of) && (e.To.Is("stage") || e.To.Is("hold"))
}

func (e StrayKept) plausible() bool { return e.RMA.opens(e.Opens) }

// opens says whether a station may open a return by this number; nil is none.
func (id RMAID) opens(a *RMA) bool {
	return a == nil || a.ID == id && !bool(a.Asked) && len(a.Lines) == 0 &&
		strings.Count(string(id), "-") == 2
}

func (e ReturnInspected) plausible() bool { return addsUp(e.N, e.Of) && e.To.Is("tote") }

func (e ReturnShelved) plausible() bool {
	var of []ShareBack
	for _, o := range e.Of {
		of = append(of, ShareBack{N: o.N})
	}
	return addsUp(e.N, of) && e.From.Is("tote") && (e.To.Is("bin") || e.To == AtScrap)
}

func (e CartonRepacked) plausible() bool {
	for _, g := range e.Goods {
		if g.N <= 0 {
			return false
		}
	}
	opens := e.Opens == nil || e.Opens.Slip == e.Slip && InCarton(e.Opens.ID) == e.To
	return opens && len(e.Goods) > 0 && e.From != "" && e.To != InCarton(e.From) &&
		(e.To.Is("tote") || e.To.Is("carton"))
}

func (e CartonWeighed) plausible() bool {
	off := e.Begun != "" || !bool(e.Off || e.Opens)
	return off && e.Carton != "" && e.Grams > 0 && e.Round >= 0 && e.Want >= 0 && e.Tare >= 0 &&
		e.N >= 0 && (e.Item != "") == (e.N > 0) && bool(e.Off || !e.Opens)
}

func addsUp(n Qty, of []ShareBack) bool {
	for _, o := range of {
		if o.N <= 0 {
			return false
		}
		n -= o.N
	}
	return n == 0 && len(of) > 0
}

// writtenAgain says whether facts of an epoch may be in the log under other numbers: not
// those of an author's first, while no central server was ever restored.
func (tx *Tx) writtenAgain(epoch int64) bool { return epoch > 1 || tx.end.Incarnation > 1 }

// heldElsewhere says whether a fact is in the log already, under another number: a station
// writes again what it does not know that central has, by way of others.
func (tx *Tx) heldElsewhere(env *Envelope, at *atOnce) (bool, error) {
	if !tx.writtenAgain(env.Epoch) {
		return false, nil
	}
	if at != nil {
		return at.held[env.ID] || at.before[env.ID] != nil, nil
	}
	n, err := tx.count(`SELECT count(*) FROM event WHERE wh = ? AND id = ?`, env.ID)
	return n > 0, err
}

// happened says whether what is taken back happened so, on the floor.
func (tx *Tx) happened(r Reversed, at *atOnce) (bool, error) {
	if at != nil && at.before[r.Of] != nil {
		return r.takesBack(at.before[r.Of]), nil
	}
	var was Fact
	found, err := tx.one([]any{&was.Bytes}, `SELECT bytes FROM event WHERE wh = ? AND id = ?`, r.Of)
	if err != nil || !found {
		return false, err
	}
	env, err := was.Envelope()
	return r.takesBack(&env), err
}

func (e Reversed) takesBack(env *Envelope) bool {
	return env.Kind == e.Was && OnFloor(env.Kind) && bytes.Equal(env.Body, e.Body)
}

// bootOf says whether the ids of a fact's store are its author's: somebody who has seen
// them could use up those that come next.
func (tx *Tx) bootOf(env *Envelope) (bool, error) {
	i := strings.LastIndexByte(string(env.ID), '.')
	if i < 0 {
		return false, nil
	}
	boot := string(env.ID[:i])
	author, known := tx.boots[boot]
	if !known {
		var err error
		if known, err = tx.one([]any{&author}, `SELECT author FROM event
			WHERE wh = ? AND id >= ? AND id < ? ORDER BY id LIMIT 1`,
			boot+".", boot+"/"); err != nil {
			return false, err
		}
		if !known {
			author = env.Author
		}
		if tx.boots == nil {
			tx.boots = map[string]StationID{}
		}
		tx.boots[boot] = author
	}
	return author == env.Author, nil
}

// keepable fails for what not every engine could keep in the columns of the log.
func (env *Envelope) keepable(e Event) error {
	text := []string{string(env.ID), env.Kind, string(env.Operator), string(env.Scan)}
	if e != nil {
		text = append(text, e.Ref())
	}
	return keepableKey(text...)
}

func keepableKey(text ...string) error {
	n := 0
	for _, s := range text {
		if strings.IndexByte(s, 0) >= 0 {
			return errNUL
		}
		n += len(s)
	}
	if n > keyMax {
		return errKey
	}
	return nil
}

// keepable fails for changes that not every engine could keep, or with which a sum could
// grow past all numbers.
func keepable(changes []Change) error {
	for _, c := range changes {
		key := 0
		for i, v := range c.vals {
			n, err := keepableValue(v)
			if i < c.table.keys() {
				key += n
			}
			if err == nil && key > keyMax {
				err = errKey
			}
			if err != nil {
				return fmt.Errorf("%s: %w", c.table.name, err)
			}
		}
		if err := keepable(c.then); err != nil {
			return err
		}
	}
	return nil
}

// keepableValue gives the bytes of a text too.
func keepableValue(v any) (n int, err error) {
	of := reflect.Indirect(reflect.ValueOf(v))
	switch of.Kind() {
	case reflect.String:
		if n = of.Len(); strings.IndexByte(of.String(), 0) >= 0 {
			err = errNUL
		}
	case reflect.Int64:
		most := int64(intMax)
		if of.Type() == reflect.TypeFor[Qty]() {
			most = qtyMax
		}
		if n := of.Int(); n > most || n < -most {
			err = fmt.Errorf("%d is past all numbers", n)
		}
	}
	return n, err
}

// keys counts the columns of the key, without wh.
func (t *table) keys() int { return strings.Count(t.key, " ") + 1 }

// aside is a row of the log that nobody goes by: none of what its author says of it can
// be in the way of another.
func (f rawFact) aside() rawFact {
	f.id = fmt.Sprintf("%s %d.%d", f.author, f.epoch, f.seq)
	f.kind = "aside"
	f.parked, f.ref, f.operator, f.scan = isSetAside, "", "", ""
	return f
}

// recordable fails for what this store is not to record: what not every engine could
// keep, or is too large for the line.
func (tx *Tx) recordable(env *Envelope, e Event, size int) error {
	most := FactMax
	if !tx.s.id.Authority {
		most = FloorFactMax
	}
	if size > most {
		return fmt.Errorf("%d bytes, at most %d", size, most)
	}
	if err := env.keepable(e); err != nil {
		return err
	}
	return keepable(e.apply(env.Stamp()))
}

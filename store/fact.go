package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
)

// An Envelope is an event with all that is known of it. Fields are only added.
type Envelope struct {
	WH          WarehouseID     `json:"wh"`
	Author      StationID       `json:"author"`
	Epoch       int64           `json:"epoch"`
	Seq         int64           `json:"seq"` // 1, 2, 3 in one author's epoch
	ID          EventID         `json:"id"`
	Kind        string          `json:"kind"`
	V           int             `json:"v"`
	At          int64           `json:"at"`            // ms UTC; for people, never for order
	Day         Date            `json:"day"`           // in the warehouse's zone
	Off         int64           `json:"off,omitempty"` // ms to add to At: so wrong was it
	Operator    OperatorID      `json:"operator,omitempty"`
	Second      OperatorID      `json:"second,omitempty"`
	Scan        ScanID          `json:"scan,omitempty"`
	Raw         []byte          `json:"raw,omitempty"`
	Source      string          `json:"source,omitempty"`
	Incarnation int64           `json:"incarnation"`
	BasedOn     int64           `json:"based_on"`          // the revision its author had seen
	Station     StationID       `json:"station,omitempty"` // that asked the author for it
	Body        json.RawMessage `json:"body"`

	event Event    // what the body says; nil while nobody has read it
	does  []Change // what the event changes, likewise
}

// changes are those of the envelope's event.
func (e *Envelope) changes(is Event) []Change {
	if e.does == nil {
		e.does = is.apply(e.Stamp())
	}
	return e.does
}

// People are those whom it names: who did it, who stood beside, and whose work it was.
func (e *Envelope) People() []OperatorID {
	out := []OperatorID{e.Operator, e.Second}
	switch is := known(e).(type) {
	case SlipStarted:
		return append(out, is.From)
	case SlipLeft:
		return append(out, is.Operator)
	}
	return out
}

// A Fact is an event in a log: the bytes of its envelope as they were first
// written, chained to the author's fact before.
type Fact struct {
	Rev         int64 // the authority's number; 0 until it has one
	Bytes, Hash []byte
}

// Envelope reads the fact.
func (f Fact) Envelope() (env Envelope, err error) {
	err = json.Unmarshal(f.Bytes, &env)
	return env, err
}

// ErrFork says that an author's log went two ways: a cloned or restored
// database, an altered row, or a fact of another warehouse.
var ErrFork = errors.New("log forked")

// chain is SHA-256 over the hash before and the length-prefixed bytes.
func chain(prev, b []byte) []byte {
	framed := binary.BigEndian.AppendUint64(bytes.Clone(prev), uint64(len(b)))
	sum := sha256.Sum256(append(framed, b...))
	return sum[:]
}

// A Stamp orders facts for a register, as bytes: what an author had seen ranks
// below what it did then. No clock has a part in it.
type Stamp []byte

// Stamp is (incarnation, based_on, author, epoch, seq).
func (e *Envelope) Stamp() Stamp {
	b := binary.BigEndian.AppendUint64(nil, uint64(e.Incarnation))
	b = binary.BigEndian.AppendUint64(b, uint64(e.BasedOn))
	b = append(append(b, e.Author...), 0)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Epoch))
	return binary.BigEndian.AppendUint64(b, uint64(e.Seq))
}

// After ranks a stamp below numbers that count for more than it: a token, or a
// round and a step.
func (s Stamp) After(ranks ...int64) Stamp {
	var b []byte
	for _, r := range ranks {
		b = binary.BigEndian.AppendUint64(b, uint64(r))
	}
	return append(b, s...)
}

// Retell gives a log again with the kind of fact i changed, and the chain made
// anew: what a program of tomorrow would have written. It is for tests.
func Retell(log []Fact, i int, kind string) []Fact {
	out, prev := make([]Fact, len(log)), []byte(nil)
	for k, f := range log {
		out[k] = f
		if env, err := f.Envelope(); err == nil && k == i {
			env.Kind = kind
			out[k].Bytes, _ = json.Marshal(env) // it was read from JSON
		}
		out[k].Hash = chain(prev, out[k].Bytes)
		prev = out[k].Hash
	}
	return out
}

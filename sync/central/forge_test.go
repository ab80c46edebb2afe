package central_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"scanbay/store"
)

// chained is a run of facts with the hash that follows from them, behind another hash.
func (p *post) chained(from int64, prev []byte, facts ...[]byte) store.Run {
	run := store.Run{Author: p.id, Epoch: p.epoch, From: from, Prev: prev, Facts: facts}
	run.Hash = prev
	for _, fact := range facts {
		framed := binary.BigEndian.AppendUint64(append([]byte(nil), run.Hash...),
			uint64(len(fact)))
		sum := sha256.Sum256(append(framed, fact...))
		run.Hash = sum[:]
	}
	return run
}

// says is a fact of an event, as a hostile program of the station would write it behind
// what it has sent; edit may alter anything.
func (p *post) says(seq int64, e store.Event, edit func(*store.Envelope)) []byte {
	p.Helper()
	body, err := json.Marshal(e)
	p.Must(err)
	env := store.Envelope{WH: "w1", Author: p.id, Epoch: p.epoch, Seq: seq,
		ID: store.EventID(fmt.Sprintf("forged%s.%d", p.id, seq)), Kind: e.Kind(), V: 1,
		At: 1, Day: 20260301, Operator: "101", Incarnation: 1, Body: body}
	if edit != nil {
		edit(&env)
	}
	return as(p, env)
}

package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"scanbay/store"
	"scanbay/store/returns"
)

// figures are what a rehearsal came to.
type figures struct {
	Orders        int            `json:"orders"`
	Held          int            `json:"held"`
	HeldFor       map[string]int `json:"held_for"` // orders, by the rule that they did not pass
	Approved      int            `json:"approved"`
	Rejected      int            `json:"rejected"`
	Slips         int            `json:"slips"`
	Lines         int            `json:"lines"`  // of slips
	Pieces        store.Qty      `json:"pieces"` // that left
	Scans         int            `json:"scans"`  // answered
	Refused       int            `json:"refused"`
	Mistakes      int            `json:"mistakes"` // made on purpose
	Shorts        int            `json:"shorts"`
	Discrepancies int            `json:"discrepancies"`
	Events        int            `json:"events"`
	P50           float64        `json:"scan_ms_p50"`
	P99           float64        `json:"scan_ms_p99"`
	TerminalP50   float64        `json:"terminal_ms_p50,omitempty"` // from trigger to screen
	Violations    int            `json:"violations"`
	Seconds       float64        `json:"seconds"`
	WorkSeconds   float64        `json:"work_seconds"`
	Refusals      map[string]int `json:"refusals"`
	Reasons       map[string]int `json:"reasons"` // of shorts and decisions
	Skipped       map[string]int `json:"skipped"` // rows of the files
	NoCustomer    int            `json:"no_customer"`
	backFigures
	countFigures
}

// A lineSum is what the log says of a slip's line.
type lineSum struct{ n, picked, short, packed, shipped store.Qty }

// A promise is what the log says of an order's line.
type promise struct{ promised, tasked store.Qty }

// A tally counts the log, without a look at the folded tables.
type tally struct {
	figures
	lines    map[string]*lineSum
	promises map[string]*promise
	decided  map[store.OrderID]store.OrderState
	held     map[store.OrderID]bool // ever
	back     backTally
	bins     countTally
}

const logBatch = 2000

func newTally() *tally {
	t := &tally{lines: map[string]*lineSum{}, promises: map[string]*promise{},
		decided: map[store.OrderID]store.OrderState{}, held: map[store.OrderID]bool{},
		back: newBackTally()}
	t.HeldFor, t.Refusals, t.Reasons = map[string]int{}, map[string]int{}, map[string]int{}
	return t
}

func countLog(ctx context.Context, s *store.Store) (*tally, error) {
	t := newTally()
	id := s.Identity()
	for seq := int64(0); ; {
		facts, err := store.Get(ctx, s, func(r *store.Reader) ([]store.Fact, error) {
			return r.Log(id.Author, id.Epoch, seq, logBatch)
		})
		if err != nil || len(facts) == 0 {
			return t, err
		}
		for _, f := range facts {
			env, err := f.Envelope()
			if err != nil {
				return t, err
			}
			seq = env.Seq
			if err := t.count(env); err != nil {
				return t, err
			}
		}
	}
}

func (t *tally) count(env store.Envelope) error {
	t.Events++
	if env.Scan != "" {
		t.Scans++
	}
	e, err := store.Decode(env.Kind, env.Body)
	if err != nil {
		return err
	}
	switch e := e.(type) {
	case store.OrderReceived:
		t.Orders++
		t.decided[e.ID] = store.Received
	case store.OrderDecided:
		t.decide(e)
	case store.StockReserved:
		t.promise(e.Promises)
	case store.SlipReleased:
		t.Slips++
		t.Lines += len(e.Lines)
		for _, l := range e.Lines {
			t.line(e.ID, l.Line).n += l.N
			for _, s := range l.Sources {
				t.promised(s.Order, s.Line).tasked += s.N
			}
		}
	case store.ItemPicked:
		t.line(e.Slip, e.Line).picked += e.N
	case store.ItemShorted:
		t.Shorts++
		t.Reasons[e.Reason]++
		for _, x := range e.Tasks() {
			for _, lost := range x.Lost {
				t.line(x.Slip, x.Line).short += lost.N
			}
		}
	case store.ItemPacked:
		t.line(e.Slip, e.Line).packed += e.N
	case store.CartonConfirmed:
		for _, g := range e.Goods {
			t.line(e.Slip, g.Line).shipped += g.N
			t.Pieces += g.N
		}
	case store.ScanRefused:
		if env.Scan != "" {
			t.Refused++
		}
		t.Refusals[string(e.Code)]++
	default:
		t.countBack(e)
		t.countCount(e)
	}
	return nil
}

func (t *tally) decide(e store.OrderDecided) {
	if e.State == store.Held && !t.held[e.Order] { // it may be looked at again
		t.held[e.Order] = true
		t.Held++
		rules := map[string]bool{}
		for _, f := range e.Findings {
			rules[f.Rule] = true
		}
		for rule := range rules {
			t.HeldFor[rule]++
		}
	}
	t.decided[e.Order] = e.State
	t.promise(e.Promises)
	if e.By != "" {
		t.Reasons[e.Reason]++
	}
	switch {
	case e.State == store.Held:
	case e.State == store.Rejected:
		t.Rejected++
	case e.By != "":
		t.Approved++
	}
}

func (t *tally) promise(all []store.Promise) {
	for _, p := range all {
		t.promised(p.Order, p.Line).promised += p.N
	}
}

func (t *tally) promised(id store.OrderID, line int64) *promise {
	return entry(t.promises, fmt.Sprint(id, " ", line))
}

func (t *tally) line(id store.SlipID, line int64) *lineSum {
	return entry(t.lines, fmt.Sprint(id, " ", line))
}

// entry is the value of a key, a new one where there is none.
func entry[T any](of map[string]*T, key string) *T {
	if of[key] == nil {
		of[key] = new(T)
	}
	return of[key]
}

// check finds what must not be after a rehearsal: the database is not in order, or
// goods and paper do not agree.
func (r *rehearsal) check(ctx context.Context, t *tally) (out []string, err error) {
	out = t.unequal()
	say := func(what string, args ...any) { out = append(out, fmt.Sprintf(what, args...)) }
	for _, p := range r.persons {
		held, err := store.Get(ctx, r.store, func(rd *store.Reader) ([]store.Lease, error) {
			return rd.HeldBy(store.OperatorID(p.number))
		})
		if err != nil {
			return out, err
		}
		if len(held) > 0 {
			say("operator %s left with %d slips, %s among them", p.number, len(held), held[0].Slip)
		}
	}
	slices.Sort(out)
	ledger, err := r.ledger(ctx, t)
	if err != nil {
		return out, err
	}
	back, err := r.checkBack(ctx, t)
	if err != nil {
		return out, err
	}
	_, bad, err := refold(ctx, r.store, r.Now)
	var first []string
	for _, p := range r.persons {
		first = append(first, p.wrongs...)
	}
	for _, v := range bad {
		first = append(first, v.String())
	}
	return slices.Concat(first, out, ledger, back), err
}

// unequal is where the log does not come out even: what was wanted, picked, packed and
// shipped, and what was promised.
func (t *tally) unequal() (out []string) {
	say := func(what string, args ...any) { out = append(out, fmt.Sprintf(what, args...)) }
	for at, l := range t.lines {
		if l.n != l.picked+l.short || l.picked != l.packed || l.packed != l.shipped {
			say("line %s: wanted %d, picked %d, short %d, packed %d, shipped %d", at, l.n,
				l.picked, l.short, l.packed, l.shipped)
		}
	}
	for at, p := range t.promises {
		if p.promised != p.tasked {
			say("order line %s: %d reserved, %d on slips", at, p.promised, p.tasked)
		}
	}
	for id, state := range t.decided {
		if state == store.Received || state == store.Held {
			say("order %s: %s", id, state)
		}
	}
	return out
}

// ledger compares the book with the floor.
func (r *rehearsal) ledger(ctx context.Context, t *tally) (out []string, err error) {
	say := func(what string, args ...any) { out = append(out, fmt.Sprintf(what, args...)) }
	all, err := store.Get(ctx, r.store, (*store.Reader).Stock)
	book := shelving{}
	var gone store.Qty
	for _, b := range all {
		switch {
		case b.Place == store.AtCustomer:
			gone += b.N
		case b.Place.Is("tote"), b.Place.Is("carton"), b.Place == returns.Stage,
			b.Place == returns.Kept:
			say("%s still holds %d %s", b.Place, b.N, b.Item)
		case b.Place.Is("bin"):
			book[shelf{b.Place.Code(), string(b.Item)}] += b.N
		}
	}
	if has := t.Pieces - t.Received; gone != has {
		say("the customers have %d by the ledger, %d by the confirmations", gone, has)
	}
	for at, n := range r.floor.shelves {
		if extra := book[at] - n; extra < 0 || extra > r.floor.lost[at] {
			say("bin %s holds %d %s, by the book %d; %d were lost", at.bin, n, at.sku, book[at],
				r.floor.lost[at])
		}
	}
	for at, n := range book {
		if _, known := r.floor.shelves[at]; !known && n != 0 {
			say("bin %s holds nothing of %s, by the book %d", at.bin, at.sku, n)
		}
	}
	for tote, held := range r.floor.inTotes {
		for piece, n := range held {
			if n != 0 {
				say("tote %s holds %d of %s on the floor", tote, n, piece)
			}
		}
	}
	slices.Sort(out)
	return out, err
}

// quantile is the time that so many of a thousand did not exceed, in milliseconds.
func quantile(all []time.Duration, thousandths int) float64 {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return float64(all[(len(all)-1)*thousandths/1000].Microseconds()) / 1000
}

// figureRows are the figures of the table, each with its name.
func figureRows(f figures, names [17]string) (out [][2]string) {
	for i, value := range []any{f.Orders, f.Held, f.Approved, f.Rejected, f.Slips, f.Lines,
		f.Pieces, f.Scans, f.Refused, f.Mistakes, f.Shorts, f.Discrepancies, f.Events, f.P50,
		f.P99, fmt.Sprintf("%.1f", f.Seconds), f.Violations} {
		out = append(out, [2]string{names[i], fmt.Sprint(value)})
	}
	return out
}

package store

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// BinReached says that the picker of a slip stands at a bin.
type BinReached struct {
	Slip  SlipID `json:"slip"`
	Task  TaskID `json:"task"`
	Place Place  `json:"place"`
	At    int64  `json:"at"`
}

func (BinReached) Kind() string  { return "bin_reached" }
func (e BinReached) Ref() string { return string(e.Slip) }
func (e BinReached) apply(at Stamp) []Change {
	return []Change{works.raise(at, e.Slip, e.Task, e.Place, e.At)}
}

// ItemPicked says that N of a batch went from a bin into a tote for a task. Book
// is the batch that the bin loses, where the book knows no serials.
type ItemPicked struct {
	Slip SlipID `json:"slip"`
	Task TaskID `json:"task"`
	Line int64  `json:"line"`
	Plan Lot    `json:"plan,omitempty"` // the task's lot
	Batch
	Book  Serial   `json:"book,omitempty"`
	From  Place    `json:"from"`
	To    Place    `json:"to"`
	N     Qty      `json:"n"`
	Code  string   `json:"code,omitempty"`  // the barcode that was scanned
	Cases Qty      `json:"cases,omitempty"` // how many of it, where it counts more than one
	For   []Source `json:"for"`             // the lines of orders that had it reserved
	At    int64    `json:"at"`
}

func (ItemPicked) Kind() string  { return "item_picked" }
func (e ItemPicked) Ref() string { return string(e.Slip) }
func (e ItemPicked) apply(at Stamp) []Change {
	out := []Change{
		stock.put(e.From, e.Item, e.Lot, e.Book, -e.N),
		stock.put(e.To, e.Item, e.Lot, e.Serial, e.N),
		allocations.put(e.Item, e.From, e.Plan, e.Task, Qty(0), e.N, Qty(0)),
		lineSums.put(e.Slip, e.Line, Qty(0), e.N, Qty(0), Qty(0), Qty(0)),
		works.raise(at, e.Slip, e.Task, e.From, e.At),
	}
	for _, s := range e.For {
		out = append(out, sums{used: s.N}.add(e.Item, s.Order, s.Line))
	}
	return out
}

// ItemShorted says that N of what a task asks for is not to be had from its bin,
// and why. Missing of the batch are being looked for. Next stands for what is
// taken elsewhere instead; Lost is what is then short, by the orders' lines.
type ItemShorted struct {
	Slip    SlipID      `json:"slip"`
	Task    TaskID      `json:"task"`
	Line    int64       `json:"line"`
	Plan    Lot         `json:"plan,omitempty"`
	Item    SKU         `json:"item"`
	From    Place       `json:"from"`
	N       Qty         `json:"n"`
	Missing []Loss      `json:"missing,omitempty"`
	Reason  string      `json:"reason"`
	Next    []PickTask  `json:"next,omitempty"`
	Lost    []Source    `json:"lost,omitempty"`
	Disc    Discrepancy `json:"disc"`
	At      int64       `json:"at"`
}

// A Loss is N of a batch that a place does not hold, against its book.
type Loss struct {
	Batch
	N Qty `json:"n"`
}

func (ItemShorted) Kind() string  { return "item_shorted" }
func (e ItemShorted) Ref() string { return string(e.Slip) }
func (e ItemShorted) apply(at Stamp) []Change {
	var lost Qty
	out := []Change{allocations.put(e.Item, e.From, e.Plan, e.Task, Qty(0), Qty(0), e.N)}
	for _, l := range e.Missing {
		out = append(out, move(l.Batch, e.From, AtMissing, l.N)...)
	}
	for _, s := range e.Lost {
		lost += s.N
		out = append(out, sums{short: s.N}.add(e.Item, s.Order, s.Line))
	}
	out = append(out, lineSums.put(e.Slip, e.Line, Qty(0), Qty(0), lost, Qty(0), Qty(0)))
	at0 := works.raise(at, e.Slip, TaskID(""), Place(""), e.At)
	for i, t := range e.Next {
		out = append(out, t.changes(e.Slip)...)
		if i == 0 {
			at0 = works.raise(at, e.Slip, t.ID, Place(""), e.At)
		}
	}
	return append(out, at0, e.Disc.put())
}

// TaskSkipped says that a picker put a task off; N is how often anything of the
// slip was put off before it, and once more.
type TaskSkipped struct {
	Slip SlipID `json:"slip"`
	Task TaskID `json:"task"`
	N    int64  `json:"n"`
	From Place  `json:"from"` // where the picker stands
	At   int64  `json:"at"`
}

func (TaskSkipped) Kind() string  { return "task_skipped" }
func (e TaskSkipped) Ref() string { return string(e.Slip) }
func (e TaskSkipped) apply(at Stamp) []Change {
	return []Change{skips.raise(at, e.Task, e.N), works.raise(at, e.Slip, TaskID(""), e.From, e.At)}
}

// BinChecked says what a picker saw in a bin that should be empty, or nearly:
// the zero check. Disc is set where the bin and the book disagree.
type BinChecked struct {
	Slip  SlipID       `json:"slip,omitempty"`
	Place Place        `json:"place"`
	Item  SKU          `json:"item"`
	Book  Qty          `json:"book"`
	Empty bool         `json:"empty"`
	Disc  *Discrepancy `json:"disc,omitempty"`
}

func (BinChecked) Kind() string  { return "bin_checked" }
func (e BinChecked) Ref() string { return string(e.Slip) }
func (e BinChecked) apply(Stamp) []Change {
	if e.Disc == nil {
		return nil
	}
	return []Change{e.Disc.put()}
}

// A Discrepancy is a difference between the plan or the book and the floor, for
// a supervisor to resolve.
type Discrepancy struct {
	ID       DiscID     `json:"id"`
	Of       DiscKind   `json:"of"`
	Slip     SlipID     `json:"slip,omitempty"`
	Task     TaskID     `json:"task,omitempty"`
	Place    Place      `json:"place,omitempty"`
	Item     SKU        `json:"item,omitempty"`
	Lot      Lot        `json:"lot,omitempty"`
	N        Qty        `json:"n,omitempty"`
	Reason   string     `json:"reason,omitempty"`
	Note     string     `json:"note,omitempty"`
	Operator OperatorID `json:"operator,omitempty"`
	At       int64      `json:"at"`
	About    string     `json:"about,omitempty"` // the return or the like, where it is of no slip
}

// A DiscKind is what kind of difference it is.
type DiscKind string

// The kinds of discrepancies.
const (
	ShortPick DiscKind = "short"      // the bin did not hold what the task asked for
	PackMiss  DiscKind = "pack_miss"  // the tote did not hold what was picked into it
	ZeroCheck DiscKind = "zero_check" // the bin is not as empty, or not as full, as the book says
	NoGoods   DiscKind = "no_goods"   // a parcel that came back was empty

	// What only the authority sees, when facts of several stations come together.
	LateHolder  DiscKind = "late_holder"  // picked by somebody who had the slip no more
	PickedTwice DiscKind = "picked_twice" // more is picked than was asked for
	BelowZero   DiscKind = "below_zero"   // more was taken out of a place than the book had there
	SerialAgain DiscKind = "serial_twice" // one serial is in two places, or in one twice
	BackTwice   DiscKind = "back_twice"   // more came back of an order than was sent
	BackGone    DiscKind = "back_gone"    // what came back is said to be elsewhere, by two people
	Overpaid    DiscKind = "overpaid"     // more was given for what came back than is due
)

// DiscKinds lists every kind, for tests that must not miss one.
var DiscKinds = []DiscKind{ShortPick, PackMiss, ZeroCheck, LateHolder, PickedTwice, BelowZero,
	SerialAgain, NoGoods, BackTwice, BackGone, Overpaid}

func (d *Discrepancy) fields() []any {
	return []any{&d.ID, &d.Of, &d.Slip, &d.Task, &d.Place, &d.Item, &d.Lot, &d.N, &d.Reason,
		&d.Note, &d.Operator, &d.At}
}

func (d Discrepancy) put() Change { return discrepancies.put(d.fields()...) }

// NewDiscID is the id of a discrepancy: the same for the same kind and refs,
// whoever finds it.
func NewDiscID(kind DiscKind, refs ...string) DiscID {
	sum := sha256.Sum256([]byte(string(kind) + "\x00" + strings.Join(refs, "\x00")))
	return DiscID(hex.EncodeToString(sum[:8]))
}

// Discrepancies reads those that were opened, oldest first.
func (r *Reader) Discrepancies() ([]Discrepancy, error) {
	return all(r, (*Discrepancy).fields, `
		SELECT disc, kind, slip, task, place, item, lot, n, reason, note, operator, at
		FROM discrepancy WHERE wh = ? ORDER BY at, disc`)
}

// LastOf is the last event of a kind about a slip or the like, of whoever at this station,
// that was not taken back before, and the event that takes it back. It refuses with
// NothingUndo when there is none.
func (r *Reader) LastOf(ref, kind string) (was Event, e Reversed, err error) {
	var fact Fact
	found, err := r.one([]any{&fact.Bytes}, `
		SELECT e.bytes FROM event e
		WHERE e.wh = ? AND e.ref = ? AND e.kind = ? AND e.author = ?
			AND NOT EXISTS (SELECT 1 FROM reversed v WHERE v.wh = e.wh AND v.event = e.id)
		ORDER BY e.epoch DESC, e.seq DESC LIMIT 1`, ref, kind, r.s.id.Author)
	if err == nil && !found {
		err = &Refusal{Code: NothingUndo, Want: ref}
	}
	if err != nil {
		return nil, e, err
	}
	return fact.back(ref)
}

// back is the event of a fact, and the one that takes it back.
func (f Fact) back(ref string) (was Event, e Reversed, err error) {
	env, err := f.Envelope()
	if err != nil {
		return nil, e, err
	}
	was, err = Decode(env.Kind, env.Body)
	return was, Reversed{Of: env.ID, Was: env.Kind, Body: env.Body, About: ref}, err
}

package store

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

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
	Surplus   DiscKind = "surplus"    // the bin holds more than the book has there
	WeightOff DiscKind = "weight"     // a carton does not weigh what is in it
	NoGoods   DiscKind = "no_goods"   // a parcel that came back was empty

	LostOnWay    DiscKind = "lost_on_way"    // the carrier lost a parcel
	DamagedOnWay DiscKind = "damaged_on_way" // or broke what is in it
	SignOffDiff  DiscKind = "sign_off"       // the customer did not sign for what left

	// What only the authority sees, when facts of several stations come together.
	LateHolder  DiscKind = "late_holder"  // picked by somebody who had the slip no more
	PickedTwice DiscKind = "picked_twice" // more is picked than was asked for
	BelowZero   DiscKind = "below_zero"   // more was taken out of a place than the book had there
	SerialAgain DiscKind = "serial_twice" // one serial is in two places, or in one twice
	LeftStopped DiscKind = "left_stopped" // it has left, although it was stopped
	BackTwice   DiscKind = "back_twice"   // more came back of an order than was sent
	BackGone    DiscKind = "back_gone"    // what came back is said to be elsewhere, by two people
	Overpaid    DiscKind = "overpaid"     // more was given for what came back than is due
)

// DiscKinds lists every kind, for tests that must not miss one.
var DiscKinds = []DiscKind{ShortPick, PackMiss, ZeroCheck, Surplus, LateHolder, PickedTwice,
	BelowZero, SerialAgain, LeftStopped, NoGoods, BackTwice, BackGone, Overpaid, WeightOff,
	LostOnWay, DamagedOnWay, SignOffDiff}

func (d *Discrepancy) fields() []any {
	return []any{&d.ID, &d.Of, &d.Slip, &d.Task, &d.Place, &d.Item, &d.Lot, &d.N, &d.Reason,
		&d.Note, &d.Operator, &d.At, &d.About}
}

// open writes the discrepancy, and says that a supervisor is to look at it.
func (d Discrepancy) open(at Stamp) []Change {
	return []Change{discrepancies.put(d.fields()...), todoDisc.begun(at, d.ID, d.At)}
}

// NewDiscID is the id of a discrepancy: the same for the same kind and refs,
// whoever finds it.
func NewDiscID(kind DiscKind, refs ...string) DiscID {
	sum := sha256.Sum256([]byte(string(kind) + "\x00" + strings.Join(refs, "\x00")))
	return DiscID(hex.EncodeToString(sum[:8]))
}

// A DiscEnd is what became of a discrepancy.
type DiscEnd string

// The ends.
const (
	DiscFound      DiscEnd = "found"       // what was missing was there after all
	DiscWrittenOff DiscEnd = "written_off" // it is looked for no more
	DiscClosed     DiscEnd = "closed"      // by a person, with a reason
)

// NoteSmall is noted of a difference that settled itself.
const NoteSmall = "small"

// DiscEnds lists them, for tests that must not miss one.
var DiscEnds = []DiscEnd{DiscFound, DiscWrittenOff, DiscClosed}

// DiscResolved says what became of a discrepancy.
type DiscResolved struct {
	Disc  DiscID     `json:"disc"`
	As    DiscEnd    `json:"as"`
	Cause string     `json:"cause,omitempty"`
	Note  string     `json:"note,omitempty"`
	By    OperatorID `json:"by,omitempty"`
	At    int64      `json:"at"`
}

func (DiscResolved) Kind() string  { return "discrepancy_resolved" }
func (e DiscResolved) Ref() string { return string(e.Disc) }
func (e DiscResolved) apply(at Stamp) []Change {
	return []Change{discEnds.raise(at, e.Disc, e.As, e.Cause, e.Note, e.By, e.At),
		todoDisc.done(at, e.Disc, e.At)}
}

const discColumns = `d.disc, d.kind, d.slip, d.task, d.place, d.item, d.lot, d.n, d.reason, d.note,
	d.operator, d.at, d.about`

// Discrepancies reads all that were ever opened, the oldest first.
func (r *Reader) Discrepancies() ([]Discrepancy, error) {
	return all(r, (*Discrepancy).fields, `SELECT `+discColumns+`
		FROM discrepancy d WHERE d.wh = ? ORDER BY d.at, d.disc`)
}

// DiscrepanciesOpen reads those that nobody has resolved, the oldest first.
func (r *Reader) DiscrepanciesOpen(limit int) ([]Discrepancy, error) {
	return all(r, (*Discrepancy).fields, `SELECT `+discColumns+` FROM todo t
		JOIN discrepancy d ON d.wh = t.wh AND d.disc = t.ref
		WHERE t.wh = ? AND t.open = 1 AND t.kind = 'discrepancy' ORDER BY t.at, t.ref LIMIT ?`,
		limit)
}

// CasesOpen says how many variances and discrepancies wait for a person.
func (r *Reader) CasesOpen() (int64, error) {
	return r.count(`SELECT count(*) FROM todo
		WHERE wh = ? AND open = 1 AND kind IN ('variance', 'discrepancy')`)
}

// Discrepancy reads one, and what became of it: no end while nobody has resolved it. It
// refuses with NotFound.
func (r *Reader) Discrepancy(id DiscID) (d Discrepancy, end DiscResolved, err error) {
	found, err := r.one(append(d.fields(), &end.As, &end.Cause, &end.Note, &end.By, &end.At), `
		SELECT `+discColumns+`, coalesce(e.state, ''), coalesce(e.cause, ''), coalesce(e.note, ''),
			coalesce(e.operator, ''), coalesce(e.at, 0)
		FROM discrepancy d LEFT JOIN discrepancy_end e ON e.wh = d.wh AND e.disc = d.disc
		WHERE d.wh = ? AND d.disc = ?`, id)
	if err == nil && !found {
		err = &Refusal{Code: NotFound, Got: string(id)}
	}
	end.Disc = id
	return d, end, err
}

// LossesOf reads what a discrepancy put into the place of missing goods, a row a batch.
func (r *Reader) LossesOf(d Discrepancy) (out []Booked, err error) {
	if d.Slip == "" {
		return nil, nil
	}
	lost := func(b Booked) { // two totes may have lacked the same
		i := slices.IndexFunc(out, func(x Booked) bool { return x.Batch == b.Batch })
		if i < 0 {
			out = append(out, b)
			return
		}
		out[i].N += b.N
	}
	trail, err := r.Trail(string(d.Slip))
	for i := range trail {
		switch e := known(&trail[i]).(type) {
		case ItemShorted:
			if e.Disc.ID == d.ID {
				for _, l := range e.Missing {
					lost(Booked(l))
				}
			}
		case GoodsPutBack:
			if e.Disc != nil && e.Disc.ID == d.ID {
				lost(Booked{e.Batch, e.N})
			}
		case GoodsMissed:
			if e.Disc.ID == d.ID {
				for _, g := range e.Goods {
					lost(Booked{g.Batch, g.N})
				}
			}
		}
	}
	return out, err
}

// A Cleared discrepancy is one whose bin was counted, with what that came to.
type Cleared struct {
	Disc  DiscID
	First CountID
	State VarianceState
	By    OperatorID
}

// Cleared reads the open discrepancies whose count came to an end, the oldest first.
func (r *Reader) Cleared(limit int) ([]Cleared, error) {
	return all(r, func(c *Cleared) []any {
		return []any{&c.Disc, &c.First, &c.State, &c.By}
	}, `
		SELECT t.ref, v.first, v.state, v.operator FROM todo t
		JOIN count_task k ON k.wh = t.wh AND k.disc = t.ref
		JOIN count_task_done e ON e.wh = k.wh AND e.task = k.task
		JOIN stock_count c ON c.wh = e.wh AND c.count_id = e.count_id
		JOIN variance v ON v.wh = c.wh
			AND v.first = CASE WHEN c.first = '' THEN c.count_id ELSE c.first END
		WHERE t.wh = ? AND t.open = 1 AND t.kind = 'discrepancy'
			AND v.state NOT IN ('recount', 'approval')
		GROUP BY t.at, t.ref, v.first, v.state, v.operator
		ORDER BY t.at, t.ref, v.first LIMIT ?`, limit)
}

// CountsFor reads the variances that cleared, or are to clear, a discrepancy up.
func (r *Reader) CountsFor(id DiscID) ([]CountID, error) {
	return ids[CountID](r, `
		SELECT DISTINCT CASE WHEN c.first = '' THEN c.count_id ELSE c.first END FROM count_task k
		JOIN count_task_done e ON e.wh = k.wh AND e.task = k.task
		JOIN stock_count c ON c.wh = e.wh AND c.count_id = e.count_id
		WHERE k.wh = ? AND k.disc = ?`, id)
}

// FoundBy reads what counts brought to the book, by batch, but for what ended other
// discrepancies that they clear up.
func (r *Reader) FoundBy(first CountID) (map[Batch]Qty, error) {
	rows, err := all(r, (*Booked).fields, `
		WITH w AS (SELECT CAST(? AS TEXT) AS wh, CAST(? AS TEXT) AS first)
		SELECT a.item, a.lot, a.serial, a.n FROM w JOIN adjustment a ON a.wh = w.wh
		WHERE a.about IN (SELECT first FROM w UNION ALL SELECT k.disc FROM w
			JOIN stock_count c ON c.wh = w.wh AND (c.count_id = w.first OR c.first = w.first)
			JOIN count_task_done x ON x.wh = c.wh AND x.count_id = c.count_id
			JOIN count_task k ON k.wh = x.wh AND k.task = x.task
			JOIN discrepancy_end e
				ON e.wh = k.wh AND e.disc = k.disc
				AND (e.state = 'found' OR e.note = '`+NoteSmall+`'))`, first)
	out := map[Batch]Qty{}
	for _, b := range rows {
		out[b.Batch] += b.N
	}
	return out, err
}

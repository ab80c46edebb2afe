package store

import (
	"regexp"
	"slices"
)

// A Carton is a box of goods of one slip, numbered from 1 within it.
type Carton struct {
	ID     CartonID `json:"id"`
	Slip   SlipID   `json:"slip"`
	Type   string   `json:"type"`
	N      int64    `json:"n"`
	Opened int64    `json:"opened"` // milliseconds UTC

	Step    Step      `json:"-"`
	Round   int64     `json:"-"`
	Waybill WaybillNo `json:"-"`
	Carrier CarrierID `json:"-"` // its slip's
	Mode    Delivery  `json:"-"` // its slip's
	Holds   Qty       `json:"-"` // pieces
}

// Filling says whether a carton is open and holds something. An open one that
// holds nothing any more waits for the next piece, and is no parcel.
func (c Carton) Filling() bool { return c.Step == CartonOpened && c.Holds > 0 }

// A Step is how far a carton has come in its round; a reopened one begins a new
// round.
type Step int64

// The steps.
const (
	CartonOpened    Step = 0
	CartonSealedNow Step = 1
	CartonShipped   Step = 2
)

// A CartonStep moves a carton to a step.
type CartonStep struct {
	Carton   CartonID   `json:"carton"`
	Step     Step       `json:"step"`
	Round    int64      `json:"round"`
	Operator OperatorID `json:"operator,omitempty"`
	At       int64      `json:"at"`
}

func (c CartonStep) raise(at Stamp) Change {
	return cartonStates.raise(at.After(c.Round, int64(c.Step)), c.Carton, int64(c.Step), c.Round,
		c.Operator, c.At)
}

func (c Carton) put() Change { return cartons.put(c.ID, c.Slip, c.Type, c.N, c.Opened) }

// PackOpened says that somebody began to pack a slip, and when: how a video is
// found later.
type PackOpened struct {
	Slip    SlipID    `json:"slip"`
	Station StationID `json:"station"`
}

func (PackOpened) Kind() string         { return "pack_opened" }
func (e PackOpened) Ref() string        { return string(e.Slip) }
func (PackOpened) apply(Stamp) []Change { return nil }

// ItemPacked says that N of a batch went from a tote into a carton. Opens is set
// when the scan took a new carton, Seals when it was the last and closed it.
type ItemPacked struct {
	Slip   SlipID   `json:"slip"`
	Line   int64    `json:"line"`
	Carton CartonID `json:"carton"`
	Batch
	Plan    Lot         `json:"plan,omitempty"` // that the slip asked for, where this is another
	From    Place       `json:"from"`
	N       Qty         `json:"n"`
	Code    string      `json:"code,omitempty"`
	Opens   *Carton     `json:"opens,omitempty"`
	Seals   *CartonStep `json:"seals,omitempty"`
	Waybill *Waybill    `json:"waybill,omitempty"` // bound to the carton by its sealing

	Reason  string `json:"reason,omitempty"`  // why another lot, or what has expired
	Expired Date   `json:"expired,omitempty"` // its last day, which a supervisor let pass
}

func (ItemPacked) Kind() string  { return "item_packed" }
func (e ItemPacked) Ref() string { return string(e.Slip) }
func (e ItemPacked) apply(at Stamp) []Change {
	out := append(move(e.Batch, e.From, InCarton(e.Carton), e.N),
		lineSums.put(e.Slip, e.Line, Qty(0), Qty(0), Qty(0), e.N, Qty(0)))
	if e.Opens != nil {
		out = append(out, e.Opens.put())
	}
	if e.Seals != nil {
		out = append(out, e.Seals.raise(at))
	}
	if e.Waybill != nil {
		out = append(out, e.Waybill.raise(at))
	}
	return out
}

// CartonClosed says that a packer closed a carton, or opened it again.
type CartonClosed struct {
	Slip SlipID `json:"slip"`
	CartonStep
	Waybill *Waybill `json:"waybill,omitempty"`
}

func (CartonClosed) Kind() string  { return "carton_closed" }
func (e CartonClosed) Ref() string { return string(e.Slip) }
func (e CartonClosed) apply(at Stamp) []Change {
	out := []Change{e.raise(at)}
	if e.Waybill != nil {
		out = append(out, e.Waybill.raise(at))
	}
	return out
}

// CartonRepacked says that goods of a slip came out of one of its cartons again: into a tote,
// which is the slip's from then on, or into another of its cartons. Opens is set when that one
// is new.
type CartonRepacked struct {
	Slip  SlipID        `json:"slip"`
	From  CartonID      `json:"from"`
	To    Place         `json:"to"`
	Goods []PackedGoods `json:"goods"`
	Code  string        `json:"code,omitempty"` // the barcode that was scanned; of all, none
	Opens *Carton       `json:"opens,omitempty"`
}

func (CartonRepacked) Kind() string  { return "carton_repacked" }
func (e CartonRepacked) Ref() string { return string(e.Slip) }
func (e CartonRepacked) apply(at Stamp) (out []Change) {
	for _, g := range e.Goods {
		out = append(out, move(g.Batch, InCarton(e.From), e.To, g.N)...)
		if e.To.Is("tote") {
			out = append(out, lineSums.put(e.Slip, g.Line, Qty(0), Qty(0), Qty(0), -g.N, Qty(0)))
		}
	}
	if e.To.Is("tote") {
		out = append(out, slipTotes.raise(at, e.Slip, e.To, Bit(true)))
	}
	if e.Opens != nil {
		out = append(out, e.Opens.put())
	}
	return out
}

// GoodsMissed says that picked goods of a slip were not there to be packed, or not
// fit to be, and why: they are being looked for, and the orders are short of them.
// Seals is set when the rest of the slip was packed: its carton is closed.
type GoodsMissed struct {
	Slip    SlipID      `json:"slip"`
	Goods   []MissedOne `json:"goods"`
	Reason  string      `json:"reason"`
	Seals   *CartonStep `json:"seals,omitempty"`
	Waybill *Waybill    `json:"waybill,omitempty"`
	Disc    Discrepancy `json:"disc"`
}

// A MissedOne is N of a batch that a tote should hold, for lines of orders.
type MissedOne struct {
	Line int64 `json:"line"`
	Batch
	From Place    `json:"from"`
	N    Qty      `json:"n"`
	For  []Source `json:"for"`
}

func (GoodsMissed) Kind() string  { return "goods_missed" }
func (e GoodsMissed) Ref() string { return string(e.Slip) }
func (e GoodsMissed) apply(at Stamp) (out []Change) {
	for _, g := range e.Goods {
		out = append(out, move(g.Batch, g.From, AtMissing, g.N)...)
		out = append(out, lineSums.put(e.Slip, g.Line, Qty(0), -g.N, g.N, Qty(0), Qty(0)))
		for _, s := range g.For {
			out = append(out, sums{used: -s.N, short: s.N}.add(g.Item, s.Order, s.Line))
		}
	}
	if e.Seals != nil {
		out = append(out, e.Seals.raise(at))
	}
	if e.Waybill != nil {
		out = append(out, e.Waybill.raise(at))
	}
	return append(out, e.Disc.open(at)...)
}

// PackedGoods is N of a batch in a carton, for a line of its slip.
type PackedGoods struct {
	Line int64 `json:"line"`
	Batch
	N Qty `json:"n"`
}

// CartonConfirmed says that a carton left the warehouse with its goods.
type CartonConfirmed struct {
	Slip SlipID `json:"slip"`
	CartonStep
	Goods   []PackedGoods `json:"goods"`
	Carrier CarrierID     `json:"carrier,omitempty"`
	Waybill *Waybill      `json:"waybill,omitempty"`
	On      HandoverID    `json:"on,omitempty"`
	Tell    Bit           `json:"tell,omitempty"` // the customer
}

func (CartonConfirmed) Kind() string  { return "carton_confirmed" }
func (e CartonConfirmed) Ref() string { return string(e.Slip) }
func (e CartonConfirmed) apply(at Stamp) []Change {
	out := []Change{e.raise(at)}
	for _, g := range e.Goods {
		out = append(out, move(g.Batch, InCarton(e.Carton), AtCustomer, g.N)...)
		out = append(out, lineSums.put(e.Slip, g.Line, Qty(0), Qty(0), Qty(0), Qty(0), g.N),
			sent.put(e.Slip, g.Line, g.Item, g.Lot, g.Serial, g.N))
	}
	if e.Waybill != nil {
		out = append(out, e.Waybill.raise(at))
	}
	if e.Tell {
		out = append(out, notice(at, e.Slip, NoticeShipped, e.At)...)
	}
	return append(out, e.leaves(at, e.Round, e.Step, e.On, e.pieces()))
}

// undone has the carton here again, in a round of its own.
func (e CartonConfirmed) undone(at Stamp, _ EventID) []Change {
	return []Change{e.leaves(at, e.Round+1, CartonSealedNow, "", 0)}
}

// leaves says where a carton is in a round: it left, or n is 0 and it did not.
func (e CartonConfirmed) leaves(at Stamp, round int64, step Step, on HandoverID, n Qty) Change {
	return departures.raise(at.After(round, int64(step)), e.Carton, e.Slip, e.Carrier, on, n, e.At)
}

func (e CartonConfirmed) pieces() (n Qty) {
	for _, g := range e.Goods {
		n += g.N
	}
	return n
}

// ConfirmOpened says that somebody began to confirm parcels, of a slip.
type ConfirmOpened struct {
	Slip SlipID `json:"slip"`
}

func (ConfirmOpened) Kind() string         { return "confirm_opened" }
func (e ConfirmOpened) Ref() string        { return string(e.Slip) }
func (ConfirmOpened) apply(Stamp) []Change { return nil }

// A Waybill is a carrier's number for one parcel of a slip.
type Waybill struct {
	No      WaybillNo    `json:"no"`
	Slip    SlipID       `json:"slip"`
	Carrier CarrierID    `json:"carrier,omitempty"`
	Carton  CartonID     `json:"carton,omitempty"`
	State   WaybillState `json:"state"`
}

// A WaybillState is whether a waybill counts.
type WaybillState string

// The states of waybills.
const (
	WaybillAssigned WaybillState = "assigned"
	WaybillVoided   WaybillState = "voided"
)

func (w Waybill) raise(at Stamp) Change {
	return waybills.raise(at, w.No, w.Slip, w.Carrier, w.Carton, w.State)
}

func (w *Waybill) fields() []any {
	return []any{&w.No, &w.Slip, &w.Carrier, &w.Carton, &w.State}
}

// waybillNo is what carriers print: letters and digits, some with hyphens.
var waybillNo = regexp.MustCompile(`^[0-9A-Z][0-9A-Z-]{6,33}[0-9A-Z]$`)

// Plausible says whether a carrier could have printed the number.
func (no WaybillNo) Plausible() bool { return waybillNo.MatchString(string(no)) }

// WaybillsOf reads the waybills of a slip that count.
func (r *Reader) WaybillsOf(slip SlipID) ([]Waybill, error) {
	return all(r, (*Waybill).fields, `
		SELECT waybill, slip, carrier, carton, state FROM waybill
		WHERE wh = ? AND slip = ? AND state = 'assigned' ORDER BY waybill`, slip)
}

// WaybillsByNo reads the waybills of a number that count, and those of its parcels.
func (r *Reader) WaybillsByNo(no WaybillNo) ([]Waybill, error) {
	return all(r, (*Waybill).fields, `
		SELECT waybill, slip, carrier, carton, state FROM waybill
		WHERE wh = ? AND (waybill = ? OR waybill > ? AND waybill < ?) AND state = 'assigned'
		ORDER BY slip, waybill`, no, no+"-", no+".")
}

func (c *Carton) fields() []any {
	return []any{&c.ID, &c.Slip, &c.Type, &c.N, &c.Opened, &c.Step, &c.Round, &c.Waybill,
		&c.Carrier, &c.Mode, &c.Holds}
}

// cartonColumns need the tables c carton, s carton_state, w waybill and p slip.
const cartonColumns = `c.carton, c.slip, c.type, c.n, c.opened, coalesce(s.step, 0),
	coalesce(s.round, 0), coalesce(w.waybill, ''), p.carrier, p.mode,
	(SELECT CAST(coalesce(sum(k.n), 0) AS BIGINT) FROM stock k
		WHERE k.wh = c.wh AND k.place = 'carton/' || c.carton)`

const cartonTables = `carton c
	JOIN slip p ON p.wh = c.wh AND p.slip = c.slip
	LEFT JOIN carton_state s ON s.wh = c.wh AND s.carton = c.carton
	LEFT JOIN waybill w ON w.wh = c.wh AND w.slip = c.slip AND w.carton = c.carton
		AND w.state = 'assigned'`

// CartonsOf reads the cartons of a slip, by their number.
func (r *Reader) CartonsOf(slip SlipID) ([]Carton, error) {
	return all(r, (*Carton).fields, `SELECT `+cartonColumns+` FROM `+cartonTables+`
		WHERE c.wh = ? AND c.slip = ? ORDER BY c.n, c.carton`, slip)
}

// Carton reads a carton. It refuses with NotFound.
func (r *Reader) Carton(id CartonID) (c Carton, err error) {
	found, err := r.one(c.fields(), `SELECT `+cartonColumns+` FROM `+cartonTables+`
		WHERE c.wh = ? AND c.carton = ?`, id)
	if err == nil && !found {
		err = &Refusal{Code: NotFound, Got: string(id)}
	}
	return c, err
}

// CartonsToConfirm reads the sealed cartons that have not left, by carrier. One that holds
// nothing any more is no parcel.
func (r *Reader) CartonsToConfirm() ([]Carton, error) {
	out, err := all(r, (*Carton).fields, `SELECT `+cartonColumns+` FROM `+cartonTables+`
		WHERE c.wh = ? AND s.step = 1 ORDER BY p.carrier, c.slip, c.n, c.carton`)
	return slices.DeleteFunc(out, func(c Carton) bool { return c.Holds <= 0 }), err
}

// CartonsConfirmed counts the cartons of a carrier that left since a time.
func (r *Reader) CartonsConfirmed(carrier CarrierID, since int64) (int64, error) {
	return r.count(`SELECT count(*) FROM `+cartonTables+`
		WHERE c.wh = ? AND s.step = 2 AND p.carrier = ? AND s.at >= ?`, carrier, since)
}

// PackedIn reads what a carton holds, with the slip's lines that it is for: the
// first with room, and the item's last line for what is too much.
func (r *Reader) PackedIn(c Carton) (out []PackedGoods, err error) {
	held, err := r.Contents(InCarton(c.ID))
	if err != nil {
		return nil, err
	}
	given := map[int64]Qty{}
	for _, b := range held {
		lines, err := r.SlipLines(c.Slip, b.Item)
		if err != nil {
			return nil, err
		}
		left := b.N
		for i, l := range lines {
			n := min(left, l.Packed-l.Shipped-given[l.Line])
			if i == len(lines)-1 {
				n = left
			}
			if n > 0 {
				out = append(out, PackedGoods{l.Line, b.Batch, n})
				given[l.Line] += n
				left -= n
			}
		}
	}
	return out, nil
}

// Confirmation finds how a carton left, the last time, and what takes that back. It refuses
// with NothingUndo.
func (r *Reader) Confirmation(c Carton) (was CartonConfirmed, e Reversed, err error) {
	facts, err := all(r, (*Fact).columns, `
		SELECT coalesce(e.rev, 0), e.bytes, e.hash FROM event e
		WHERE e.wh = ? AND e.ref = ? AND e.kind = 'carton_confirmed'
			AND NOT EXISTS (SELECT 1 FROM reversed v WHERE v.wh = e.wh AND v.event = e.id)
		ORDER BY e.at DESC, e.author, e.epoch, e.seq DESC`, string(c.Slip))
	for _, f := range facts {
		if err != nil {
			break
		}
		var event Event
		event, e, err = f.back(string(c.Slip))
		if was, is := event.(CartonConfirmed); is && was.Carton == c.ID {
			return was, e, err
		}
	}
	if err == nil {
		err = &Refusal{Code: NothingUndo, Want: string(c.ID)}
	}
	return was, e, err
}

// SlipLeft reads when the first carton of a slip left; 0 for not yet.
func (r *Reader) SlipLeft(id SlipID) (int64, error) {
	return r.count(`
		SELECT coalesce(min(s.at), 0) FROM carton c
		JOIN carton_state s ON s.wh = c.wh AND s.carton = c.carton AND s.step = 2
		WHERE c.wh = ? AND c.slip = ?`, id)
}

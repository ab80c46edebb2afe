package store

import (
	"cmp"
	"encoding/json"
	"slices"
)

// An Aftercare is goods that left to be put right, or went back to their supplier.
type Aftercare struct {
	ID      string      `json:"id"` // the event's
	Of      Disposition `json:"of"` // Refurbish or VendorReturn
	Partner string      `json:"partner"`
	No      string      `json:"no,omitempty"` // the partner's number of it
	Goods   []CareGoods `json:"goods"`
	By      OperatorID  `json:"by,omitempty"`
	At      int64       `json:"at"`
	Ends    []CareEnd   `json:"-"` // the first first
}

// A CareEnd is what came of some of the goods of an aftercare.
type CareEnd struct {
	ID EventID
	As CareState
	Of []CareGoods // as they left
	At int64       // milliseconds UTC
}

// Left are the goods of which nothing has come yet.
func (a Aftercare) Left() []CareGoods {
	var out []CareGoods
	add := func(g CareGoods, n Qty) {
		if i := slices.IndexFunc(out, g.Like); i >= 0 {
			out[i].N += n
		} else {
			out = append(out, g)
		}
	}
	for _, g := range a.Goods {
		add(g, g.N)
	}
	for _, end := range a.Ends {
		for _, g := range end.Of {
			add(g, -g.N)
		}
	}
	return slices.DeleteFunc(out, func(g CareGoods) bool { return g.N <= 0 })
}

// Last is what was said of it last; none where nothing was.
func (a Aftercare) Last() (end CareEnd) {
	if last := len(a.Ends) - 1; last >= 0 {
		end = a.Ends[last]
	}
	return end
}

// State is what came of the last of the goods, or that some are still away.
func (a Aftercare) State() CareState {
	if end := a.Last(); end.As != "" && len(a.Left()) == 0 {
		return end.As
	}
	return CareOpen
}

// CareGoods are N pieces that left for it.
type CareGoods struct {
	Batch
	OriginN
	From  Place       `json:"from"`
	Grade string      `json:"grade"`
	As    Disposition `json:"as"`
}

// Like says whether others are of the same kind, wherever how many of them are.
func (g CareGoods) Like(x CareGoods) bool {
	g.N = x.N
	return g == x
}

// A CareState is what came of an aftercare.
type CareState string

// The states. All but the first are ends.
const (
	CareOpen     CareState = "open"
	CareRepaired CareState = "repaired" // the goods are back, to be looked at
	CareReplaced CareState = "replaced" // likewise, others
	CareCredited CareState = "credited" // the money is
	CareRefused  CareState = "refused"  // the goods are back as they were
)

// CareEnds lists what can come of an aftercare.
var CareEnds = []CareState{CareRepaired, CareReplaced, CareCredited, CareRefused}

// Back says whether the goods come back with it.
func (s CareState) Back() bool { return s != CareOpen && s != CareCredited }

// careTodo is an aftercare that has not come to an end.
const careTodo todoKind = "aftercare"

// AftercareOpened says that goods left to be put right, or to their supplier.
type AftercareOpened struct{ Aftercare }

func (AftercareOpened) Kind() string  { return "aftercare_opened" }
func (e AftercareOpened) Ref() string { return e.ID }
func (e AftercareOpened) apply(at Stamp) []Change {
	out := []Change{cares.put(e.ID, e.Of, e.Partner, e.No, encodeCare(e.Goods), e.By, e.At),
		careTodo.begun(at, e.ID, e.At)}
	for i, g := range e.Goods {
		first := !slices.ContainsFunc(e.Goods[:i], func(x CareGoods) bool { return x.RMA == g.RMA })
		if g.RMA != "" && first {
			out = append(out, caresOf.put(g.RMA, e.ID))
		}
		out = append(out, move(g.Batch, g.From, AtSupplier, g.N)...)
		out = append(out, g.lies(g.From, g.Batch, g.Grade, g.As, -g.N))
	}
	return out
}

// AftercareClosed says what came of it, or of a part of it. Goods that are back lie at the
// returns stage, to be looked at once more.
type AftercareClosed struct {
	ID    string      `json:"id"`
	As    CareState   `json:"as"`
	Note  string      `json:"note,omitempty"`
	To    Place       `json:"to,omitempty"`
	Goods []CareGoods `json:"goods,omitempty"` // that are back: another serial or lot, if replaced
	By    OperatorID  `json:"by,omitempty"`
	At    int64       `json:"at"`

	End  EventID     `json:"end,omitempty"`  // the event's
	Of   []CareGoods `json:"of,omitempty"`   // of which that came, as they left; all, where empty
	Part Bit         `json:"part,omitempty"` // others are still away
}

func (AftercareClosed) Kind() string  { return "aftercare_closed" }
func (e AftercareClosed) Ref() string { return e.ID }
func (e AftercareClosed) apply(at Stamp) []Change {
	out := []Change{careEnds.put(cmp.Or(string(e.End), e.ID), e.ID, e.As, encodeCare(e.Of), e.Note,
		e.By, e.At)}
	if !e.Part {
		out = append(out, careTodo.done(at, e.ID, e.At))
	}
	for _, g := range e.Goods {
		out = append(out, move(g.Batch, AtSupplier, e.To, g.N)...)
		out = append(out, g.lies(e.To, g.Batch, g.Grade, g.As, g.N))
		out = append(out, weigh(at, g.RMA, cmp.Or(string(e.End), e.ID), e.At)...)
	}
	return out
}

// undone says that the goods are away as before.
func (e AftercareClosed) undone(at Stamp, of EventID) []Change {
	out := []Change{careTodo.begun(at, e.ID, e.At)}
	for _, g := range e.Goods {
		out = append(out, weigh(at, g.RMA, "-"+of, e.At)...)
	}
	return out
}

// encodeCare is the goods as text.
func encodeCare(g []CareGoods) string {
	b, _ := json.Marshal(g) // strings and numbers: it cannot fail
	return string(b)
}

// careRow is an aftercare, or what came of a part of one, with the goods as text.
type careRow struct {
	Aftercare
	goods string
	end   CareEnd
	of    string // the goods that it came of
}

func (c *careRow) fields() []any {
	return []any{&c.ID, &c.Of, &c.Partner, &c.No, &c.goods, &c.By, &c.At, &c.end.ID, &c.end.As,
		&c.of, &c.end.At}
}

// careColumns and careEnded read an aftercare once for each of its ends, the first first.
const (
	careColumns = `c.aftercare, c.kind, c.partner, c.no, c.goods, c.operator, c.at,
		coalesce(s.closing, ''), coalesce(s.state, ''), coalesce(s.goods, ''), coalesce(s.at, 0)`
	careEnded = ` LEFT JOIN aftercare_end s ON s.wh = c.wh AND s.aftercare = c.aftercare
		AND NOT EXISTS (SELECT 1 FROM reversed v WHERE v.wh = s.wh AND v.event = s.closing)`
)

// Aftercare reads one. It refuses with NotFound.
func (r *Reader) Aftercare(id string) (Aftercare, error) {
	all, err := decodeCares(all(r, (*careRow).fields, `SELECT `+careColumns+`
		FROM aftercare c`+careEnded+`
		WHERE c.wh = ? AND c.aftercare = ? ORDER BY s.at, s.closing`, id))
	if err == nil && len(all) == 0 {
		err = &Refusal{Code: NotFound, Got: id}
	}
	if err != nil {
		return Aftercare{}, err
	}
	return all[0], nil
}

// Aftercares reads those that are open, the oldest first.
func (r *Reader) Aftercares(limit int) ([]Aftercare, error) {
	return decodeCares(all(r, (*careRow).fields, `SELECT `+careColumns+` FROM (
			SELECT t.wh, t.ref, t.at FROM todo t
			WHERE t.wh = ? AND t.kind = 'aftercare' AND t.open = 1
			ORDER BY t.at, t.ref LIMIT ?) d
		JOIN aftercare c ON c.wh = d.wh AND c.aftercare = d.ref`+careEnded+`
		ORDER BY d.at, d.ref, s.at, s.closing`, limit))
}

// AftercaresOf reads all of goods of a return, the oldest first.
func (r *Reader) AftercaresOf(id RMAID) ([]Aftercare, error) {
	return decodeCares(all(r, (*careRow).fields, `SELECT `+careColumns+` FROM rma_aftercare d
		JOIN aftercare c ON c.wh = d.wh AND c.aftercare = d.aftercare`+careEnded+`
		WHERE d.wh = ? AND d.rma = ? ORDER BY c.at, c.aftercare, s.at, s.closing`, id))
}

// AftercaresAs reads those that are known to their partner by a number, the last first.
func (r *Reader) AftercaresAs(no string) ([]Aftercare, error) {
	return decodeCares(all(r, (*careRow).fields, `SELECT `+careColumns+`
		FROM aftercare c`+careEnded+`
		WHERE c.wh = ? AND c.no = ? AND c.no <> ''
		ORDER BY c.at DESC, c.aftercare DESC, s.at, s.closing`, no))
}

// AftercaresEnded reads those of which something came since a time, the last first.
func (r *Reader) AftercaresEnded(since int64, limit int) ([]Aftercare, error) {
	return decodeCares(all(r, (*careRow).fields, `SELECT `+careColumns+` FROM (
			SELECT e.wh, e.aftercare, max(e.at) AS at FROM aftercare_end e
			WHERE e.wh = ? AND e.at >= ? GROUP BY e.wh, e.aftercare
			ORDER BY max(e.at) DESC, e.aftercare LIMIT ?) d
		JOIN aftercare c ON c.wh = d.wh AND c.aftercare = d.aftercare`+careEnded+`
		ORDER BY d.at DESC, d.aftercare, s.at, s.closing`, since, limit))
}

// decodeCares puts the ends of each together.
func decodeCares(rows []careRow, err error) (out []Aftercare, _ error) {
	for _, c := range rows {
		if last := len(out) - 1; last < 0 || out[last].ID != c.ID {
			if err == nil {
				err = json.Unmarshal([]byte(c.goods), &c.Goods)
			}
			out = append(out, c.Aftercare)
		}
		a := &out[len(out)-1]
		switch {
		case c.end.As == "":
			continue
		case err == nil:
			err = json.Unmarshal([]byte(c.of), &c.end.Of)
		}
		if len(c.end.Of) == 0 {
			c.end.Of = a.Left()
		}
		a.Ends = append(a.Ends, c.end)
	}
	return out, err
}

// ToSendOff reads what lies in bins to be put right, or to go back to its supplier: in a
// bin, of an item, and of a disposition, or all where that is empty; of so many batches at
// most, each with all the returns that it is of.
func (r *Reader) ToSendOff(p Place, sku SKU, as Disposition, limit int) ([]Lying, error) {
	return r.about(all(r, (*Lying).fields, `SELECT `+lyingColumns+` FROM (
			SELECT DISTINCT g.wh, g.disposition, g.place, g.item, g.lot, g.serial, g.grade
			FROM return_stock g
			WHERE g.wh = ? AND g.disposition IN ('refurbish', 'vendor') AND g.n > 0
				AND g.grade <> '' AND g.place LIKE 'bin/%' AND (g.place = ? OR ? = '')
				AND (g.item = ? OR ? = '') AND (g.disposition = ? OR ? = '')
			ORDER BY g.disposition, g.place, g.item, g.lot, g.serial, g.grade LIMIT ?) x
		JOIN return_stock k ON k.wh = x.wh AND k.disposition = x.disposition
			AND k.place = x.place AND k.item = x.item AND k.lot = x.lot AND k.serial = x.serial
			AND k.grade = x.grade AND k.n > 0
		ORDER BY k.disposition, k.place, k.item, k.lot, k.serial, k.grade, k.rma, k.order_id,
			k.line`, p, p, sku, sku, as, as, limit))
}

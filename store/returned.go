package store

import "cmp"

// What comes back is counted by where it was sent: by the order's line, where that is
// known. Goods of no order have an empty one, and line 0.

// An Origin is where a piece that came back belongs: its return, and the line of an order
// that it was sent for.
type Origin struct {
	RMA   RMAID   `json:"rma,omitempty"`
	Order OrderID `json:"order,omitempty"`
	Line  int64   `json:"line,omitempty"`
}

// A Parcel came back from outside: a return, or something that nobody knows.
type Parcel struct {
	ID        string    `json:"id"` // the event's
	Waybill   WaybillNo `json:"waybill,omitempty"`
	Carrier   CarrierID `json:"carrier,omitempty"`
	Condition string    `json:"condition"` // of the outside, one of Conditions
	RMA       RMAID     `json:"rma,omitempty"`
	Note      string    `json:"note,omitempty"`
	Arrived   int64     `json:"arrived"` // milliseconds UTC

	State    ParcelState `json:"-"`
	Operator OperatorID  `json:"-"`
}

// The outer conditions of a parcel.
const (
	Intact  = "intact"
	Dented  = "dented"
	Wet     = "wet"
	TornBox = "torn"
)

// Conditions lists the outer conditions, the usual one first.
var Conditions = []string{Intact, Dented, Wet, TornBox}

// Same says whether two registrations are probably of one parcel: nobody has said that two
// carriers brought them.
func (p Parcel) Same(q Parcel) bool {
	return p.Waybill != "" && p.Waybill == q.Waybill &&
		(p.Carrier == q.Carrier || p.Carrier == "" || q.Carrier == "")
}

// A ParcelState is how far a parcel has come.
type ParcelState string

// The states of parcels.
const (
	ParcelWaits   ParcelState = "waits"
	ParcelOpened  ParcelState = "opened"
	ParcelEmpty   ParcelState = "empty"   // nothing was in it
	ParcelMistake ParcelState = "mistake" // it was registered, and never came
)

func (p *Parcel) fields() []any {
	return []any{&p.ID, &p.Waybill, &p.Carrier, &p.Condition, &p.RMA, &p.Note, &p.Arrived}
}

// ParcelArrived says that a parcel came to the warehouse, and how it looked.
type ParcelArrived struct{ Parcel }

func (ParcelArrived) Kind() string { return "parcel_arrived" }
func (e ParcelArrived) Ref() string {
	if e.RMA != "" {
		return string(e.RMA)
	}
	return string(e.Waybill)
}
func (e ParcelArrived) apply(at Stamp) []Change {
	out := []Change{parcels.put(e.Parcel.fields()...), todoParcel.begun(at, e.ID, e.Arrived)}
	if e.RMA != "" {
		out = append(out, stepOf(at, e.RMA, StepArrived, e.Arrived))
	}
	return out
}

// undone says that the parcel did not come: the register keeps that somebody said so.
func (e ParcelArrived) undone(at Stamp, _ EventID) []Change {
	return []Change{parcelStates.raise(at, e.ID, ParcelMistake, e.Arrived),
		todoParcel.done(at, e.ID, e.Arrived)}
}

// ReturnOpened says that somebody began to unpack a return, where and when: how a video is
// found later.
type ReturnOpened struct {
	RMA     RMAID     `json:"rma,omitempty"`
	Order   OrderID   `json:"order,omitempty"` // of a return that nobody announced
	Parcel  string    `json:"parcel,omitempty"`
	Also    []string  `json:"also,omitempty"` // other registrations of the same parcel
	Station StationID `json:"station"`
	At      int64     `json:"at"`
}

func (ReturnOpened) Kind() string { return "return_opened" }
func (e ReturnOpened) Ref() string {
	switch {
	case e.RMA != "":
		return string(e.RMA)
	case e.Order != "":
		return string(e.Order)
	}
	return e.Parcel
}
func (e ReturnOpened) apply(at Stamp) (out []Change) {
	for _, id := range append([]string{e.Parcel}, e.Also...) {
		if id != "" {
			out = append(out, parcelStates.raise(at, id, ParcelOpened, e.At),
				todoParcel.done(at, id, e.At))
		}
	}
	return out
}

// ParcelEmptied says that nothing was in a parcel: a supervisor has to look into it.
type ParcelEmptied struct {
	RMA    RMAID       `json:"rma,omitempty"`
	Parcel string      `json:"parcel,omitempty"`
	Disc   Discrepancy `json:"disc"`
}

func (ParcelEmptied) Kind() string { return "parcel_emptied" }
func (e ParcelEmptied) Ref() string {
	if e.RMA != "" {
		return string(e.RMA)
	}
	return e.Parcel
}
func (e ParcelEmptied) apply(at Stamp) []Change {
	out := e.Disc.open(at)
	if e.Parcel != "" {
		out = append(out, parcelStates.raise(at, e.Parcel, ParcelEmpty, e.Disc.At),
			todoParcel.done(at, e.Parcel, e.Disc.At))
	}
	return out
}

// A ShareBack of what came back is N pieces of it, of a line of an order; of no order, where
// none is known.
type ShareBack struct {
	Order OrderID `json:"order,omitempty"`
	Line  int64   `json:"line,omitempty"`
	N     Qty     `json:"n"`
}

// ReturnReceived says that N of a batch came back, and of which lines of orders they are.
// Of an order's goods, To is the returns stage; what nobody can take back as it is goes
// aside, and Aside says why. Opens is set for the first goods of a return that nobody
// announced, and For where it was opened by an order and they go aside; Waybill is then the
// parcel's, which finds the return from then on.
type ReturnReceived struct {
	RMA    RMAID   `json:"rma"`
	Opens  *RMA    `json:"opens,omitempty"`
	For    OrderID `json:"for,omitempty"`
	Parcel string  `json:"parcel,omitempty"`
	Batch
	N     Qty         `json:"n"`
	Of    []ShareBack `json:"of"`
	To    Place       `json:"to"`
	Code  string      `json:"code,omitempty"`  // the barcode that was scanned
	Cases Qty         `json:"cases,omitempty"` // how many of it, where it counts more than one
	Aside Code        `json:"aside,omitempty"`
	Extra Bit         `json:"extra,omitempty"` // more than was announced, and no more than was sent
	By    OperatorID  `json:"by,omitempty"`
	At    int64       `json:"at"`

	Waybill WaybillNo `json:"waybill,omitempty"`
}

func (ReturnReceived) Kind() string  { return "return_received" }
func (e ReturnReceived) Ref() string { return string(e.RMA) }
func (e ReturnReceived) apply(at Stamp) (out []Change) {
	if e.Opens != nil {
		out = append(e.Opens.came(at, e.For, e.At), e.RMA.comesBy(at, e.Waybill)...)
	}
	if e.By != "" {
		out = append(out, receivers.put(e.RMA, e.By, e.N))
	}
	out = append(out, move(e.Batch, AtCustomer, e.To, e.N)...)
	for _, o := range e.Of {
		of := Origin{e.RMA, o.Order, o.Line}
		out = append(out, of.lies(e.To, e.Batch, "", asideAs(e.Aside), o.N),
			goodsOf(of, e.Item, o.N, 0, 0, 0))
		if o.Order != "" {
			out = append(out, returned.put(o.Order, o.Line, e.Item, e.Lot, e.Serial, o.N))
		}
	}
	if e.Aside == ReturnClosed {
		out = append(out, todoClosed.begun(at, e.RMA, e.At))
	}
	out = append(out, stepOf(at, e.RMA, StepReceived, e.At))
	return append(out, notice(at, e.RMA, NoticeReceived, e.At)...)
}

// came puts a return that came without a word, and of which order, where one is known: what
// lies aside does not tell of it.
func (a RMA) came(at Stamp, order OrderID, since int64) []Change {
	out := append(a.put(), todoDecide.begun(at, a.ID, since))
	if order != "" {
		out = append(out, goodsOf(Origin{RMA: a.ID, Order: order}, "", 0, 0, 0, 0))
	}
	return out
}

// comesBy keeps the parcel that goods of a return were found in, where it has a number.
func (id RMAID) comesBy(at Stamp, no WaybillNo) []Change {
	if no == "" {
		return nil
	}
	return []Change{rmaWaybills.raise(at, no, id, CarrierID(""))}
}

// asideAs is what is to become of goods before anybody has graded them.
func asideAs(why Code) Disposition {
	if why == "" {
		return ""
	}
	return Hold
}

// lies adds to what lies in a place of goods that came back.
func (o Origin) lies(p Place, b Batch, grade string, as Disposition, n Qty) Change {
	return returnStock.put(p, b.Item, b.Lot, b.Serial, o.RMA, o.Order, o.Line, grade, as, n)
}

// goodsOf counts what became of returned goods.
func goodsOf(of Origin, item SKU, received, away, inspected, shelved Qty) Change {
	return rmaGoods.put(of.RMA, item, of.Order, of.Line, received, away, inspected, shelved)
}

// ReturnTurnedAway says that goods were handed back to whoever brought them, and why. They
// were never here.
type ReturnTurnedAway struct {
	RMA    RMAID   `json:"rma,omitempty"`
	Order  OrderID `json:"order,omitempty"` // that they were brought for, of no return yet
	Parcel string  `json:"parcel,omitempty"`
	Item   SKU     `json:"item,omitempty"` // empty where nobody knows what it is
	Code   string  `json:"code"`
	N      Qty     `json:"n"`
	Why    Code    `json:"why"`
}

func (ReturnTurnedAway) Kind() string { return "return_turned_away" }
func (e ReturnTurnedAway) Ref() string {
	return cmp.Or(string(e.RMA), string(e.Order), e.Parcel)
}
func (e ReturnTurnedAway) apply(Stamp) []Change {
	return []Change{goodsOf(Origin{RMA: e.RMA}, e.Item, 0, e.N, 0, 0)}
}

// A Stray is something that came back and that nobody knows: no ledger can hold it, so it
// is kept by the code that it bears.
type Stray struct {
	ID       EventID    `json:"id"`
	RMA      RMAID      `json:"rma,omitempty"`
	Parcel   string     `json:"parcel,omitempty"`
	Code     string     `json:"code"`
	N        Qty        `json:"n"`
	Place    Place      `json:"place"`
	Note     string     `json:"note,omitempty"`
	Operator OperatorID `json:"operator,omitempty"`
	At       int64      `json:"at"`
}

func (s *Stray) fields() []any {
	return []any{&s.ID, &s.RMA, &s.Parcel, &s.Code, &s.N, &s.Place, &s.Note, &s.Operator, &s.At}
}

// StrayKept says that something unknown was put aside. Opens and For are as those of
// ReturnReceived.
type StrayKept struct {
	Stray
	Opens *RMA    `json:"opens,omitempty"`
	For   OrderID `json:"for,omitempty"`
}

func (StrayKept) Kind() string { return "stray_kept" }
func (e StrayKept) Ref() string {
	if e.RMA != "" {
		return string(e.RMA)
	}
	return e.Parcel
}
func (e StrayKept) apply(at Stamp) (out []Change) {
	if e.Opens != nil {
		out = e.Opens.came(at, e.For, e.At)
	}
	return append(out, strays.put(e.Stray.fields()...), todoStray.begun(at, e.ID, e.At))
}

// undone says that there was no such thing.
func (e StrayKept) undone(at Stamp, _ EventID) []Change {
	return []Change{strayEnds.raise(at, e.ID, StrayMistake, e.Operator, e.At),
		todoStray.done(at, e.ID, e.At)}
}

// StrayResolved says what became of something unknown: an item of ours after all, whose
// goods are then in its place, or it left again. Part is set where it says so of N alone, and
// the rest is as unknown as before.
type StrayResolved struct {
	Stray EventID    `json:"stray"`
	RMA   RMAID      `json:"rma,omitempty"`
	As    StrayEnd   `json:"as"`
	To    Place      `json:"to,omitempty"` // of what it was known as
	Batch            // likewise
	N     Qty        `json:"n"`
	Part  Bit        `json:"part,omitempty"`
	By    OperatorID `json:"by,omitempty"`
	At    int64      `json:"at"`

	Keeper  OperatorID `json:"keeper,omitempty"`  // who put it aside
	Opens   *RMA       `json:"opens,omitempty"`   // as that of ReturnReceived
	Waybill WaybillNo  `json:"waybill,omitempty"` // likewise
}

// A StrayEnd is what became of something unknown.
type StrayEnd string

// The ends of strays.
const (
	StrayKnown  StrayEnd = "known" // it is an item of ours
	StrayBack   StrayEnd = "back"  // it went back to the customer
	StrayThrown StrayEnd = "thrown"

	StrayMistake StrayEnd = "mistake" // whoever put it aside took that back
)

// StrayEnds lists what can become of something unknown.
var StrayEnds = []StrayEnd{StrayKnown, StrayBack, StrayThrown}

func (StrayResolved) Kind() string  { return "stray_resolved" }
func (e StrayResolved) Ref() string { return string(e.RMA) }
func (e StrayResolved) apply(at Stamp) []Change {
	out := []Change{strayOut.put(e.Stray, e.N)}
	if !e.Part {
		out = append(out, strayEnds.raise(at, e.Stray, e.As, e.By, e.At),
			todoStray.done(at, e.Stray, e.At))
	}
	if e.As != StrayKnown {
		return out
	}
	if e.Opens != nil {
		out = append(out, e.Opens.came(at, "", e.At)...)
		out = append(out, e.RMA.comesBy(at, e.Waybill)...)
	}
	if e.RMA != "" && e.Keeper != "" {
		out = append(out, receivers.put(e.RMA, e.Keeper, e.N))
	}
	out = append(out, move(e.Batch, AtCustomer, e.To, e.N)...)
	of := Origin{RMA: e.RMA}
	return append(out, of.lies(e.To, e.Batch, "", Hold, e.N), goodsOf(of, e.Item, e.N, 0, 0, 0))
}

// Strays reads what nobody knows and nothing has become of, as many as are left of it, the
// oldest first.
func (r *Reader) Strays() ([]Stray, error) {
	return all(r, (*Stray).fields, `
		SELECT s.stray, s.rma, s.parcel, s.code, s.n - coalesce(x.n, 0), s.place, s.note,
			s.operator, s.at
		FROM todo t JOIN stray s ON s.wh = t.wh AND s.stray = t.ref
		LEFT JOIN stray_out x ON x.wh = s.wh AND x.stray = s.stray
		WHERE t.wh = ? AND t.kind = 'stray' AND t.open = 1 AND s.n > coalesce(x.n, 0)
		ORDER BY s.at, s.stray`)
}

func (p *Parcel) all() []any { return append(p.fields(), &p.State) }

const parcelColumns = `p.parcel, p.waybill, p.carrier, p.condition, p.rma, p.note, p.arrived,
	coalesce(s.state, 'waits')`

const parcelTables = `return_parcel p
	LEFT JOIN return_parcel_state s ON s.wh = p.wh AND s.parcel = p.parcel`

// ParcelsWaiting reads the parcels that arrived and that nobody has opened.
func (r *Reader) ParcelsWaiting(limit int) ([]Parcel, error) {
	return all(r, (*Parcel).all, `SELECT `+parcelColumns+` FROM todo t
		JOIN return_parcel p ON p.wh = t.wh AND p.parcel = t.ref
		LEFT JOIN return_parcel_state s ON s.wh = p.wh AND s.parcel = p.parcel
		WHERE t.wh = ? AND t.open = 1 AND t.kind = 'parcel' ORDER BY t.at, t.ref LIMIT ?`, limit)
}

// Parcel reads a parcel that came back. It refuses with NotFound.
func (r *Reader) Parcel(id string) (p Parcel, err error) {
	found, err := r.one(p.all(), `SELECT `+parcelColumns+` FROM `+parcelTables+`
		WHERE p.wh = ? AND p.parcel = ?`, id)
	if err == nil && !found {
		err = &Refusal{Code: NotFound, Got: id}
	}
	return p, err
}

// ParcelsOf reads the parcels that arrived for a return and that nobody has opened.
func (r *Reader) ParcelsOf(id RMAID) ([]Parcel, error) {
	return all(r, (*Parcel).all, `SELECT `+parcelColumns+` FROM `+parcelTables+`
		WHERE p.wh = ? AND p.rma = ? AND p.rma <> '' AND s.state IS NULL
		ORDER BY p.arrived, p.parcel`, id)
}

// ParcelsByWaybill reads the parcels of a number that came, the last first.
func (r *Reader) ParcelsByWaybill(no WaybillNo) ([]Parcel, error) {
	return all(r, (*Parcel).all, `SELECT `+parcelColumns+` FROM `+parcelTables+`
		WHERE p.wh = ? AND p.waybill = ? AND p.waybill <> '' AND coalesce(s.state, '') <> 'mistake'
		ORDER BY p.arrived DESC, p.parcel DESC`, no)
}

// LastBack is the last that somebody at this station did with goods that came back about a
// return or a parcel, and the event that takes it back: a receipt, a hand-back, or something
// put aside that nobody knew. It refuses with NothingUndo when there is none.
func (r *Reader) LastBack(ref string) (was Event, e Reversed, err error) {
	var fact Fact
	found, err := r.one([]any{&fact.Bytes}, `
		SELECT e.bytes FROM event e
		WHERE e.wh = ? AND e.ref = ? AND e.author = ?
			AND e.kind IN ('return_received', 'return_turned_away', 'stray_kept')
			AND NOT EXISTS (SELECT 1 FROM reversed v WHERE v.wh = e.wh AND v.event = e.id)
		ORDER BY e.epoch DESC, e.seq DESC LIMIT 1`, ref, r.s.id.Author)
	if err == nil && (!found || ref == "") {
		err = &Refusal{Code: NothingUndo, Want: ref}
	}
	if err != nil {
		return nil, e, err
	}
	return fact.back(ref)
}

// Goods are what became of an item of a return.
type Goods struct {
	Origin
	Item      SKU
	Received  Qty
	Away      Qty // handed back
	Inspected Qty
	Shelved   Qty // brought to their place
}

func (g *Goods) fields() []any {
	return []any{&g.RMA, &g.Item, &g.Order, &g.Line, &g.Received, &g.Away, &g.Inspected, &g.Shelved}
}

// GoodsOf reads what became of the goods of a return.
func (r *Reader) GoodsOf(id RMAID) ([]Goods, error) {
	return all(r, (*Goods).fields, `
		SELECT rma, item, order_id, line, received, away, inspected, shelved FROM rma_goods
		WHERE wh = ? AND rma = ? ORDER BY order_id, line, item`, id)
}

// A Sent is how much of a batch left for a line of an order's slips, and came back.
type Sent struct {
	Batch
	Line int64 // of the order
	N    Qty
	Back Qty // with what others sent back of it, that left on the same line of a slip
}

// SentFor reads what left of an item for an order, by line, lot and serial. Where a line of a
// slip was for several, each may be sent back by any of them, once.
func (r *Reader) SentFor(order OrderID, sku SKU) ([]Sent, error) {
	wh := r.s.id.Warehouse
	out, err := all(r, func(s *Sent) []any {
		return []any{&s.Line, &s.Item, &s.Lot, &s.Serial, &s.N, &s.Back}
	}, `
		WITH gone AS (
			SELECT q.order_line AS line, x.item, x.lot, x.serial,
				CAST(sum(x.n) AS BIGINT) AS n
			FROM slip_source q
			JOIN sent x ON x.wh = q.wh AND x.slip = q.slip AND x.line = q.line
			WHERE q.wh = ? AND q.order_id = ? AND x.item = ?
			GROUP BY q.order_line, x.item, x.lot, x.serial)
		SELECT g.line, g.item, g.lot, g.serial, g.n, coalesce(b.n, 0) FROM gone g
		LEFT JOIN returned b ON b.wh = ? AND b.order_id = ? AND b.line = g.line
			AND b.item = g.item AND b.lot = g.lot AND b.serial = g.serial
		WHERE g.n > 0 ORDER BY g.line, g.lot, g.serial`, order, sku, wh, order)
	if err != nil {
		return nil, err
	}
	beside, err := r.backBeside(order, sku)
	for i := range out {
		for _, b := range beside {
			if b.Line == out[i].Line && b.Batch == out[i].Batch {
				out[i].Back += b.N
			}
		}
	}
	return out, err
}

// backBeside reads how many came back, by other lines of orders, of what left on a line of a
// slip for them and for this order's line together: beyond what left for them elsewhere.
func (r *Reader) backBeside(order OrderID, sku SKU) ([]Sent, error) {
	wh := r.s.id.Warehouse
	return all(r, func(s *Sent) []any {
		return []any{&s.Line, &s.Item, &s.Lot, &s.Serial, &s.N}
	}, `
		WITH beside AS (
			SELECT DISTINCT m.order_line AS mine, q.order_id, q.order_line
			FROM slip_source m
			JOIN slip_source q ON q.wh = m.wh AND q.slip = m.slip AND q.line = m.line
			WHERE m.wh = ? AND m.order_id = ?
				AND (q.order_id <> m.order_id OR q.order_line <> m.order_line)),
		back AS (
			SELECT b.mine, x.item, x.lot, x.serial, x.n - coalesce((
				SELECT sum(g.n) FROM slip_source q
				JOIN sent g ON g.wh = q.wh AND g.slip = q.slip AND g.line = q.line
				WHERE q.wh = x.wh AND q.order_id = b.order_id AND q.order_line = b.order_line
					AND g.item = x.item AND g.lot = x.lot AND g.serial = x.serial
					AND NOT EXISTS (SELECT 1 FROM slip_source m
						WHERE m.wh = q.wh AND m.slip = q.slip AND m.line = q.line
							AND m.order_id = ? AND m.order_line = b.mine)), 0) AS n
			FROM beside b
			JOIN returned x ON x.wh = ? AND x.order_id = b.order_id AND x.line = b.order_line
			WHERE x.item = ?)
		SELECT mine, item, lot, serial, CAST(sum(n) AS BIGINT) FROM back
		WHERE n > 0 GROUP BY mine, item, lot, serial`, order, order, wh, sku)
}

// Returned reads how much of an order came back, by line.
func (r *Reader) Returned(order OrderID) (map[int64]Qty, error) {
	type row struct {
		line int64
		n    Qty
	}
	rows, err := all(r, func(x *row) []any { return []any{&x.line, &x.n} }, `
		SELECT line, CAST(sum(n) AS BIGINT) FROM returned
		WHERE wh = ? AND order_id = ? GROUP BY line`, order)
	out := map[int64]Qty{}
	for _, x := range rows {
		out[x.line] = x.n
	}
	return out, err
}

// A Lying is a batch that came back and lies in a place that nothing is sold from.
type Lying struct {
	Place Place
	Batch
	Origin
	Grade string // empty before anybody has looked
	As    Disposition
	N     Qty
	About Item
}

func (l *Lying) fields() []any {
	return []any{&l.Place, &l.Item, &l.Lot, &l.Serial, &l.RMA, &l.Order, &l.Line, &l.Grade, &l.As,
		&l.N}
}

const lyingColumns = `k.place, k.item, k.lot, k.serial, k.rma, k.order_id, k.line, k.grade,
	k.disposition, k.n`

// LyingIn reads what came back and lies in a place.
func (r *Reader) LyingIn(p Place) ([]Lying, error) {
	return r.about(all(r, (*Lying).fields, `SELECT `+lyingColumns+` FROM return_stock k
		WHERE k.wh = ? AND k.place = ? AND k.n > 0
		ORDER BY k.item, k.lot, k.serial, k.rma, k.order_id, k.line, k.grade, k.disposition`, p))
}

// StillLies is how many lie there of what came back, of one origin, grade and disposition:
// fewer than none where two people, each by themselves, had them go elsewhere.
func (r *Reader) StillLies(l Lying) (Qty, error) {
	n, err := r.count(`SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM return_stock
		WHERE wh = ? AND place = ? AND item = ? AND lot = ? AND serial = ? AND rma = ?
			AND order_id = ? AND line = ? AND grade = ? AND disposition = ?`, l.Place, l.Item,
		l.Lot, l.Serial, l.RMA, l.Order, l.Line, l.Grade, l.As)
	return Qty(n), err
}

// ToGrade reads what nobody has looked at yet, of a return and an item, or of all where they
// are empty, and behind it what a person is to decide on once more: what is held, or came
// back from elsewhere.
func (r *Reader) ToGrade(id RMAID, sku SKU, limit int) ([]Lying, error) {
	return r.about(all(r, (*Lying).fields, `SELECT `+lyingColumns+` FROM return_stock k
		WHERE k.wh = ? AND k.n > 0 AND (k.rma = ? OR ? = '') AND (k.item = ? OR ? = '')
			AND (k.grade = ''
			OR k.place NOT LIKE 'tote/%' AND (k.disposition = 'hold' OR k.place LIKE 'stage/%'))
		ORDER BY CASE WHEN k.grade = '' THEN 0 ELSE 1 END, CASE k.disposition WHEN '' THEN 0
			ELSE 1 END, k.rma, k.item, k.lot, k.serial,
			k.place, k.order_id, k.line LIMIT ?`, id, id, sku, sku, limit))
}

// ReceivedBy reads who received goods of a return at this warehouse. What an older program
// recorded does not say it, but for where it is in the log.
func (r *Reader) ReceivedBy(id RMAID) ([]OperatorID, error) {
	return ids[OperatorID](r, `
		SELECT x.operator FROM rma_receiver x WHERE x.wh = ? AND x.rma = ? AND x.n > 0
		UNION SELECT e.operator FROM event e
		WHERE e.wh = ? AND e.ref = ? AND e.kind = 'return_received' AND NOT EXISTS (
			SELECT 1 FROM reversed v WHERE v.wh = e.wh AND v.event = e.id)
		ORDER BY operator`, id, r.s.id.Warehouse, string(id))
}

// Nobodys reads what came back and lies somewhere as of no order, or put aside and never
// graded: somebody may find out whose it is.
func (r *Reader) Nobodys(id RMAID, sku SKU, limit int) ([]Lying, error) {
	return r.about(all(r, (*Lying).fields, `SELECT `+lyingColumns+` FROM return_stock k
		WHERE k.wh = ? AND k.n > 0 AND (k.rma = ? OR ? = '') AND (k.item = ? OR ? = '')
			AND (k.order_id = '' OR k.grade = '' AND k.disposition = 'hold')
			AND (k.grade = '' OR k.place NOT LIKE 'tote/%')
		ORDER BY k.order_id, k.item, k.lot, k.serial, k.rma, k.place, k.line LIMIT ?`,
		id, id, sku, sku, limit))
}

// ofClosed says of what lies somewhere that nobody takes back the return that it is of.
const ofClosed = `EXISTS (SELECT 1 FROM rma_state s WHERE s.wh = k.wh AND s.rma = k.rma
	AND s.state IN ('rejected', 'cancelled'))`

// Unwanted reads what came back, lies somewhere, and can go to its customer again: it is of no
// order, on hold, or of a return that nobody takes back. Those on hold for others come last.
func (r *Reader) Unwanted(id RMAID, sku SKU, limit int) ([]Lying, error) {
	return r.about(all(r, (*Lying).fields, `SELECT `+lyingColumns+` FROM return_stock k
		WHERE k.wh = ? AND k.n > 0 AND (k.rma = ? OR ? = '') AND (k.item = ? OR ? = '')
			AND ((k.order_id = '' OR k.disposition = 'hold')
				AND (k.grade = '' OR k.place NOT LIKE 'tote/%') OR `+ofClosed+`)
		ORDER BY CASE WHEN k.order_id = '' OR `+ofClosed+` THEN 0 ELSE 1 END,
			k.order_id, k.item, k.lot, k.serial, k.rma, k.place, k.line LIMIT ?`,
		id, id, sku, sku, limit))
}

// An AsideN is how many of an item of a return lie aside, of an order or of none.
type AsideN struct {
	Item  SKU
	Order OrderID
	N     Qty
}

// AsideIn counts what nobody has graded of a return, and lies in a place.
func (r *Reader) AsideIn(id RMAID, p Place) ([]AsideN, error) {
	return all(r, func(a *AsideN) []any { return []any{&a.Item, &a.Order, &a.N} }, `
		SELECT item, order_id, CAST(sum(n) AS BIGINT) FROM return_stock
		WHERE wh = ? AND rma = ? AND place = ? AND grade = '' AND n > 0
		GROUP BY item, order_id ORDER BY item, order_id`, id, p)
}

// Graded reads what was looked at and is on its way to its place: what lies in totes.
func (r *Reader) Graded(limit int) ([]Lying, error) {
	return r.about(all(r, (*Lying).fields, `SELECT `+lyingColumns+` FROM return_stock k
		WHERE k.wh = ? AND k.grade <> '' AND k.place LIKE 'tote/%' AND k.n > 0
		ORDER BY k.place, k.item, k.lot, k.serial, k.rma LIMIT ?`, limit))
}

// about reads the items of what lies somewhere.
func (r *Reader) about(rows []Lying, err error) ([]Lying, error) {
	known := map[SKU]Item{}
	for i := range rows {
		if err != nil {
			return nil, err
		}
		about, seen := known[rows[i].Item]
		if !seen {
			if about, err = r.Item(rows[i].Item); asNone(err) == nil {
				about.SKU, err = rows[i].Item, nil // one that nobody knows has no words
			}
			known[about.SKU] = about
		}
		rows[i].About = about
	}
	return rows, err
}

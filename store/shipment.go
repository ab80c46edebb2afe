package store

// A ShipmentState is what a carrier says of a parcel on its way.
type ShipmentState string

// The states of shipments.
const (
	ShipTransit   ShipmentState = "in_transit"
	ShipDelayed   ShipmentState = "delayed"
	ShipDamaged   ShipmentState = "damaged"
	ShipLost      ShipmentState = "lost"
	ShipDelivered ShipmentState = "delivered"
	ShipReturned  ShipmentState = "returned" // it comes back to the warehouse
)

// ShipmentStates lists them, for tests that must not miss one.
var ShipmentStates = []ShipmentState{ShipTransit, ShipDelayed, ShipDamaged, ShipLost,
	ShipDelivered, ShipReturned}

// Tracking is what somebody said of a parcel on its way.
type Tracking struct {
	Waybill WaybillNo     `json:"waybill"`
	State   ShipmentState `json:"state"`
	At      int64         `json:"at"` // milliseconds UTC
	Slip    SlipID        `json:"slip"`
	Place   string        `json:"place,omitempty"`
	Note    string        `json:"note,omitempty"`
	Source  string        `json:"source,omitempty"` // who told it, or the file
	By      OperatorID    `json:"by,omitempty"`
}

func (m *Tracking) fields() []any {
	return []any{&m.Waybill, &m.State, &m.At, &m.Slip, &m.Place, &m.Note, &m.Source, &m.By}
}

// ShipmentMoved says what became of a parcel on its way. Disc is set where that is a loss.
type ShipmentMoved struct {
	Tracking
	Disc *Discrepancy `json:"disc,omitempty"`
	Tell NoticeKind   `json:"tell,omitempty"` // what its customer is told
}

func (ShipmentMoved) Kind() string  { return "shipment_moved" }
func (e ShipmentMoved) Ref() string { return string(e.Slip) }
func (e ShipmentMoved) apply(at Stamp) []Change {
	out := []Change{moves.put(e.Tracking.fields()...)}
	if e.Disc != nil {
		out = append(out, e.Disc.open(at)...)
	}
	if e.Tell != "" {
		out = append(out, notice(at, e.Slip, e.Tell, e.At)...)
	}
	return out
}

// TrackingOf reads what was said of the parcels of a slip, the oldest first.
func (r *Reader) TrackingOf(slip SlipID) ([]Tracking, error) {
	return all(r, (*Tracking).fields, `
		SELECT waybill, state, at, slip, place, note, source, operator FROM shipment_move
		WHERE wh = ? AND slip = ? ORDER BY at, waybill, state`, slip)
}

// ParcelOf reads how many pieces of a slip left by a waybill; of one with no carton of its own,
// all that left. The item is said where it was but one.
func (r *Reader) ParcelOf(slip SlipID, no WaybillNo) (sku SKU, n Qty, err error) {
	s, err := r.WholeSlip(slip)
	if err != nil {
		return "", 0, err
	}
	for _, l := range s.Lines {
		n += l.Shipped
	}
	if len(s.Lines) == 1 {
		sku = s.Lines[0].Item
	}
	own, err := r.count(`SELECT CAST(coalesce(sum(d.n), 0) AS BIGINT) FROM departure d
		JOIN waybill w ON w.wh = d.wh AND w.slip = d.slip AND w.carton = d.carton
		WHERE d.wh = ? AND d.slip = ? AND (w.waybill = ? OR w.waybill > ? AND w.waybill < ?)`,
		slip, no, no+"-", no+".")
	if own > 0 {
		n = Qty(own)
	}
	return sku, n, err
}

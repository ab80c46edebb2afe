package store

// A HandoverID is the number of a hand-over to a carrier. Stations give it out too: their two
// characters are in it.
type HandoverID string

// A Handover is one truck, or one round of a courier, that parcels are loaded on.
type Handover struct {
	ID       HandoverID `json:"id"`
	Carrier  CarrierID  `json:"carrier,omitempty"` // empty: of several
	Dock     Place      `json:"dock,omitempty"`
	Truck    string     `json:"truck,omitempty"` // its plate
	Operator OperatorID `json:"operator,omitempty"`
	Station  StationID  `json:"station"`
	At       int64      `json:"at"` // milliseconds UTC

	Closed  int64  `json:"-"` // 0 while parcels are loaded
	Signed  string `json:"-"` // who took them
	Parcels int64  `json:"-"`
}

// HandoverOpened says that somebody begins to load a truck.
type HandoverOpened struct{ Handover }

func (HandoverOpened) Kind() string  { return "handover_opened" }
func (e HandoverOpened) Ref() string { return string(e.ID) }
func (e HandoverOpened) apply(Stamp) []Change {
	return []Change{handovers.put(e.ID, e.Carrier, e.Dock, e.Truck, e.Operator, e.Station, e.At)}
}

// HandoverClosed says that a truck left with what was loaded, and who signed for it.
type HandoverClosed struct {
	Handover HandoverID `json:"handover"`
	Signed   string     `json:"signed,omitempty"`
	Parcels  int64      `json:"parcels"` // as far as the station knew
	Left     int64      `json:"left,omitempty"`
	Operator OperatorID `json:"operator,omitempty"`
	At       int64      `json:"at"`
}

func (HandoverClosed) Kind() string  { return "handover_closed" }
func (e HandoverClosed) Ref() string { return string(e.Handover) }
func (e HandoverClosed) apply(at Stamp) []Change {
	return []Change{handoverEnds.raise(at, e.Handover, e.Signed, e.Operator, e.At)}
}

// A Departure is a carton that left the warehouse.
type Departure struct {
	Carton   CartonID
	Slip     SlipID
	Carrier  CarrierID
	Handover HandoverID // empty: loaded on no truck that is known
	N        int64      // pieces
	At       int64
	Waybill  WaybillNo
	Grams    int64 // that it weighed; 0 where nobody weighed it
}

func (d *Departure) fields() []any {
	return []any{&d.Carton, &d.Slip, &d.Carrier, &d.Handover, &d.N, &d.At, &d.Waybill,
		&d.Grams}
}

func (h *Handover) fields() []any {
	return []any{&h.ID, &h.Carrier, &h.Dock, &h.Truck, &h.Operator, &h.Station, &h.At, &h.Closed,
		&h.Signed, &h.Parcels}
}

const handoverColumns = `h.handover, h.carrier, h.dock, h.truck, h.operator, h.station, h.at,
	coalesce(e.at, 0), coalesce(e.signed, ''), (SELECT count(*) FROM departure d
		WHERE d.wh = h.wh AND d.handover = h.handover AND d.handover <> '')`

const handoverTables = `handover h
	LEFT JOIN handover_end e ON e.wh = h.wh AND e.handover = h.handover`

// Handover reads a hand-over. It refuses with NotFound.
func (r *Reader) Handover(id HandoverID) (h Handover, err error) {
	found, err := r.one(h.fields(), `SELECT `+handoverColumns+` FROM `+handoverTables+`
		WHERE h.wh = ? AND h.handover = ?`, id)
	if err == nil && !found {
		err = &Refusal{Code: NotFound, Got: string(id)}
	}
	return h, err
}

// HandoversOpen reads those that are being loaded since a time, the newest first.
func (r *Reader) HandoversOpen(since int64) ([]Handover, error) {
	return all(r, (*Handover).fields, `SELECT `+handoverColumns+` FROM `+handoverTables+`
		WHERE h.wh = ? AND h.at >= ? AND e.at IS NULL ORDER BY h.at DESC, h.handover`, since)
}

// NextHandoverID is this station's next number for a hand-over, such as JJS126071800001.
func (r *Reader) NextHandoverID() (HandoverID, error) {
	no, err := r.nextNo("JJ"+r.s.id.Prefix, `SELECT coalesce(max(handover), '') FROM handover
		WHERE wh = ? AND handover BETWEEN ? AND ?`)
	return HandoverID(no), err
}

const departureColumns = `d.carton, d.slip, d.carrier, d.handover, d.n, d.at,
	coalesce(w.waybill, ''), coalesce(g.grams, 0)`

const departureTables = `departure d
	LEFT JOIN waybill w ON w.wh = d.wh AND w.slip = d.slip AND w.carton = d.carton
		AND w.state = 'assigned'
	LEFT JOIN carton_state s ON s.wh = d.wh AND s.carton = d.carton
	LEFT JOIN carton_weight g ON g.wh = d.wh AND g.carton = d.carton AND g.round = s.round`

// LoadedOn reads the cartons of a hand-over, in the order in which they were loaded.
func (r *Reader) LoadedOn(id HandoverID) ([]Departure, error) {
	return all(r, (*Departure).fields, `SELECT `+departureColumns+` FROM `+departureTables+`
		WHERE d.wh = ? AND d.handover = ? AND d.handover <> '' ORDER BY d.at, d.carton`, id)
}

// Departures reads the cartons that left from one time to before another: those of a carrier,
// or all.
func (r *Reader) Departures(from, to int64, carrier CarrierID) ([]Departure, error) {
	return all(r, (*Departure).fields, `SELECT `+departureColumns+` FROM `+departureTables+`
		WHERE d.wh = ? AND d.at >= ? AND d.at < ? AND d.n > 0 AND (d.carrier = ? OR ? = '')
		ORDER BY d.carrier, d.at, d.carton`, from, to, carrier, carrier)
}

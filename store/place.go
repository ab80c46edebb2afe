package store

import "slices"

// A Bin is a place in the warehouse with a label: a bin, a tote, a stage.
type Bin struct {
	Place    Place  `json:"place"`
	Use      Use    `json:"use"`
	Zone     string `json:"zone,omitempty"`
	Aisle    string `json:"aisle,omitempty"`
	Bay      string `json:"bay,omitempty"`
	Level    string `json:"level,omitempty"`
	Walk     int64  `json:"walk,omitempty"`     // walking order
	Capacity Qty    `json:"capacity,omitempty"` // 0: no limit
	Mixing   string `json:"mixing,omitempty"`   // item, lot or any
	Active   Bit    `json:"active"`
}

// A Use is what a bin is for.
type Use string

// The uses of bins. Goods in the first two may be sold.
const (
	PickUse    Use = "pick"
	StorageUse Use = "storage"
	ReturnsUse Use = "returns"
	DefectUse  Use = "defect"
	HoldUse    Use = "hold"
	ToteUse    Use = "tote"
	StageUse   Use = "stage"
	DockUse    Use = "dock"
)

func (b *Bin) fields() []any {
	return []any{&b.Place, &b.Use, &b.Zone, &b.Aisle, &b.Bay, &b.Level, &b.Walk, &b.Capacity,
		&b.Mixing, &b.Active}
}

const placeColumns = `p.place, p.kind, p.zone, p.aisle, p.bay, p.level, p.walk, p.capacity,
	p.mixing, p.active`

// PlaceSaved says that the authority wrote a bin as it is from now on.
type PlaceSaved struct{ Bin }

func (PlaceSaved) Kind() string  { return "place_saved" }
func (e PlaceSaved) Ref() string { return string(e.Place) }
func (e PlaceSaved) apply(at Stamp) []Change {
	return []Change{places.raise(at, e.Bin.fields()...)}
}

// Bin reads a place. It refuses with NotFound.
func (r *Reader) Bin(p Place) (b Bin, err error) {
	found, err := r.one(b.fields(),
		`SELECT `+placeColumns+` FROM place p WHERE p.wh = ? AND p.place = ?`, p)
	if err == nil && !found {
		err = &Refusal{Code: NotFound, Got: p.Code()}
	}
	return b, err
}

// PlacesByCode reads the active places whose label bears code.
func (r *Reader) PlacesByCode(code string) ([]Bin, error) {
	return all(r, (*Bin).fields, `SELECT `+placeColumns+` FROM place p
		WHERE p.wh = ? AND p.place IN (?, ?, ?, ?) AND p.active = 1`,
		InBin(code), InTote(code), Place("stage/"+code), Place("dock/"+code))
}

// BinsFor reads the bins that goods of a disposition may lie in: those that hold the item,
// where it is picked from first, and then empty ones, of the zone first that it was ever
// picked in, in walking order. What is not sold again goes to bins of its own use first.
func (r *Reader) BinsFor(sku SKU, as Disposition, limit int) ([]Bin, error) {
	var uses []any
	for _, u := range []Use{PickUse, StorageUse, ReturnsUse, DefectUse, HoldUse} {
		if !as.Suits(u) {
			u = ""
		}
		uses = append(uses, u)
	}
	out, err := all(r, (*Bin).fields, `SELECT `+placeColumns+` FROM place p
		WHERE p.wh = ? AND p.kind IN (?, ?, ?, ?, ?) AND p.active = 1 AND p.place IN (
			SELECT s.place FROM stock s WHERE s.wh = p.wh AND s.item = ? AND s.n > 0)
		ORDER BY CASE WHEN p.kind = ? THEN 0 ELSE 1 END, p.walk, p.place LIMIT ?`,
		append(slices.Clone(uses), sku, as.Home(), limit)...)
	if err != nil {
		return nil, err
	}
	empty, err := all(r, (*Bin).fields, `SELECT `+placeColumns+` FROM place p
		WHERE p.wh = ? AND p.kind IN (?, ?, ?, ?, ?) AND p.active = 1 AND p.place LIKE 'bin/%'
			AND NOT EXISTS (
				SELECT 1 FROM stock s WHERE s.wh = p.wh AND s.place = p.place AND s.n <> 0)
		ORDER BY CASE WHEN p.zone IN (
				SELECT q.zone FROM allocation a JOIN place q ON q.wh = a.wh AND q.place = a.place
				WHERE a.wh = ? AND a.item = ?) THEN 0 ELSE 1 END,
			CASE WHEN p.kind = ? THEN 0 ELSE 1 END, p.walk, p.place LIMIT ?`,
		append(slices.Clone(uses), r.s.id.Warehouse, sku, as.Home(), limit)...)
	out = append(out, empty...)
	if as != Restock {
		own := func(b Bin) bool { return b.Use == as.Home() }
		others := slices.DeleteFunc(slices.Clone(out), own)
		out = append(slices.DeleteFunc(out, func(b Bin) bool { return !own(b) }), others...)
	}
	return out[:min(len(out), limit)], err
}

// unlimited is the room of a bin that nobody has given a capacity.
const unlimited = Qty(1) << 40

// RoomFor is how many more pieces of a batch a bin has room for: by its capacity, and by what
// may lie together in it.
func (r *Reader) RoomFor(b Bin, of Batch) (Qty, error) {
	held, err := r.Contents(b.Place)
	room := unlimited
	if b.Capacity > 0 {
		room = b.Capacity
	}
	for _, x := range held {
		switch {
		case x.N <= 0:
			continue
		case b.Mixing == "item" && x.Item != of.Item,
			b.Mixing == "lot" && (x.Item != of.Item || x.Lot != of.Lot):
			return 0, err
		}
		room -= x.N
	}
	return max(0, room), err
}

// A CartonType is a kind of carton that goods are packed in.
type CartonType struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	Length    int64  `json:"length,omitempty"`     // mm
	Width     int64  `json:"width,omitempty"`      // mm
	Height    int64  `json:"height,omitempty"`     // mm
	Tare      int64  `json:"tare,omitempty"`       // grams
	WeightMax int64  `json:"weight_max,omitempty"` // grams
	Active    Bit    `json:"active"`
}

func (c *CartonType) fields() []any {
	return []any{&c.Code, &c.Name, &c.Length, &c.Width, &c.Height, &c.Tare, &c.WeightMax, &c.Active}
}

// CartonTypeSet says that the authority wrote a carton type.
type CartonTypeSet struct{ CartonType }

func (CartonTypeSet) Kind() string  { return "carton_type_set" }
func (e CartonTypeSet) Ref() string { return e.Code }
func (e CartonTypeSet) apply(at Stamp) []Change {
	return []Change{cartonKind.raise(at, e.CartonType.fields()...)}
}

// CartonTypes reads the carton types in use, by code: the first is the default.
func (r *Reader) CartonTypes() ([]CartonType, error) {
	return all(r, (*CartonType).fields, `
		SELECT type, name, length, width, height, tare, weight_max, active FROM carton_type
		WHERE wh = ? AND active = 1 ORDER BY type`)
}

// PlacesOf reads the active places of a kind, such as bin, in a zone or in all, from one code to
// another, by their walking order; an empty code is no bound.
func (r *Reader) PlacesOf(kind, zone, from, to string) ([]Bin, error) {
	return all(r, (*Bin).fields, `SELECT `+placeColumns+` FROM place p
		WHERE p.wh = ? AND p.place LIKE ? AND p.active = 1
			AND (CAST(? AS TEXT) = '' OR p.zone = ?) AND p.place >= ?
			AND (CAST(? AS TEXT) = '' OR p.place <= ?)
		ORDER BY p.walk, p.place`,
		kind+"/%", zone, zone, kind+"/"+from, to, kind+"/"+to)
}

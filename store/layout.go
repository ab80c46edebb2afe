package store

// A Layout says where the aisles of a zone are, as a picker walks them: parallel
// aisles, with cross aisles between the blocks. The zone "" stands for every zone
// that has no word of its own. Lengths are in millimetres.
type Layout struct {
	Zone   string `json:"zone"`
	Aisles string `json:"aisles,omitempty"` // their codes in order; empty: as they sort
	Pitch  int64  `json:"pitch"`            // from one aisle to the next
	Bay    int64  `json:"bay"`              // the length of a bay
	Bays   int64  `json:"bays"`             // of a block, along one side
	Blocks int64  `json:"blocks"`
	Sides  int64  `json:"sides"`             // 2: odd and even bays face one another
	Depot  string `json:"depot,omitempty"`   // the aisle where a walk begins and ends
	Cross  int64  `json:"cross,omitempty"`   // and the cross aisle, from 0
	OneWay string `json:"one_way,omitempty"` // 03+ goes up from cross aisle 0, 04- down to it
}

func (l *Layout) fields() []any {
	return []any{&l.Zone, &l.Aisles, &l.Pitch, &l.Bay, &l.Bays, &l.Blocks, &l.Sides, &l.Depot,
		&l.Cross, &l.OneWay}
}

// LayoutSet says that the authority wrote how a zone is laid out.
type LayoutSet struct{ Layout }

func (LayoutSet) Kind() string  { return "layout_set" }
func (e LayoutSet) Ref() string { return e.Zone }
func (e LayoutSet) apply(at Stamp) []Change {
	return []Change{layouts.raise(at, e.Layout.fields()...)}
}

// LayoutOf reads how a zone is laid out, with the codes of its aisles; no aisles
// where nothing is known.
func (r *Reader) LayoutOf(zone string) (l Layout, aisles []string, err error) {
	known, err := r.one(l.fields(), `
		SELECT zone, aisles, pitch, bay, bays, blocks, sides, depot, cross_n, one_way FROM layout
		WHERE wh = ? AND zone IN ('', ?) ORDER BY zone DESC LIMIT 1`, zone)
	if err != nil || !known {
		return l, nil, err
	}
	aisles, err = ids[string](r, `SELECT DISTINCT aisle FROM place
		WHERE wh = ? AND zone = ? AND aisle <> '' ORDER BY aisle`, zone)
	return l, aisles, err
}

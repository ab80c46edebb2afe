package store

// ReturnBelongs says of which lines of orders goods are that came back without one, as a
// person found out. Nobody has looked at them as that: they wait to be graded where they lie,
// also where they had a grade.
type ReturnBelongs struct {
	RMA   RMAID `json:"rma"`             // that they are of now
	Opens *RMA  `json:"opens,omitempty"` // where it is of nobody who had one
	Was   RMAID `json:"was,omitempty"`   // that they came with
	Batch
	N     Qty         `json:"n"`
	Place Place       `json:"place"`
	Grade string      `json:"grade,omitempty"` // that they had
	As    Disposition `json:"as,omitempty"`    // likewise
	Had   []ShareBack `json:"had"`             // what they were taken for
	Of    []ShareBack `json:"of"`              // what they are
	By    OperatorID  `json:"by,omitempty"`
	At    int64       `json:"at"`

	Receivers []OperatorID `json:"receivers,omitempty"` // of what they came with
}

func (ReturnBelongs) Kind() string  { return "return_belongs" }
func (e ReturnBelongs) Ref() string { return string(e.RMA) }
func (e ReturnBelongs) apply(at Stamp) (out []Change) {
	if e.Opens != nil {
		out = e.Opens.came(at, "", e.At)
	}
	for _, o := range e.Had {
		was := Origin{e.Was, o.Order, o.Line}
		seen, shelved := looksAt(e.Place, e.Grade, o.N)
		out = append(out, was.lies(e.Place, e.Batch, e.Grade, e.As, -o.N),
			goodsOf(was, e.Item, -o.N, 0, -seen, -shelved))
		if o.Order != "" {
			out = append(out, returned.put(o.Order, o.Line, e.Item, e.Lot, e.Serial, -o.N))
		}
	}
	for _, o := range e.Of {
		is := Origin{e.RMA, o.Order, o.Line}
		out = append(out, is.lies(e.Place, e.Batch, "", Hold, o.N),
			goodsOf(is, e.Item, o.N, 0, 0, 0),
			returned.put(o.Order, o.Line, e.Item, e.Lot, e.Serial, o.N))
	}
	for _, who := range e.Receivers {
		if e.RMA != e.Was {
			out = append(out, receivers.put(e.RMA, who, e.N))
		}
	}
	out = append(out, weigh(at, e.Was, "belongs", e.At)...)
	return append(out, stepOf(at, e.RMA, StepReceived, e.At))
}

// looksAt is how many of n pieces that lie in a place with a grade, or none, somebody looked
// at, and how many were brought to their place, once.
func looksAt(p Place, grade string, n Qty) (seen, shelved Qty) {
	switch {
	case grade == "":
		return 0, 0
	case p.Is("tote"):
		return n, 0
	}
	return n, n
}

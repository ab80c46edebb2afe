package store

// ReturnSentBack says that goods that came back went to their customer again: of a return
// that nobody takes back, or of nobody's order.
type ReturnSentBack struct {
	ID  EventID `json:"id"`
	RMA RMAID   `json:"rma,omitempty"` // that they came with
	Batch
	N       Qty         `json:"n"`
	Place   Place       `json:"place"`
	Grade   string      `json:"grade,omitempty"` // that they had
	As      Disposition `json:"as,omitempty"`    // likewise
	Of      []ShareBack `json:"of"`              // what they were taken for
	Paid    []Qty       `json:"paid,omitempty"`  // of each of Of, for which they get something
	Waybill WaybillNo   `json:"waybill,omitempty"`
	By      OperatorID  `json:"by,omitempty"`
	At      int64       `json:"at"`

	Closed *ReturnDecided `json:"closed,omitempty"` // its decision, which knows of what is left
	Last   Bit            `json:"last,omitempty"`   // nothing is left that it does not know of
}

func (ReturnSentBack) Kind() string  { return "return_sent_back" }
func (e ReturnSentBack) Ref() string { return string(e.RMA) }
func (e ReturnSentBack) apply(at Stamp) []Change {
	out := move(e.Batch, e.Place, AtCustomer, e.N)
	for k, o := range e.Of {
		of := Origin{e.RMA, o.Order, o.Line}
		if k < len(e.Paid) && e.Paid[k] != 0 {
			gone := Inspection{ID: e.ID, Origin: of, Batch: e.Batch, At: e.At, Had: e.Grade,
				HadAs: e.As, Paid: e.Paid[k]}
			out = append(out, inspections.put(gone.fields()...))
		}
		seen, shelved := looksAt(e.Place, e.Grade, o.N)
		out = append(out, of.lies(e.Place, e.Batch, e.Grade, e.As, -o.N),
			goodsOf(of, e.Item, -o.N, o.N, -seen, -shelved))
		if o.Order != "" {
			out = append(out, returned.put(o.Order, o.Line, e.Item, e.Lot, e.Serial, -o.N))
		}
	}
	if e.Closed != nil {
		out = append(out, e.Closed.stands(at))
	}
	if e.Last {
		out = append(out, todoClosed.done(at, e.RMA, e.At))
	}
	if e.RMA != "" {
		out = append(out, notice(at, e.RMA, NoticeBack, e.At)...)
	}
	if e.Closed == nil { // of a closed one nothing is due
		out = append(out, weigh(at, e.RMA, "back", e.At)...)
	}
	return out
}

// SentBackBy is the parcel that goods of a return went to their customer again by, the last
// time; empty for none.
func (r *Reader) SentBackBy(id RMAID) (WaybillNo, error) {
	facts, err := all(r, (*Fact).columns, `SELECT coalesce(rev, 0), bytes, hash FROM event
		WHERE wh = ? AND ref = ? AND kind = 'return_sent_back' AND parked = 0
		ORDER BY epoch DESC, seq DESC LIMIT 1`, string(id))
	if err != nil || len(facts) == 0 || id == "" {
		return "", err
	}
	env, err := facts[0].Envelope()
	if err != nil {
		return "", err
	}
	e, _ := known(&env).(ReturnSentBack)
	return e.Waybill, nil
}

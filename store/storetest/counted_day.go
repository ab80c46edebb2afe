package storetest

import (
	"math/rand/v2"

	"scanbay/store"
	"scanbay/store/report"
	"scanbay/store/stocktake"
)

// countStep does a few things that a person who counts might do next: a bin is soon counted.
func (w *Worker) countStep() {
	w.Helper()
	for range 1 + w.IntN(4) {
		w.countOnce()
	}
}

func (w *Worker) countOnce() {
	w.Helper()
	by := store.Gesture{Operator: w.Operator}
	if w.IntN(6) == 0 {
		by.Operator = "900" // a supervisor counts, or takes over
	}
	mine := Read(w.Site, func(r *store.Reader) ([]store.CountID, error) {
		return r.CountsBy(by.Operator)
	})
	if len(mine) == 0 {
		at := w.By(by.Operator, []string{"A-01-01", "A-01-02", "A-01-03", "B-07-01"}[w.IntN(4)])
		at.Yes = by.Operator == "900"
		_, err := stocktake.Begin(background, w.Store, at)
		w.Code(err)
		return
	}
	id := mine[w.IntN(len(mine))]
	switch n := w.IntN(20); {
	case n == 0:
		w.Code(stocktake.Leave(background, w.Store, by, id))
	case n == 1:
		_, err := stocktake.Undo(background, w.Store, by, id)
		w.Code(err)
	case n == 2:
		_, err := stocktake.Clear(background, w.Store, by, id, "TEA-500")
		w.Code(err)
	case n == 3:
		_, err := stocktake.CountUnknown(background, w.Store, w.By(by.Operator, "nobody"), id)
		w.Code(err)
	case n < 12:
		by.Yes = true
		_, err := stocktake.Done(background, w.Store, by, id)
		w.Code(err)
	default:
		w.seeSome(by.Operator, id)
	}
}

// seeSome scans what the book has in the bin, more or less.
func (w *Worker) seeSome(who store.OperatorID, id store.CountID) {
	c := Read(w.Site, func(r *store.Reader) (store.Count, error) { return r.Count(id) })
	for _, b := range Read(w.Site, func(r *store.Reader) ([]store.Balance, error) {
		return r.Contents(c.Place)
	}) {
		by := w.By(who, string(b.Item)+"|"+string(b.Lot)+"|"+string(b.Serial))
		by.N = max(0, b.N-store.Qty(w.IntN(4)/2))
		_, err := stocktake.Scan(background, w.Store, by, id)
		if w.Code(err) == "" && w.IntN(9) == 0 {
			_, err = stocktake.Clear(background, w.Store, store.Gesture{Operator: who}, id, b.Item)
			w.Code(err)
		}
	}
}

// countStep does one thing that might happen to counts in the office.
func (o office) countStep() {
	o.Helper()
	by := store.Gesture{Operator: []store.OperatorID{"900", "901"}[o.IntN(2)]}
	switch o.IntN(6) {
	case 0:
		_, err := stocktake.Plan(background, o.Store, by, stocktake.Wish{
			Why: stocktake.ByHand()[o.IntN(len(stocktake.ByHand()))], Zone: "A", Class: "C",
			Item: "TEA-500", Days: 1, Share: 50, Most: 2})
		o.Code(err)
		o.Code(stocktake.SetPolicy(background, o.Store, by, store.CountPolicy{
			Days: int64(o.IntN(3)), Pieces: store.Qty(o.IntN(2)), Two: store.Money(o.IntN(2)),
			Active: true}))
		if o.IntN(2) > 0 {
			return
		}
		fallthrough // what was planned is dropped
	case 1:
		for _, d := range Read(o.Site, func(r *store.Reader) ([]store.DueCount, error) {
			return r.CountsDue(9)
		}) {
			o.Code(stocktake.Drop(background, o.Store, by, d.ID, "next week"))
		}
		o.Code(report.Acknowledge(background, o.Store, by, store.Alert{Kind: store.LowStock,
			Ref: "TEA-500", Level: store.AlertNear}, 1))
	case 2:
		o.endDiscrepancies(by)
	default:
		o.endVariances(by)
	}
}

// endVariances is a supervisor who decides on what counts found.
func (o office) endVariances(by store.Gesture) {
	for _, v := range Read(o.Site, func(r *store.Reader) ([]store.Variance, error) {
		return r.VariancesOpen(9)
	}) {
		switch o.IntN(6) {
		case 0:
			o.Code(stocktake.Reject(background, o.Store, by, stocktake.Refused{First: v.First,
				Note: "the book is right"}))
		case 1:
			o.Code(stocktake.CountAgain(background, o.Store, by, stocktake.Refused{First: v.First,
				Note: "once more"}))
		default:
			in := stocktake.Approval{First: v.First, Cause: "lost"}
			if o.IntN(2) == 0 {
				in.Known = []stocktake.KnownCode{{Code: "nobody",
					Item: store.Batch{Item: "CUP-02"}}}
			}
			for range 1 + o.IntN(2) { // the key is pressed twice
				o.Code(stocktake.Approve(background, o.Store, by, in))
			}
		}
	}
}

// endDiscrepancies is a supervisor who ends what is at odds.
func (o office) endDiscrepancies(by store.Gesture) {
	for _, d := range Read(o.Site, func(r *store.Reader) ([]store.Discrepancy, error) {
		return r.DiscrepanciesOpen(3)
	}) {
		o.Code(stocktake.Resolve(background, o.Store, by, stocktake.Resolving{Disc: d.ID,
			As: store.DiscEnds[o.IntN(len(store.DiscEnds))], Cause: "checked"}))
	}
}

// CountsDesk is two random supervisors who do something about counts, at the hub or at a
// station.
func CountsDesk(hub, at *Site, r *rand.Rand) {
	o := office{hub, at, r}
	for range 3 {
		o.countStep()
	}
}

// Counted has two people find a bin empty that the book has goods in, and two supervisors
// approve that; or else that waits for them.
func (s *Site) Counted(bin string, approved bool) {
	s.Helper()
	s.Record(store.PlaceSaved{Bin: store.Bin{Place: store.InBin(bin), Use: store.StorageUse,
		Zone: "Z", Walk: 99, Active: true}}, Has(bin, "CUP-02", 7))
	s.Must(stocktake.SetPolicy(background, s.Store, boss, store.CountPolicy{Two: 1,
		Active: true}))
	var first store.CountID
	for _, who := range []store.OperatorID{"101", "102"} {
		by := s.By(who, bin)
		by.Yes = true
		c, err := stocktake.Begin(background, s.Store, by)
		s.Must(err)
		if c.First == "" {
			first = c.ID
		}
		_, err = stocktake.Done(background, s.Store, store.Gesture{Operator: who, Yes: true}, c.ID)
		s.Code(err)
	}
	for _, who := range []store.OperatorID{"900", "901"} {
		if approved {
			s.Must(stocktake.Approve(background, s.Store, store.Gesture{Operator: who},
				stocktake.Approval{First: first, Cause: "lost"}))
		}
	}
}

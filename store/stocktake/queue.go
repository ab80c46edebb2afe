package stocktake

import (
	"cmp"
	"context"
	"slices"
	"time"

	"scanbay/store"
)

// A CaseKind is what a case in the supervisor's queue is about.
type CaseKind string

// The kinds of cases.
const (
	CaseVariance CaseKind = "variance" // a count differs from the book
	CaseOutbound CaseKind = "outbound" // goods that were to go out
	CaseReturned CaseKind = "returned" // goods that came back
	CaseStations CaseKind = "stations" // what stations told is at odds
	CaseOrder    CaseKind = "order"    // an order that is held by its review
	CaseRMA      CaseKind = "rma"      // a return that a person decides on
)

// CaseKinds lists them in the order in which they are shown.
var CaseKinds = []CaseKind{CaseVariance, CaseOutbound, CaseReturned, CaseStations, CaseOrder,
	CaseRMA}

// A Case is something that waits for a supervisor.
type Case struct {
	Kind  CaseKind
	ID    string // of the variance, the discrepancy, the order or the return
	No    string // of the order, as people know it
	Of    string // the discrepancy's kind, or the variance's first finding
	Place store.Place
	Zone  string
	Item  store.SKU
	N     store.Qty   // pieces that are at odds
	Worth store.Money // of them, at cost; of an order, its price
	Since int64       // milliseconds UTC
	Slip  store.SlipID
	By    store.OperatorID // who came upon it
	Name  string           // of them
	About string           // the return or the parcel that a discrepancy is of
}

// queueMax is how many cases of a kind anybody looks through.
const queueMax = 200

// Queue reads what waits for a supervisor, the oldest first.
func Queue(ctx context.Context, s *store.Store) ([]Case, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out []Case, err error) {
		for _, read := range []func(*store.Reader) ([]Case, error){varianceCases, discCases,
			orderCases, returnCases} {
			more, err := read(r)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
		if err := reporters(r, out); err != nil {
			return nil, err
		}
		slices.SortStableFunc(out, func(a, b Case) int { return cmp.Compare(a.Since, b.Since) })
		return out, nil
	})
}

// reporters reads what those are called who came upon the cases.
func reporters(r *store.Reader, cases []Case) error {
	var all []store.OperatorID
	for _, c := range cases {
		all = append(all, c.By)
	}
	names, err := r.Named(all)
	for i := range cases {
		cases[i].Name = names[cases[i].By]
	}
	return err
}

// varianceCases are the variances that somebody approves, and those that nobody counts once
// more: a person may let the book stand.
func varianceCases(r *store.Reader) (out []Case, err error) {
	open, err := r.VariancesOpen(queueMax)
	if err != nil {
		return nil, err
	}
	waiting, err := uncountedAgain(r)
	if err != nil {
		return nil, err
	}
	for _, v := range append(open, waiting...) {
		x, err := varianceCase(r, v)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// uncountedAgain are the variances whose recount waits for longer than the site finds old.
func uncountedAgain(r *store.Reader) ([]store.Variance, error) {
	hours, err := r.Number(store.OldHours)
	if err != nil {
		return nil, err
	}
	before := r.Now().Add(-time.Duration(hours) * time.Hour).UnixMilli()
	return r.VariancesWaiting(before, queueMax)
}

// varianceCase is a variance as a case: what differs most stands for it.
func varianceCase(r *store.Reader, v store.Variance) (c Case, err error) {
	c = Case{Kind: CaseVariance, ID: string(v.First), Place: v.Place, Since: v.At, By: v.By}
	switch {
	case v.State == store.VarianceRecount:
		c.Of = WhyWaits
	case len(v.Why) > 0:
		c.Of = v.Why[len(v.Why)-1].Rule
	}
	if err := c.zone(r); err != nil {
		return c, err
	}
	lines, err := r.CountLines(v.Count)
	for _, l := range lines {
		n, _ := l.Off()
		i, err := itemOf(r, l.Item)
		if err != nil {
			return c, err
		}
		if c.Item == "" || max(n, -n) > max(c.N, -c.N) {
			c.Item, c.N = l.Item, n
		}
		c.Worth += i.Cost * store.Money(max(n, -n))
	}
	if err != nil || c.Item != "" {
		return c, err
	}
	codes, err := r.CountCodes(v.Count)
	for _, u := range codes {
		c.N += u.N
	}
	return c, err
}

// itemOf is an item; one that this station has not heard of yet has its number alone.
func itemOf(r *store.Reader, sku store.SKU) (store.Item, error) {
	i, err := r.Item(sku)
	if _, unknown := store.RefusalOf(err); unknown {
		return store.Item{SKU: sku}, nil
	}
	return i, err
}

func (c *Case) zone(r *store.Reader) error {
	b, err := r.Bin(c.Place)
	if _, unknown := store.RefusalOf(err); unknown {
		return nil
	}
	c.Zone = b.Zone
	return err
}

// caseOf is what kind of case a discrepancy is.
func caseOf(k store.DiscKind) CaseKind {
	switch k {
	case store.ShortPick, store.PackMiss, store.ZeroCheck, store.Surplus, store.LeftStopped,
		store.WeightOff, store.LostOnWay, store.DamagedOnWay, store.SignOffDiff:
		return CaseOutbound
	case store.NoGoods, store.BackTwice, store.Overpaid:
		return CaseReturned
	}
	return CaseStations
}

func discCases(r *store.Reader) (out []Case, err error) {
	open, err := r.DiscrepanciesOpen(queueMax)
	for _, d := range open {
		if err != nil {
			break
		}
		c := Case{Kind: caseOf(d.Of), ID: string(d.ID), Of: string(d.Of), Place: d.Place,
			Item: d.Item, N: d.N, Since: d.At, Slip: d.Slip, By: d.Operator,
			About: d.About}
		if d.Item != "" {
			var i store.Item
			if i, err = itemOf(r, d.Item); err != nil {
				break
			}
			c.Worth = i.Cost * store.Money(max(d.N, -d.N))
		}
		err = c.zone(r)
		out = append(out, c)
	}
	return out, err
}

func orderCases(r *store.Reader) (out []Case, err error) {
	held, err := r.OrdersIn(store.Held)
	for _, id := range held[:min(len(held), queueMax)] {
		o, err := r.Order(id)
		if err != nil {
			return nil, err
		}
		d, err := r.Decision(id)
		if err != nil {
			return nil, err
		}
		c := Case{Kind: CaseOrder, ID: string(id), No: o.PlatformNo, Since: d.At,
			N: store.Qty(len(o.Lines))}
		if len(d.Findings) > 0 {
			c.Of = d.Findings[0].Rule
		}
		for _, l := range o.Lines {
			c.Worth += l.Price * store.Money(l.N)
		}
		out = append(out, c)
	}
	return out, err
}

func returnCases(r *store.Reader) (out []Case, err error) {
	var all []store.RMAID
	for _, read := range []func() ([]store.RMAID, error){
		func() ([]store.RMAID, error) { return r.RMAsIn(store.RMAHeld) },
		func() ([]store.RMAID, error) { return r.RMAsIn(store.RMAAsked) }, r.RMAsUndecided,
		r.RMAsCameClosed} {
		some, err := read()
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	for _, id := range all[:min(len(all), queueMax)] {
		a, err := r.RMA(id)
		if err != nil {
			return nil, err
		}
		d, err := r.RMADecision(id)
		if err != nil {
			return nil, err
		}
		c := Case{Kind: CaseRMA, ID: string(id), Since: max(a.Placed, d.At)}
		if len(d.Findings) > 0 {
			c.Of = d.Findings[0].Rule
		}
		for _, l := range a.Lines {
			c.Item, c.N = l.Item, c.N+l.N
		}
		out = append(out, c)
	}
	return out, err
}

// Evidence is what is known of a variance or a discrepancy, for whoever decides on it.
type Evidence struct {
	Case     Case
	Variance store.Variance
	Disc     store.Discrepancy
	End      store.DiscEnd   // of it; empty while it is open
	RMA      store.RMAID     // the return that it is about; empty for none
	Orders   []store.OrderID // of the slip that it is about
	Counts   []Counted
	Missing  []store.Booked // that is being looked for
	Approved []store.VarianceApproved
	Trail    []store.Envelope // of the bin with its counts, or of the slip, the first first
	Items    map[store.SKU]store.Item
	People   map[store.OperatorID]string // their names
}

// Counted is one person's count of a bin, beside the book.
type Counted struct {
	store.Count
	Lines   []store.CountLine // what differs, or moved
	Unknown []store.CountedCode
	Moves   []store.Move // meanwhile
	Done    int64        // milliseconds UTC
	Knew    int64        // the authority's last fact that the station knew of then
}

// Evident reads what is known of a variance or a discrepancy. It refuses with NotFound.
func Evident(ctx context.Context, s *store.Store, c Case) (Evidence, error) {
	return store.Get(ctx, s, func(r *store.Reader) (Evidence, error) {
		e := Evidence{Case: c, Items: map[store.SKU]store.Item{},
			People: map[store.OperatorID]string{}}
		read := e.discrepancy
		if c.Kind == CaseVariance {
			read = e.variance
		}
		if err := read(r); err != nil {
			return e, err
		}
		return e, e.name(r)
	})
}

func (e *Evidence) discrepancy(r *store.Reader) (err error) {
	end := store.DiscResolved{}
	if e.Disc, end, err = r.Discrepancy(store.DiscID(e.Case.ID)); err != nil {
		return err
	}
	e.End = end.As
	if e.Approved, err = r.ApprovedBy(store.CountID(e.Disc.ID)); err != nil {
		return err
	}
	if e.Missing, err = r.LossesOf(e.Disc); err != nil {
		return err
	}
	if id := store.RMAID(e.Disc.About); id != "" {
		if _, err = r.RMA(id); err == nil {
			e.RMA = id
		} else if _, none := store.RefusalOf(err); !none {
			return err
		}
	}
	if e.Disc.Slip != "" {
		if e.Orders, err = r.OrdersOn(e.Disc.Slip); err != nil {
			return err
		}
	}
	about := cmp.Or(string(e.Disc.Slip), e.Disc.About, string(e.Disc.Place))
	if about == "" {
		return nil // what is about nothing is all that is about nothing
	}
	e.Trail, err = r.Trail(about)
	return err
}

// name reads what the items and the people of the evidence are called.
func (e *Evidence) name(r *store.Reader) (err error) {
	items := []store.SKU{e.Disc.Item}
	people := []store.OperatorID{e.Variance.By, e.Disc.Operator}
	for _, c := range e.Counts {
		people = append(people, c.Operator)
		for _, l := range c.Lines {
			items = append(items, l.Item)
		}
		for _, m := range c.Moves {
			items, people = append(items, m.Item), append(people, m.Operator)
		}
	}
	for _, m := range e.Missing {
		items = append(items, m.Item)
	}
	for _, a := range e.Approved {
		people = append(people, a.By)
	}
	for _, f := range e.Trail {
		people = append(people, f.People()...)
	}
	for _, i := range items {
		if _, known := e.Items[i]; known || i == "" {
			continue
		}
		if e.Items[i], err = itemOf(r, i); err != nil {
			return err
		}
	}
	e.People, err = r.Named(people)
	return err
}

func (e *Evidence) variance(r *store.Reader) (err error) {
	first := store.CountID(e.Case.ID)
	if e.Variance, err = r.Variance(first); err != nil {
		return err
	}
	counts, err := r.CountsOf(first)
	if err != nil {
		return err
	}
	for _, c := range counts {
		x := Counted{Count: c}
		v, err := judge(r, c.ID)
		if err != nil {
			return err
		}
		x.Unknown = v.unknown
		if x.Lines, err = r.CountLines(c.ID); err != nil {
			return err
		}
		if x.Moves, err = r.MovesDuring(c); err != nil {
			return err
		}
		e.Counts = append(e.Counts, x)
	}
	if e.Approved, err = r.ApprovedBy(first); err != nil {
		return err
	}
	return e.follow(r)
}

// follow reads what happened in the bin since the first count began, scan by scan.
func (e *Evidence) follow(r *store.Reader) error {
	refs := []string{string(e.Variance.Place)}
	since := e.Variance.At
	for _, c := range e.Counts {
		refs, since = append(refs, string(c.ID)), min(since, c.At)
	}
	for _, ref := range refs {
		trail, err := r.Trail(ref)
		if err != nil {
			return err
		}
		for _, f := range trail {
			if f.At < since {
				continue
			}
			e.Trail = append(e.Trail, f)
			body, err := store.Decode(f.Kind, f.Body)
			if err != nil {
				continue // a program of tomorrow wrote it
			}
			done, is := body.(store.CountDone)
			for i := range e.Counts {
				if c := &e.Counts[i]; is && done.Count == c.ID {
					c.Done, c.Knew = done.At, f.BasedOn
				}
			}
		}
	}
	slices.SortStableFunc(e.Trail, func(a, b store.Envelope) int { return cmp.Compare(a.At, b.At) })
	return nil
}

package returns

import (
	"cmp"
	"context"
	"slices"

	"scanbay/store"
)

// LookScan is one scan of an operator who looks at goods that came back: the item says
// which, and a return's label, its parcel or its order of which return.
type LookScan struct {
	By   store.Gesture
	RMA  store.RMAID // open on the screen; empty when the goods say which
	Of   store.RMAID // likewise, that a label chose: another label chooses another
	Item store.Mark  // that was scanned before its return; zero for none
}

// A Piece is goods that came back and wait to be graded, of one batch, place and return.
type Piece struct {
	store.RMAID
	store.Batch
	Item   store.Item
	Place  store.Place
	N      store.Qty         // that lie there
	Of     []store.ShareBack // the same, by what they were sent for
	Grade  string            // of an earlier look; empty before the first
	As     store.Disposition // likewise, or of goods that were put aside
	Want   store.ReturnWants
	Reason []string // that the customer gave
	Closed bool     // nobody takes it back: as Unwanted reads it
}

// Looked is what a scan came to.
type Looked struct {
	RMA    store.RMAID // that was chosen, where no item says more
	Piece  Piece
	N      store.Qty // that the scan stands for
	Needs  store.Code
	Known  []string     // lots or serials that lie there, where one is needed
	Sold   store.Serial // its own where that left, or what left in its place; empty if unknown
	Grades []store.Grade
	Points []store.Point
}

// LookAt finds the goods that a scanned item is, of those that nobody has graded, or that
// lie somewhere for a person to decide. It needs an inspector; it refuses with NoRight,
// NotThere where no such goods wait, Ambiguous where they wait of several returns,
// OtherPerson where whoever received them may not grade them, BadQuantity for more than lie
// there, AskQuantity, and as Reader.Find does.
func LookAt(ctx context.Context, s *store.Store, in LookScan) (out Looked, err error) {
	err = s.Write(ctx, in.By, func(tx *store.Tx) error {
		out = Looked{}
		if err := tx.May(store.Inspector); err != nil {
			return err
		}
		if err := in.answer(tx, &out); err != nil {
			return err
		}
		return tx.Record(store.ScanNoted{About: string(cmp.Or(out.RMA, out.Piece.RMAID)),
			Text: in.By.Mark.Text, Needs: out.Needs})
	})
	return out, err
}

func (in LookScan) answer(tx *store.Tx, out *Looked) error {
	f, err := tx.Find(in.By.Mark, store.ItemKind)
	r, refused := store.RefusalOf(err)
	if refused && r.Code == store.WrongKind && in.RMA == "" && slices.Contains(opens[:], r.Is) {
		if in.Of, err = in.of(tx); err == nil && in.Item == (store.Mark{}) {
			out.RMA = in.Of
			return nil
		}
		if err == nil {
			in.By.Mark = in.Item
			f, err = tx.Find(in.By.Mark, store.ItemKind)
		}
	}
	if err != nil {
		return err
	}
	return in.pick(tx, f.Item, out)
}

// of is the return that a scan stands for, of those whose goods wait: its own label, or the
// papers of a parcel or an order. It refuses with NotThere or Ambiguous.
func (in LookScan) of(tx *store.Tx) (store.RMAID, error) {
	meant, err := returnsOf(tx, in.By.Mark)
	if err != nil {
		return "", err
	}
	all, err := ToGrade(&tx.Reader, "")
	if err != nil {
		return "", err
	}
	var wait []store.RMAID
	for _, p := range all {
		if slices.Contains(meant, p.RMAID) && !slices.Contains(wait, p.RMAID) {
			wait = append(wait, p.RMAID)
		}
	}
	if len(wait) == 0 {
		return "", &store.Refusal{Code: store.NotThere, Got: in.By.Mark.Text}
	}
	return wait[0], several(wait, in.By.Mark.Text, store.OrderKind)
}

// several refuses with Ambiguous more than one return that something of a kind can be of.
func several(of []store.RMAID, got string, is store.Kind) error {
	if len(of) < 2 {
		return nil
	}
	return &store.Refusal{Code: store.Ambiguous, Want: string(cmp.Or(of[0], NoReturn)) + " / " +
		string(cmp.Or(of[1], NoReturn)), Got: got, Is: is}
}

// NoReturn stands in a refusal for the return of goods that have none.
const NoReturn store.RMAID = "-"

// pick chooses the goods that are meant.
func (in LookScan) pick(tx *store.Tx, code store.Coded, out *Looked) (err error) {
	if out.N, err = tx.Pieces(in.By, code); err != nil {
		return err
	}
	of := cmp.Or(in.RMA, in.Of)
	all, err := toGrade(&tx.Reader, of, code.SKU)
	if err != nil {
		return err
	}
	m := in.By.Mark
	fit := slices.DeleteFunc(all, func(p Piece) bool {
		lot := lotOf(p.Item, m)
		return p.Batch.Item != code.SKU || lot != "" && p.Lot != lot ||
			m.Serial != "" && p.Serial != "" && p.Serial != m.Serial
	})
	if len(fit) == 0 {
		return &store.Refusal{Code: store.NotThere, Want: string(of), Got: code.Code}
	}
	if err := several(alike(fit), code.Code, store.ReturnKind); err != nil {
		return err
	}
	out.Piece = fit[0]
	if out.Needs, out.Known = unsure(fit, m); out.Needs != "" {
		return nil
	}
	if out.N > out.Piece.N {
		return beyond(out.N, out.Piece.N)
	}
	if err := another(tx, out.Piece); err != nil {
		return err
	}
	if out.Sold, err = sold(tx, out.Piece); err != nil {
		return err
	}
	if out.Grades, err = tx.Grades(); err != nil {
		return err
	}
	out.Points, err = tx.Checklist(out.Piece.Item.Category)
	return err
}

// alike are the returns of the first goods, and of others that wait as they do: those that
// nobody has looked at come before those that lie aside, and these before those with a grade.
func alike(fit []Piece) (of []store.RMAID) {
	for _, p := range fit {
		same := p.Grade == "" && fit[0].Grade == "" && p.As == fit[0].As ||
			p.Grade != "" && fit[0].Grade != ""
		if same && !slices.Contains(of, p.RMAID) {
			of = append(of, p.RMAID)
		}
	}
	return of
}

// beyond refuses a quantity of more than lie there.
func beyond(n, most store.Qty) error {
	return &store.Refusal{Code: store.BadQuantity, Want: "1-" + most.String(), Got: n.String()}
}

// sold is the serial that left for a piece: its own, or else one of the same orders that is
// not back.
func sold(tx *store.Tx, p Piece) (out store.Serial, err error) {
	if !bool(p.Item.Serials) {
		return "", nil
	}
	a, err := tx.RMA(p.RMAID)
	if err != nil {
		return "", err
	}
	orders, err := ordersOf(&tx.Reader, a, nil)
	for _, id := range orders {
		if err != nil {
			return "", err
		}
		var sent []store.Sent
		sent, err = tx.SentFor(id, p.Batch.Item)
		for _, x := range sent {
			switch {
			case x.Serial != "" && x.Serial == p.Serial:
				return x.Serial, err
			case out == "" && x.Back < x.N:
				out = x.Serial
			}
		}
	}
	return out, err
}

// unsure says what a scan lacks to tell goods of one return apart.
func unsure(fit []Piece, m store.Mark) (needs store.Code, known []string) {
	lots, serials := []string{}, []string{}
	for _, p := range fit {
		if p.RMAID != fit[0].RMAID {
			continue
		}
		if p.Lot != "" && !slices.Contains(lots, string(p.Lot)) {
			lots = append(lots, string(p.Lot))
		}
		if p.Serial != "" && !slices.Contains(serials, string(p.Serial)) {
			serials = append(serials, string(p.Serial))
		}
	}
	switch {
	case m.Serial == "" && len(serials) > 1:
		return store.SerialNeeded, serials
	case len(lots) > 1: // of which the label says none
		return store.LotNeeded, lots
	}
	return "", nil
}

// another refuses with OtherPerson where the site wants two people: one to receive, and
// another to grade.
func another(tx *store.Tx, p Piece) error {
	second, err := tx.Setting(store.ReturnSecond)
	if err != nil || second != "on" || p.Grade != "" {
		return err
	}
	by, err := tx.ReceivedBy(p.RMAID)
	if err == nil && slices.Contains(by, tx.By().Operator) {
		err = &store.Refusal{Code: store.OtherPerson, Want: string(p.RMAID)}
	}
	return err
}

// ToGrade reads the goods of a return that wait to be graded, or that were put somewhere
// for a person to decide; of all returns where it is empty.
func ToGrade(r *store.Reader, id store.RMAID) ([]Piece, error) { return toGrade(r, id, "") }

// toGrade reads those of an item alone, where one is meant: there may be more than a list has.
func toGrade(r *store.Reader, id store.RMAID, sku store.SKU) ([]Piece, error) {
	rows, err := r.ToGrade(id, sku, listMax)
	return pieces(r, rows, err)
}

// pieces puts together what lies in one place as goods of one return and batch.
func pieces(r *store.Reader, rows []store.Lying, err error) (out []Piece, _ error) {
	if err != nil {
		return nil, err
	}
	for _, l := range rows {
		of := store.ShareBack{Order: l.Order, Line: l.Line, N: l.N}
		i := slices.IndexFunc(out, func(p Piece) bool {
			return p.RMAID == l.RMA && p.Batch == l.Batch && p.Place == l.Place &&
				p.Grade == l.Grade && p.As == l.As
		})
		if i >= 0 {
			out[i].N, out[i].Of = out[i].N+l.N, append(out[i].Of, of)
			continue
		}
		out = append(out, Piece{RMAID: l.RMA, Batch: l.Batch, Item: l.About, Place: l.Place, N: l.N,
			Of: []store.ShareBack{of}, Grade: l.Grade, As: l.As})
	}
	return out, asked(r, out)
}

// asked reads what the customers said of the goods.
func asked(r *store.Reader, all []Piece) error {
	var a store.RMA // of the last one: those of a return mostly stand together
	for i := range all {
		p := &all[i]
		if p.RMAID == "" {
			continue // of something that nobody knew
		}
		if a.ID != p.RMAID {
			var err error
			a, err = r.RMA(p.RMAID)
			if _, unknown := store.RefusalOf(err); err != nil && !unknown {
				return err
			}
			a.ID = p.RMAID // of one that nobody knows, nothing was said
		}
		p.Want = a.Wants
		for _, l := range a.Lines {
			if l.Item == p.Batch.Item && l.Reason != "" && !slices.Contains(p.Reason, l.Reason) {
				p.Reason = append(p.Reason, l.Reason)
			}
		}
	}
	return nil
}

// listMax bounds a list of work: nobody reads further.
const listMax = 200

// Propose is what is to become of goods that were found in a grade: what the grade stands
// for, unless they may not be sold any more.
func Propose(r *store.Reader, p Piece, g store.Grade) (store.Disposition, error) {
	if g.As != store.Restock {
		return g.As, nil
	}
	lacks := (bool(p.Item.Lots) || bool(p.Item.Expiries)) && p.Lot == "" ||
		bool(p.Item.Serials) && p.Serial == ""
	if lacks && !slices.ContainsFunc(p.Of, func(o store.ShareBack) bool { return o.Order != "" }) {
		return store.Hold, nil // nobody knows what it is
	}
	expires, err := r.ExpiryOf(p.Batch.Item, p.Lot)
	unknown := bool(p.Item.Expiries) && expires == 0
	if err == nil && (unknown || p.Item.Expired(expires, r.Today()) || !bool(p.Item.Active)) {
		return store.Hold, nil
	}
	return store.Restock, err
}

// GradeScan is the scan of the tote that graded goods go into: the last of an inspection.
type GradeScan struct {
	By      store.Gesture // who may depart from the proposal is Second, or the operator
	Piece   Piece
	N       store.Qty
	Grade   string
	As      store.Disposition // empty for what is proposed
	Checked string            // Y or N for each point of the checklist
	Was     store.Serial      // that was sold, where another came
	Note    string
}

// Graded is what an inspection came to.
type Graded struct {
	Piece Piece
	N     store.Qty
	As    store.Disposition
	Tote  store.Place
	Left  []Piece // of the return, still to be looked at
}

// Inspect records how goods were found, and puts them into a tote for what is to become
// of them. It needs an inspector, and a supervisor to depart from what is proposed. It
// refuses with NoRight, NotThere where they are gone, OtherPerson, GradeTote for a tote of
// other goods, ToteInUse for one of a slip, BadQuantity, and as Reader.Find does.
func Inspect(ctx context.Context, s *store.Store, in GradeScan) (out Graded, err error) {
	err = s.Write(ctx, in.By, func(tx *store.Tx) error {
		out = Graded{}
		if err := tx.May(store.Inspector); err != nil {
			return err
		}
		f, err := tx.Find(in.By.Mark, store.ToteKind)
		if err != nil {
			return err
		}
		e, err := in.fact(tx, f)
		if err != nil {
			return err
		}
		out.Piece, out.N, out.As, out.Tote = in.Piece, e.N, e.As, e.To
		if err := tx.Record(e); err != nil {
			return err
		}
		out.Left, err = ToGrade(&tx.Reader, in.Piece.RMAID)
		out.Left = slices.DeleteFunc(out.Left, func(p Piece) bool { return p.Grade != "" })
		return err
	})
	return out, err
}

// fact is what an inspection records.
func (in GradeScan) fact(tx *store.Tx, tote store.Found) (e store.ReturnInspected, err error) {
	p, err := in.still(tx)
	if err != nil {
		return e, err
	}
	grades, err := tx.Grades()
	if err != nil {
		return e, err
	}
	i := slices.IndexFunc(grades, func(g store.Grade) bool { return g.Code == in.Grade })
	if i < 0 {
		return e, &store.Refusal{Code: store.NotFound, Got: in.Grade}
	}
	proposed, err := Propose(&tx.Reader, p, grades[i])
	if err != nil {
		return e, err
	}
	e = store.ReturnInspected{ID: tx.NextEvent(), RMA: p.RMAID, Batch: p.Batch, N: in.N,
		Of: share(p.Of, in.N), From: p.Place, Graded: p.Grade, Before: p.As, To: tote.Place,
		Grade: in.Grade, As: proposed, Was: in.Was, Checked: in.Checked, Note: in.Note,
		At: tx.Now().UnixMilli()}
	if in.As != "" && in.As != proposed {
		if e.As, e.Proposed = in.As, proposed; !slices.Contains(store.Dispositions, in.As) {
			return e, &store.Refusal{Code: store.NotFound, Got: string(in.As)}
		}
		if err := mayDepart(tx); err != nil {
			return e, err
		}
	}
	if err := paying(&tx.Reader, &e); err != nil {
		return e, err
	}
	return e, toteFor(tx, tote, e.As)
}

// still reads the goods as they lie now. It refuses with NotThere, OtherPerson or
// BadQuantity.
func (in GradeScan) still(tx *store.Tx) (p Piece, err error) {
	all, err := toGrade(&tx.Reader, in.Piece.RMAID, in.Piece.Batch.Item)
	if err != nil {
		return p, err
	}
	i := slices.IndexFunc(all, func(p Piece) bool {
		return p.RMAID == in.Piece.RMAID && p.Batch == in.Piece.Batch &&
			p.Place == in.Piece.Place && p.Grade == in.Piece.Grade && p.As == in.Piece.As
	})
	switch {
	case i < 0:
		return p, &store.Refusal{Code: store.NotThere, Want: string(in.Piece.RMAID),
			Got: string(in.Piece.Batch.Item)}
	case in.N <= 0:
		return p, &store.Refusal{Code: store.BadQuantity, Got: in.N.String()}
	case in.N > all[i].N:
		return p, &store.Refusal{Code: store.NotThere, Want: all[i].N.String(), Got: in.N.String()}
	}
	return all[i], another(tx, all[i])
}

// mayDepart refuses with NoRight where neither the operator nor whoever stands beside them
// is a supervisor.
func mayDepart(tx *store.Tx) error {
	second := tx.By().Second
	if second == "" {
		return tx.May(store.Supervisor)
	}
	o, err := tx.Operator(second)
	if err == nil && !o.May(store.Supervisor) {
		err = &store.Refusal{Code: store.NoRight, Want: string(store.Supervisor), Got: o.Name}
	}
	return err
}

// toteFor refuses a tote that goods of a disposition may not go into.
func toteFor(tx *store.Tx, tote store.Found, as store.Disposition) error {
	slips, err := tx.SlipsIn(tote.Place)
	if err != nil {
		return err
	}
	if len(slips) > 0 {
		return &store.Refusal{Code: store.ToteInUse, Want: string(slips[0]), Got: tote.Code}
	}
	all, err := tx.LyingIn(tote.Place)
	if err != nil {
		return err
	}
	var known store.Qty
	for _, l := range all {
		if l.As != as {
			return &store.Refusal{Code: store.GradeTote, Want: string(as), Got: tote.Code}
		}
		known += l.N
	}
	held, err := tx.Contents(tote.Place)
	for _, b := range held {
		known -= b.N
	}
	if err == nil && known != 0 { // something else is in it
		err = &store.Refusal{Code: store.ToteInUse, Got: tote.Code}
	}
	return err
}

// share takes n of what goods were sent for, the first first.
func share(of []store.ShareBack, n store.Qty) (out []store.ShareBack) {
	for _, o := range of {
		if o.N = min(o.N, n); o.N > 0 {
			out = append(out, o)
			n -= o.N
		}
	}
	return out
}

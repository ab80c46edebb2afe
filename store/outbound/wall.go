package outbound

import (
	"cmp"
	"context"
	"slices"

	"scanbay/store"
)

// WallScan is one scan of an operator who sorts goods at the wall that were picked for several
// slips into one tote: that tote, and then each piece and the compartment of its slip.
type WallScan struct {
	By   store.Gesture
	From store.Place  // the tote that is sorted; empty when none is open
	For  store.SlipID // whose the piece in hand is; empty for none in hand
	Held store.Mark   // the scan of that piece
	N    store.Qty    // pieces in hand
}

// AtWall is where sorting stands behind a scan.
type AtWall struct {
	Did   Did
	From  store.Place
	Rows  []Compartment // of the slips that the tote is for
	Slip  store.SlipID  // that what is in hand is for, or was put down for
	To    store.Place   // its compartment; empty where it has none yet
	Item  store.Item
	N     store.Qty
	Needs store.Code // LotNeeded and the like: the next scan is to say
	Full  bool       // nothing of the slip is to come any more
	Left  store.Qty  // still to be sorted out of the tote
}

// read brings the tote up to date.
func (a *AtWall) read(r *store.Reader) (err error) {
	if a.Rows, err = compartments(r, a.From); err == nil {
		a.Left, err = lying(r, a.From, a.Rows)
	}
	return err
}

// A Compartment is where the goods of one slip come together. It is a tote.
type Compartment struct {
	Slip store.SlipID
	To   store.Place // empty where the slip has none yet
	N    store.Qty   // pieces in it
	Of   store.Qty   // that it is to hold

	slip store.Slip
	own  []store.Place           // the slip's totes with nobody else's goods
	rest map[store.SKU]store.Qty // that lies elsewhere
}

// Left is how many pieces are to come.
func (c Compartment) Left() store.Qty { return c.Of - c.N }

// picking says whether somebody still picks for it.
func (c Compartment) picking() bool { return c.slip.Task.ID != "" }

// due is how much of an item is not to be sent any more.
func (c Compartment) due(sku store.SKU) (n store.Qty) {
	for _, d := range c.slip.Due {
		if d.Item == sku {
			n += d.N - d.Packed
		}
	}
	return n
}

// wants is how much of an item is to come.
func (c Compartment) wants(sku store.SKU) store.Qty { return max(0, c.rest[sku]-c.due(sku)) }

// compartment reads what of a slip is in totes of its own, but for one, and what is not.
func compartment(r *store.Reader, id store.SlipID, but store.Place) (c Compartment, err error) {
	c.Slip = id
	if c.slip, err = r.Slip(id); err != nil {
		return c, err
	}
	if c.rest, err = r.Loose(id); err != nil {
		return c, err
	}
	for _, tote := range c.slip.Totes {
		in, err := r.SlipsIn(tote)
		if err != nil {
			return c, err
		}
		if tote == but || slices.ContainsFunc(in, func(s store.SlipID) bool { return s != id }) {
			continue
		}
		c.own = append(c.own, tote)
		held, err := r.Contents(tote)
		if err != nil {
			return c, err
		}
		for _, b := range held {
			n := min(max(0, b.N), c.rest[b.Item])
			c.rest[b.Item] -= n
			c.N += n
		}
	}
	c.Of = c.N
	for sku := range c.rest {
		c.Of += c.wants(sku)
	}
	if len(c.own) > 0 {
		c.To = c.own[0]
	}
	return c, nil
}

// compartments reads those of the slips that have goods in a tote, or had them sorted out of it.
func compartments(r *store.Reader, tote store.Place) (out []Compartment, err error) {
	slips, err := r.SlipsIn(tote)
	for _, id := range slips {
		if err != nil {
			return nil, err
		}
		var c Compartment
		c, err = compartment(r, id, tote)
		out = append(out, c)
	}
	return out, err
}

// lying is how many pieces in a tote are to come to compartments: what else is to come to them
// lies in another.
func lying(r *store.Reader, tote store.Place, rows []Compartment) (n store.Qty, err error) {
	held, err := r.Contents(tote)
	here := map[store.SKU]store.Qty{}
	for _, b := range held {
		here[b.Item] += max(0, b.N)
	}
	for sku, there := range here {
		var want store.Qty
		for _, c := range rows {
			want += c.wants(sku)
		}
		n += min(there, want)
	}
	return n, err
}

// slipsIn reads the slips with goods in a tote, or with goods to come: not those whose goods
// were sorted out of it into totes of their own.
func slipsIn(r *store.Reader, tote store.Place) (out []store.SlipID, err error) {
	all, err := compartments(r, tote)
	for _, c := range all {
		if c.loose() {
			out = append(out, c.Slip)
		}
	}
	return out, err
}

// loose says whether goods of a slip are in no tote of its own, or to come.
func (c Compartment) loose() bool {
	for _, n := range c.rest {
		if n > 0 {
			return true
		}
	}
	return len(c.own) == 0 || c.picking()
}

// mixed are those whose goods are to be sorted out of the tote that they have in common: none
// where it is by now the tote of one slip alone.
func mixed(rows []Compartment) (out []Compartment) {
	for _, c := range rows {
		if c.loose() {
			out = append(out, c)
		}
	}
	if len(out) == 1 && len(out[0].own) == 0 {
		return nil
	}
	return out
}

// unsorted says whether the site has a wall, and a slip is picked into a tote of several.
func unsorted(r *store.Reader, slip store.Slip) (bool, error) {
	wall, err := r.Setting(store.PutWall)
	if err != nil || wall != "on" || len(slip.Totes) == 0 {
		return false, err
	}
	in, err := slipsIn(r, slip.Totes[0])
	return len(in) > 1, err
}

// together says whether a site with a wall has slips share a tote: the operator holds them all,
// and picks for them.
func together(tx *store.Tx, others []store.Slip) (bool, error) {
	wall, err := tx.Setting(store.PutWall)
	if err != nil || wall != "on" {
		return false, err
	}
	picking := false
	for _, s := range others {
		if !bool(s.Lease.Held) || s.Lease.Operator != tx.By().Operator {
			return false, nil
		}
		picking = picking || s.Task.ID != ""
	}
	return picking, nil
}

// An Unsorted is a tote whose goods are to be sorted.
type Unsorted struct {
	Tote  store.Place
	Slips int
	N     store.Qty
}

// toSort reads the totes whose goods are to be sorted; none where the site has no wall.
func toSort(r *store.Reader) (out []Unsorted, err error) {
	wall, err := r.Setting(store.PutWall)
	if err != nil || wall != "on" {
		return nil, err
	}
	totes, err := r.SharedTotes(listMax)
	for _, tote := range totes {
		if err != nil {
			return nil, err
		}
		var all, ready []Compartment
		all, err = compartments(r, tote)
		for _, c := range mixed(all) {
			if c.Left() > 0 && !c.picking() {
				ready = append(ready, c)
			}
		}
		u := Unsorted{Tote: tote, Slips: len(ready)}
		if err == nil {
			u.N, err = lying(r, tote, ready)
		}
		if u.N > 0 {
			out = append(out, u)
		}
	}
	return out, err
}

// ToSort reads the totes whose goods are to be sorted at the wall.
func ToSort(ctx context.Context, s *store.Store) ([]Unsorted, error) {
	return store.Get(ctx, s, toSort)
}

// Sorting reads where the sorting of a tote stands.
func Sorting(ctx context.Context, s *store.Store, from store.Place) (AtWall, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out AtWall, err error) {
		out.From = from
		return out, out.read(r)
	})
}

// Sort answers a scan at the wall: a tote is opened; a piece of it is taken up, for the most
// urgent slip that wants it; a compartment, which is a tote, takes what is in hand, and is the
// slip's where it had none. It needs a picker or a packer. It refuses with NoRight, ToteFirst,
// NothingToDo for a tote with nothing to sort, NobodyWants, NotPicked, Intercepted, BadQuantity,
// NotThere and its like for a piece, ToteNeeded, ToteInUse, WrongTote for another compartment than
// the slip's until by.Yes, and Stale where somebody else put the piece down.
func Sort(ctx context.Context, s *store.Store, in WallScan) (out AtWall, err error) {
	err = s.Write(ctx, in.By, func(tx *store.Tx) error {
		out = AtWall{From: in.From}
		if err := pickerOrPacker(tx); err != nil {
			return err
		}
		f, err := tx.Find(in.By.Mark, store.ToteKind, store.ItemKind)
		if err != nil {
			return err
		}
		e, err := in.answer(tx, f, &out)
		if err != nil {
			return err
		}
		if err := tx.Record(e); err != nil {
			return err
		}
		err = out.read(&tx.Reader)
		for _, c := range out.Rows {
			if c.Slip == out.Slip {
				out.To, out.Full = c.To, c.Left() == 0
			}
		}
		return err
	})
	return out, err
}

// answer is the event that a scan is, by what was scanned.
func (in WallScan) answer(tx *store.Tx, f store.Found, out *AtWall) (store.Event, error) {
	switch {
	case f.Kind == store.ToteKind && in.For != "":
		return in.putDown(tx, f.Place, out)
	case f.Kind == store.ToteKind:
		return in.open(tx, f, out)
	case in.From == "":
		return nil, &store.Refusal{Code: store.ToteFirst, Got: f.Code}
	}
	rows, err := compartments(&tx.Reader, in.From)
	if err != nil {
		return nil, err
	}
	n, err := tx.Pieces(in.By, f.Item)
	if err != nil {
		return nil, err
	}
	if in.For != "" { // one more of what is in hand
		held, err := tx.Find(in.Held, store.ItemKind)
		if err != nil {
			return nil, err
		}
		rows = slices.DeleteFunc(rows, func(c Compartment) bool { return c.Slip != in.For })
		if f.Item.SKU != held.Item.SKU || !oneMore(in.By.Mark, in.Held) {
			return nil, &store.Refusal{Code: store.ToteNeeded, Want: compartmentOf(rows, in.For),
				Got: f.Code}
		}
		n += in.N
	}
	return in.takeUp(tx, rows, f.Item, n, out)
}

// compartmentOf is the compartment of a slip as its label reads; the slip, where it has none.
func compartmentOf(rows []Compartment, id store.SlipID) string {
	for _, c := range rows {
		if c.Slip == id && c.To != "" {
			return c.To.Code()
		}
	}
	return string(id)
}

// open begins with a tote. One with the goods of a single slip needs no sorting.
func (in WallScan) open(tx *store.Tx, f store.Found, out *AtWall) (store.Event, error) {
	rows, err := compartments(&tx.Reader, f.Place)
	if err != nil {
		return nil, err
	}
	left, err := lying(&tx.Reader, f.Place, mixed(rows))
	if err != nil {
		return nil, err
	}
	if left == 0 {
		return nil, &store.Refusal{Code: store.NothingToDo, Got: f.Code, Is: store.ToteKind}
	}
	out.Did, out.From = BoundTote, f.Place
	return store.ScanNoted{About: string(f.Place), Text: f.Code}, nil
}

// takeUp says whose n pieces are.
func (in WallScan) takeUp(tx *store.Tx, rows []Compartment, code store.Coded, n store.Qty,
	out *AtWall) (store.Event, error) {
	var err error
	if out.Item, err = tx.Item(code.SKU); err != nil {
		return nil, err
	}
	if err := in.wanted(tx, rows, code, n); err != nil {
		return nil, err
	}
	b, needs, err := in.batch(tx, out.Item, in.By.Mark, n)
	if err != nil {
		return nil, err
	}
	c, err := chosen(tx, rows, b, n)
	if err != nil {
		return nil, err
	}
	out.Did, out.Needs = NotedScan, needs
	if needs == "" {
		out.Slip, out.N = c.Slip, n
	}
	return store.ScanNoted{About: string(c.Slip), Text: in.By.Mark.Text,
		Needs: cmp.Or(needs, store.ToteNeeded)}, nil
}

// batch is what n pieces are by their label, of what the tote holds.
func (in WallScan) batch(tx *store.Tx, i store.Item, m store.Mark, n store.Qty) (b store.Batch,
	needs store.Code, err error) {
	held, err := tx.Holding(in.From, i.SKU)
	if err != nil {
		return b, "", err
	}
	b, needs, err = within(held, i, m, n)
	if r, refused := store.RefusalOf(err); refused && r.Code == store.NotThere {
		r.Want, r.Got = in.From.Code(), m.Text
	}
	b.Item = i.SKU
	return b, needs, err
}

// wanted refuses n pieces that no slip is to have: with NotPicked where somebody still picks for
// the one that does, Intercepted where they are to be put back, BadQuantity where it is too many
// at once, and else with NobodyWants.
func (in WallScan) wanted(tx *store.Tx, rows []Compartment, code store.Coded, n store.Qty) error {
	var most store.Qty
	var no *store.Refusal
	for _, c := range rows {
		switch want := c.wants(code.SKU); {
		case c.picking() && want > 0:
			no = &store.Refusal{Code: store.NotPicked, Want: string(c.Slip),
				Got: string(store.SlipPicking)}
		case want >= n:
			return nil
		case want > 0:
			most = max(most, want)
		}
	}
	switch {
	case most > 0:
		return &store.Refusal{Code: store.BadQuantity, Want: "1-" + most.String(), Got: n.String()}
	case no != nil:
		return no
	}
	for _, c := range rows {
		if due := min(c.due(code.SKU), c.rest[code.SKU]); due > 0 {
			return stopped(&tx.Reader, c.slip, due)
		}
	}
	return &store.Refusal{Code: store.NobodyWants, Want: in.From.Code(), Got: code.Code}
}

// chosen is whose n of a batch are, of the slips that want it: one that pieces of that lot were
// picked for before the others, then the most urgent, then the nearest to its end. It refuses
// with WrongLot.
func chosen(tx *store.Tx, rows []Compartment, b store.Batch, n store.Qty) (c Compartment,
	err error) {
	lacks := map[store.SlipID]bool{}
	var fit []Compartment
	for _, c := range rows {
		if c.picking() || c.wants(b.Item) < n {
			continue
		}
		lots := slipLots{slip: c.Slip, item: b.Item}
		have, err := lots.have(&tx.Reader, b.Lot)
		if err != nil {
			return c, err
		}
		if have || b.Lot == "" {
			fit = append(fit, c)
		}
		if lacks[c.Slip], err = c.lacks(tx, b, n); err != nil {
			return c, err
		}
	}
	if len(fit) == 0 {
		return c, &store.Refusal{Code: store.WrongLot, Got: string(b.Lot)}
	}
	last := func(ms int64) int64 { // none is later than any
		if ms == 0 {
			return 1 << 62
		}
		return ms
	}
	return slices.MinFunc(fit, func(a, b Compartment) int {
		if lacks[a.Slip] != lacks[b.Slip] {
			if lacks[a.Slip] {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.slip.Priority, a.slip.Priority),
			cmp.Compare(last(a.slip.ShipBy), last(b.slip.ShipBy)),
			cmp.Compare(a.Left(), b.Left()), cmp.Compare(a.Slip, b.Slip))
	}), nil
}

// lacks says whether n more of a lot were picked for a slip than lie in its compartment.
func (c Compartment) lacks(tx *store.Tx, b store.Batch, n store.Qty) (bool, error) {
	taken, err := tx.TakenFor(c.Slip, b.Item)
	want := store.Qty(0)
	for _, t := range taken {
		if t.Lot == b.Lot {
			want += t.N
		}
	}
	for _, tote := range c.own {
		if err != nil {
			return false, err
		}
		var held []store.Balance
		held, err = tx.Holding(tote, b.Item)
		for _, x := range held {
			if x.Lot == b.Lot {
				want -= max(0, x.N)
			}
		}
	}
	return want >= n, err
}

// putDown is the fact that what is in hand went into the compartment of its slip.
func (in WallScan) putDown(tx *store.Tx, to store.Place, out *AtWall) (store.Event, error) {
	held, err := tx.Find(in.Held, store.ItemKind)
	if err != nil {
		return nil, err
	}
	c, err := compartment(&tx.Reader, in.For, in.From)
	if err != nil {
		return nil, err
	}
	if c.picking() || c.wants(held.Item.SKU) < in.N {
		return nil, &store.Refusal{Code: store.Stale, Want: string(in.For), Got: to.Code()}
	}
	if out.Item, err = tx.Item(held.Item.SKU); err != nil {
		return nil, err
	}
	b, needs, err := in.batch(tx, out.Item, in.Held, in.N)
	if err == nil && needs != "" {
		err = &store.Refusal{Code: store.Stale, Want: string(in.For), Got: to.Code()}
	}
	if err != nil {
		return nil, err
	}
	e := store.GoodsSorted{Slip: in.For, Batch: b, From: in.From, To: to, N: in.N,
		Code: held.Code}
	if e.Instead, err = in.into(tx, c, to); err != nil {
		return nil, err
	}
	out.Did, out.Slip, out.N = MovedItem, in.For, in.N
	return e, nil
}

// into refuses a tote that cannot be the compartment of a slip. It gives those that were taken
// for it by mistake, where a yes takes another instead.
func (in WallScan) into(tx *store.Tx, c Compartment, to store.Place) (instead []store.Place,
	err error) {
	switch {
	case slices.Contains(c.own, to):
		return nil, nil
	case to == in.From || c.To != "" && !in.By.Yes:
		want := c.To.Code()
		return nil, &store.Refusal{Code: store.WrongTote, Want: want, Got: to.Code()}
	}
	if err := notAnothers(tx, c.slip, to); err != nil {
		return nil, err
	}
	held, err := tx.Contents(to)
	if err != nil {
		return nil, err
	}
	if len(held) > 0 {
		return nil, &store.Refusal{Code: store.ToteInUse, Got: to.Code()}
	}
	for _, tote := range c.own {
		if held, err = tx.Contents(tote); err != nil {
			return nil, err
		}
		if len(held) == 0 {
			instead = append(instead, tote)
		}
	}
	return instead, nil
}

// takenAfter says whether the tote that goods were sorted out of holds those of a slip that took
// it since.
func takenAfter(tx *store.Tx, was store.GoodsSorted) (bool, error) {
	after, err := tx.CameAfter(was.From, was.Slip, was.To)
	if err != nil || len(after) == 0 {
		return false, err
	}
	in, err := slipsIn(&tx.Reader, was.From)
	return slices.ContainsFunc(in, func(id store.SlipID) bool {
		return slices.Contains(after, id)
	}), err
}

// Unsort takes back the last time that goods of a slip went into its compartment: they are in
// the tote that they came out of. It refuses with NoRight, and with NothingUndo when there is
// none, they have gone on since, or that tote is another slip's by now.
func Unsort(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID) (
	out AtWall, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := pickerOrPacker(tx); err != nil {
			return err
		}
		was, e, err := last[store.GoodsSorted](tx, id)
		if err != nil {
			return err
		}
		there, err := holds(tx, was.To, was.Batch, was.N)
		if err != nil {
			return err
		}
		loose, err := tx.Loose(id)
		if err != nil {
			return err
		}
		taken, err := takenAfter(tx, was)
		if err == nil && (!there || loose[was.Item] < was.N || taken) {
			err = &store.Refusal{Code: store.NothingUndo, Want: string(id)}
		}
		if err != nil {
			return err
		}
		out = AtWall{From: was.From, Slip: id, To: was.To, N: was.N}
		if out.Item, err = tx.Item(was.Item); err != nil {
			return err
		}
		if err := tx.Record(e); err != nil {
			return err
		}
		return out.read(&tx.Reader)
	})
	return out, err
}

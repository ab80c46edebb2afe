package stocktake

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"scanbay/store"
)

// A Row is what a person has seen of a batch in the bin that they count.
type Row struct {
	Item  store.Item
	Batch store.Batch
	N     store.Qty
	Book  store.Qty // where the person may see it
}

// Opened is a count that is being made.
type Opened struct {
	store.Count
	Why     store.CountWhy // empty where nobody asked for it
	Rows    []Row          // seen so far, the last first
	Unknown []store.CountedCode
	Scans   int   // that stand
	Book    bool  // Rows have the book, and what nobody has seen yet as well
	Again   int64 // of a recount: which round
}

// Begin opens a bin by its label, to be counted: what is to be counted there, or all of it.
// Whoever counts it already goes on. It needs a counter. It refuses with NoRight, CountTaken
// where somebody else counts it (a supervisor's yes takes it over, or that of one who stands
// beside), CountElse where they count it at another station themselves, until they say yes,
// OwnWork where a recount is for another than who counted before, CountBusy where somebody
// picks there and the site wants no count then, and as Reader.Find does.
func Begin(ctx context.Context, s *store.Store, by store.Gesture) (out Opened, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Counter); err != nil {
			return err
		}
		f, err := tx.Find(by.Mark, store.BinKind)
		if err != nil {
			return err
		}
		e, err := begin(tx, f.Place)
		if err != nil {
			return err
		}
		if err := tx.Record(e); err != nil {
			return err
		}
		id := store.CountID("")
		switch e := e.(type) {
		case store.CountBegun:
			id = e.ID
		case store.ScanNoted:
			id = store.CountID(e.About)
		}
		out, err = open(&tx.Reader, id)
		return err
	})
	return out, err
}

// begin is the fact that a count of a place begins, or goes on.
func begin(tx *store.Tx, p store.Place) (store.Event, error) {
	by := tx.By()
	running, holder, err := tx.CountAt(p)
	if err != nil {
		return nil, err
	}
	if running != "" && holder.Operator == by.Operator && holder.Station == tx.Station().Author {
		return store.ScanNoted{About: string(running), Text: p.Code()}, nil
	}
	switch {
	case running == "":
	case holder.Operator != by.Operator:
		if err := takeOver(tx, holder.Operator, p); err != nil {
			return nil, err
		}
	case !by.Yes:
		return nil, &store.Refusal{Code: store.CountElse, Want: string(holder.Station),
			Got: p.Code()}
	}
	due, err := dueFor(tx, p)
	if err != nil {
		return nil, err
	}
	c := store.Count{ID: store.CountID(tx.NextEvent()), Task: due.ID, Place: p, Item: due.Item,
		First: due.First, Operator: by.Operator, Station: tx.Station().Author,
		At: tx.Now().UnixMilli()}
	if err := notBusy(tx, c); err != nil {
		return nil, err
	}
	book, err := booked(&tx.Reader, c)
	if err != nil {
		return nil, err
	}
	e := store.CountBegun{Count: c, Instead: running, Book: book}
	if len(book) > bookMax {
		e.Book, e.Cut = book[:bookMax], true
	}
	return e, nil
}

// takeOver refuses with CountTaken to go on with what somebody else counts: until a
// supervisor says yes, or answers for whoever does.
func takeOver(tx *store.Tx, holder store.OperatorID, p store.Place) error {
	by := tx.By()
	o, err := tx.Operator(cmp.Or(by.Second, by.Operator))
	if err != nil {
		return err
	}
	if by.Yes && o.May(store.Supervisor) {
		return nil
	}
	who, err := tx.Operator(holder)
	if err != nil {
		return err
	}
	return &store.Refusal{Code: store.CountTaken, Want: who.Name, Got: p.Code()}
}

// bookMax is how many batches of a bin a fact has room for.
const bookMax = 300

// dueFor is what a person is to count in a place: a recount first. It refuses with
// OwnWork where they counted it before and nothing else is to be counted there.
func dueFor(tx *store.Tx, p store.Place) (none store.DueCount, err error) {
	all, err := tx.CountsDueAt(p)
	if err != nil {
		return none, err
	}
	var other error
	for _, d := range all {
		own, err := countedBefore(&tx.Reader, d, tx.By().Operator)
		if err != nil {
			return none, err
		}
		if !own {
			return d, nil
		}
		other = &store.Refusal{Code: store.OwnWork, Got: p.Code()}
	}
	return none, other
}

// countedBefore says whether a recount is of what a person counted before.
func countedBefore(r *store.Reader, d store.DueCount, by store.OperatorID) (bool, error) {
	if !d.Again() {
		return false, nil
	}
	before, err := r.CountsOf(d.First)
	return slices.ContainsFunc(before, func(c store.Count) bool { return c.Operator == by }), err
}

// notBusy refuses with CountBusy where somebody is picking what is to be counted, and the
// site wants no count then.
func notBusy(tx *store.Tx, c store.Count) error {
	policy, err := tx.Setting(store.CountBusyBy)
	if err != nil || policy != "refuse" {
		return err
	}
	busy, err := tx.PickedNow(c.Place, c.Item)
	if err != nil || len(busy) == 0 {
		return err
	}
	who, err := tx.Operator(busy[0].Operator)
	if err != nil {
		return err
	}
	return &store.Refusal{Code: store.CountBusy, Want: string(busy[0].Slip), Got: who.Name}
}

// booked is what the book has in the place of a count, of what is counted there.
func booked(r *store.Reader, c store.Count) (out []store.Booked, err error) {
	held, err := r.Contents(c.Place)
	for _, b := range held {
		if c.Item == "" || b.Item == c.Item {
			out = append(out, store.Booked{Batch: b.Batch, N: b.N})
		}
	}
	return out, err
}

// Look reads a count that is being made.
func Look(ctx context.Context, s *store.Store, id store.CountID) (Opened, error) {
	return store.Get(ctx, s, func(r *store.Reader) (Opened, error) { return open(r, id) })
}

func open(r *store.Reader, id store.CountID) (out Opened, err error) {
	if out.Count, err = r.Count(id); err != nil {
		return out, err
	}
	if out.Task != "" {
		t, why, err := r.CountTask(out.Task)
		if err != nil {
			return out, err
		}
		out.Why, out.Again = why, t.Round
	}
	scans, err := r.CountScans(id)
	if err != nil {
		return out, err
	}
	for _, c := range slices.Backward(scans) {
		if c.Taken {
			continue
		}
		out.Scans++
		if err := out.see(r, c); err != nil {
			return out, err
		}
	}
	if out.Book, err = mayBook(r, out.Count); err == nil && out.Book {
		err = out.book(r)
	}
	return out, err
}

// see adds a scan to the rows.
func (o *Opened) see(r *store.Reader, c store.CountScan) (err error) {
	if c.Item == "" {
		i := slices.IndexFunc(o.Unknown, func(u store.CountedCode) bool { return u.Code == c.Code })
		if i < 0 {
			i, o.Unknown = len(o.Unknown), append(o.Unknown, store.CountedCode{Code: c.Code})
		}
		o.Unknown[i].N += c.N
		return nil
	}
	i, err := o.row(r, c.Batch)
	if err == nil {
		o.Rows[i].N += c.N
	}
	return err
}

// row finds the row of a batch, or makes one behind the others.
func (o *Opened) row(r *store.Reader, b store.Batch) (int, error) {
	i := slices.IndexFunc(o.Rows, func(x Row) bool { return x.Batch == b })
	if i >= 0 {
		return i, nil
	}
	for _, x := range o.Rows {
		if x.Batch.Item == b.Item {
			o.Rows = append(o.Rows, Row{Item: x.Item, Batch: b})
			return len(o.Rows) - 1, nil
		}
	}
	about, err := r.Item(b.Item)
	o.Rows = append(o.Rows, Row{Item: about, Batch: b})
	return len(o.Rows) - 1, err
}

// mayBook says whether the site lets the person who counts see the book: never in a recount.
func mayBook(r *store.Reader, c store.Count) (bool, error) {
	policy, err := r.Setting(store.CountBlind)
	if err != nil || c.First != "" || policy == "all" {
		return false, err
	}
	if policy == "none" {
		return true, nil
	}
	who, err := r.Operator(c.Operator)
	return who.May(store.Supervisor), err
}

// book adds what the book has.
func (o *Opened) book(r *store.Reader) error {
	held, err := booked(r, o.Count)
	for _, b := range held {
		if err != nil {
			break
		}
		var i int
		if i, err = o.row(r, b.Batch); err == nil {
			o.Rows[i].Book = b.N
		}
	}
	return err
}

// Seen is what a scan of a count came to.
type Seen struct {
	Item   store.Item
	Batch  store.Batch
	N      store.Qty
	Code   string     // that nobody knows
	Needs  store.Code // LotNeeded, ExpiryNeeded or SerialNeeded: the next scan is to say
	Done   bool       // the bin's own label: the count is to end
	Opened Opened
}

// Scan answers a scan of somebody who counts: an item, one piece or the content of a case,
// by.N times. It refuses with Stale where the count came to an end, WrongItem where another
// item is counted, SerialTwice, WrongBin, BadQuantity, AskQuantity, and as Reader.Find does;
// a code that nobody knows is counted as that by CountUnknown.
func Scan(ctx context.Context, s *store.Store, by store.Gesture, id store.CountID) (Seen, error) {
	return write(ctx, s, by, id, func(tx *store.Tx, c store.Count, out *Seen) (store.Event, error) {
		f, err := tx.Find(by.Mark, store.ItemKind, store.BinKind)
		switch {
		case err != nil:
			return nil, err
		case f.Kind == store.BinKind && f.Place != c.Place:
			return nil, &store.Refusal{Code: store.WrongBin, Want: c.Place.Code(), Got: f.Code}
		case f.Kind == store.BinKind:
			out.Done = true
			return store.ScanNoted{About: string(id), Text: f.Code}, nil
		case c.Item != "" && f.Item.SKU != c.Item:
			return nil, &store.Refusal{Code: store.WrongItem, Want: string(c.Item), Got: f.Code}
		}
		if out.Item, err = tx.Item(f.Item.SKU); err != nil {
			return nil, err
		}
		return counted(tx, c, f.Item, out)
	})
}

// counted is the fact that pieces were seen, or the question for what they lack.
func counted(tx *store.Tx, c store.Count, code store.Coded, out *Seen) (store.Event, error) {
	mark := tx.By().Mark
	n, err := tx.Pieces(tx.By(), code)
	if err != nil {
		return nil, err
	}
	if bool(out.Item.Serials) && n != 1 {
		return nil, &store.Refusal{Code: store.BadQuantity, Want: "1", Got: n.String()}
	}
	if out.Batch, out.Needs = out.Item.BatchOf(mark); out.Needs != "" {
		return store.ScanNoted{About: string(c.ID), Text: mark.Text, Needs: out.Needs}, nil
	}
	held, err := tx.Holding(c.Place, code.SKU)
	if err != nil {
		return nil, err
	}
	e := store.ItemCounted{CountScan: store.CountScan{ID: tx.NextEvent(), Count: c.ID,
		Batch: out.Batch, N: n, Code: code.Code, At: tx.Now().UnixMilli()}}
	for _, b := range held {
		if b.Batch == out.Batch {
			e.Book = b.N
		}
	}
	if code.N > 1 {
		e.Cases = n / code.N
	}
	if e.Made, e.Expires, err = dated(&tx.Reader, e.Batch, mark); err != nil {
		return nil, err
	}
	out.N = n
	if !bool(out.Item.Serials) {
		return e, nil
	}
	return e, once(tx, e.CountScan)
}

// dated is what a label tells of a lot, where nobody knows when that expires: of others a
// count changes nothing.
func dated(r *store.Reader, b store.Batch, m store.Mark) (made, expires store.Date, err error) {
	if b.Lot == "" || m.Expires == 0 {
		return 0, 0, nil
	}
	known, err := r.LotSeen(b.Item, b.Lot)
	if err != nil || known.Expires != 0 {
		return 0, 0, err
	}
	return known.Made, m.Expires, nil
}

// once refuses a serial that is counted already.
func once(tx *store.Tx, s store.CountScan) error {
	scans, err := tx.CountScans(s.Count)
	for _, was := range scans {
		if !bool(was.Taken) && was.Batch == s.Batch {
			return &store.Refusal{Code: store.SerialTwice, Got: string(s.Serial)}
		}
	}
	return err
}

// CountUnknown counts a code that nobody knows: a person finds out later what it is. It
// refuses with Stale, BadQuantity, AskQuantity, Unreadable, InputMethod, and with WrongKind
// for a code that stands for something.
func CountUnknown(ctx context.Context, s *store.Store, by store.Gesture, id store.CountID) (
	Seen, error) {
	return write(ctx, s, by, id, func(tx *store.Tx, c store.Count, out *Seen) (store.Event, error) {
		_, err := tx.Find(by.Mark, store.ItemKind)
		if r, refused := store.RefusalOf(err); !refused || r.Code != store.NotFound {
			if err == nil {
				err = &store.Refusal{Code: store.WrongKind, Got: by.Mark.Text, Is: store.ItemKind}
			}
			return nil, err
		}
		out.Code = by.Mark.Text
		out.N, err = tx.Pieces(by, store.Coded{Barcode: store.Barcode{N: 1}})
		return store.ItemCounted{CountScan: store.CountScan{ID: tx.NextEvent(), Count: id,
			N: out.N, Code: by.Mark.Text, At: tx.Now().UnixMilli()}}, err
	})
}

// write records what a scan of a count comes to, and reads the count behind it.
func write(ctx context.Context, s *store.Store, by store.Gesture, id store.CountID,
	do func(*store.Tx, store.Count, *Seen) (store.Event, error)) (out Seen, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		out = Seen{}
		c, err := mine(tx, id)
		if err != nil {
			return err
		}
		e, err := do(tx, c, &out)
		if err != nil {
			return err
		}
		if err := tx.Record(e); err != nil {
			return err
		}
		out.Opened, err = open(&tx.Reader, id)
		return err
	})
	return out, err
}

// mine is a count that the person of the gesture is making. It refuses with NoRight, and
// with Stale where it came to an end or is somebody else's by now.
func mine(tx *store.Tx, id store.CountID) (c store.Count, err error) {
	if err := tx.May(store.Counter); err != nil {
		return c, err
	}
	if c, err = tx.Count(id); err != nil {
		return c, err
	}
	holder, open, err := tx.CountOpen(id)
	if err == nil && (!open || holder != tx.By().Operator) {
		err = &store.Refusal{Code: store.Stale, Want: c.Place.Code()}
	}
	return c, err
}

// Undo takes the last scan of a count at this station back, of those that stand. It refuses
// with NothingUndo where there is none, and with Stale.
func Undo(ctx context.Context, s *store.Store, by store.Gesture, id store.CountID) (Seen, error) {
	return write(ctx, s, by, id, func(tx *store.Tx, c store.Count, out *Seen) (store.Event, error) {
		was, e, err := tx.LastOf(string(id), store.ItemCounted{}.Kind())
		if r, none := store.RefusalOf(err); none && r.Code == store.NothingUndo {
			r.Want = c.Place.Code()
		}
		if err != nil {
			return nil, err
		}
		seen := was.(store.ItemCounted)
		if out.Batch, out.N = seen.Batch, seen.N; seen.Item == "" {
			out.Code = seen.Code
			return e, nil
		}
		out.Item, err = tx.Item(seen.Item)
		return e, err
	})
}

// Clear takes all scans of an item back: it is to be counted from the beginning. It refuses
// with NothingUndo where there are none, and with Stale.
func Clear(ctx context.Context, s *store.Store, by store.Gesture, id store.CountID,
	sku store.SKU) (Seen, error) {
	return write(ctx, s, by, id, func(tx *store.Tx, _ store.Count, out *Seen) (store.Event, error) {
		scans, err := tx.CountScans(id)
		e := store.CountCleared{Count: id, Item: sku}
		for _, c := range scans {
			if c.Item == sku && !bool(c.Taken) {
				e.Scans, out.N = append(e.Scans, c.ID), out.N+c.N
			}
		}
		if err == nil && len(e.Scans) == 0 {
			err = &store.Refusal{Code: store.NothingUndo, Want: string(sku)}
		}
		return e, err
	})
}

// Leave gives a bin up that is not counted to its end: it is to be counted anew. It refuses
// with Stale.
func Leave(ctx context.Context, s *store.Store, by store.Gesture, id store.CountID) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		c, err := mine(tx, id)
		if err != nil {
			return err
		}
		return tx.Record(store.CountLeft{Count: id, Place: c.Place, At: tx.Now().UnixMilli()})
	})
}

// A Rest is what the book has in a bin and nobody saw there.
type Rest struct {
	Item  store.Item
	Batch store.Batch
}

// Done ends a count: what the book has and nobody saw is not there. It refuses with Stale,
// with AskRest while there is such, until somebody said yes: then rest says what it is; and
// with CountWide where more differs than one count can tell.
func Done(ctx context.Context, s *store.Store, by store.Gesture, id store.CountID) (rest []Rest,
	err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		rest = nil
		c, err := mine(tx, id)
		if err != nil {
			return err
		}
		t, err := tallyOf(&tx.Reader, c)
		if err != nil {
			return err
		}
		if rest, err = t.rest(&tx.Reader); err != nil {
			return err
		}
		if len(rest) > 0 && !by.Yes {
			return &store.Refusal{Code: store.AskRest, Want: strconv.Itoa(len(rest)),
				Got: c.Place.Code()}
		}
		e := store.CountDone{Count: id, Task: c.Task, Place: c.Place, Item: c.Item,
			All: t.compared(), Lines: t.odd(), Unknown: t.unknown, Sure: !t.cut || len(rest) == 0,
			At: tx.Now().UnixMilli()}
		if e.Also, err = alsoDone(&tx.Reader, c); err != nil {
			return err
		}
		if len(e.Lines)+len(e.Unknown) > bookMax {
			return &store.Refusal{Code: store.CountWide, Want: strconv.Itoa(bookMax),
				Got: strconv.Itoa(len(e.Lines))}
		}
		return tx.Record(e)
	})
	if err != nil {
		return rest, err
	}
	_ = Rule(ctx, s) // the bin is counted: what fails here, Onward does
	return nil, nil
}

// alsoDone are the other tasks of a bin that a count does: those that were there when it
// began, but recounts, which are of another count.
func alsoDone(r *store.Reader, c store.Count) (out []store.CountTaskID, err error) {
	due, err := r.CountsDueAt(c.Place)
	for _, d := range due {
		if d.ID != c.Task && !d.Again() && d.Since <= c.At && (c.Item == "" || c.Item == d.Item) {
			out = append(out, d.ID)
		}
	}
	return out, err
}

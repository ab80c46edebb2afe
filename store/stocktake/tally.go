package stocktake

import (
	"slices"

	"scanbay/store"
)

// A tally is what a count came to, batch by batch, beside what the book had meanwhile.
type tally struct {
	lines   []store.CountLine
	seen    []bool // of each line, whether anybody saw any
	unknown []store.CountedCode
	cut     bool // the book was too long to be kept where the count began
}

// tallyOf adds a count up. What was scanned is compared with the book from its scans until
// now; what nobody saw, with the book from the beginning.
func tallyOf(r *store.Reader, c store.Count) (t tally, err error) {
	scans, err := r.CountScans(c.ID)
	if err != nil {
		return t, err
	}
	now, err := booked(r, c)
	if err != nil {
		return t, err
	}
	before, cut, err := r.CountBook(c.ID)
	if err != nil {
		return t, err
	}
	t.cut = cut
	for _, s := range scans {
		if !bool(s.Taken) {
			t.scan(s)
		}
	}
	for i := range t.lines {
		widen(&t.lines[i], now)
	}
	for _, b := range before {
		t.book(b, now)
	}
	for _, b := range now {
		if !slices.ContainsFunc(before, func(x store.Booked) bool { return x.Batch == b.Batch }) {
			t.book(store.Booked{Batch: b.Batch}, now)
		}
	}
	t.withoutSerials()
	return t, nil
}

// scan adds what was seen.
func (t *tally) scan(s store.CountScan) {
	if s.Item == "" {
		i := slices.IndexFunc(t.unknown, func(u store.CountedCode) bool { return u.Code == s.Code })
		if i < 0 {
			i, t.unknown = len(t.unknown), append(t.unknown, store.CountedCode{Code: s.Code})
		}
		t.unknown[i].N += s.N
		return
	}
	i := t.line(s.Batch)
	if i < 0 {
		i = len(t.lines)
		t.lines = append(t.lines, store.CountLine{Batch: s.Batch, Low: s.Book, High: s.Book})
		t.seen = append(t.seen, true)
	}
	l := &t.lines[i]
	l.N, l.Low, l.High = l.N+s.N, min(l.Low, s.Book), max(l.High, s.Book)
}

// book adds what the book had of what nobody saw.
func (t *tally) book(was store.Booked, now []store.Booked) {
	if t.line(was.Batch) >= 0 {
		return
	}
	l := store.CountLine{Batch: was.Batch, Low: was.N, High: was.N}
	widen(&l, now)
	t.lines, t.seen = append(t.lines, l), append(t.seen, false)
}

// widen compares a line with the book as it is now, too: what left before anybody counted it
// is not missing, and what came behind their back is not too much.
func widen(l *store.CountLine, now []store.Booked) {
	var is store.Qty
	for _, b := range now {
		if b.Batch == l.Batch {
			is = b.N
		}
	}
	l.Low, l.High = min(l.Low, is), max(l.High, is)
}

func (t *tally) line(b store.Batch) int {
	return slices.IndexFunc(t.lines, func(l store.CountLine) bool { return l.Batch == b })
}

// withoutSerials takes serials that the book does not know here for those pieces that it
// has without one.
func (t *tally) withoutSerials() {
	for i := range t.lines {
		book := &t.lines[i]
		if book.Serial != "" || book.High <= 0 {
			continue
		}
		for j := range t.lines {
			l := &t.lines[j]
			if l.Serial != "" && l.Item == book.Item && l.Lot == book.Lot && l.High == 0 &&
				l.N > 0 && book.N < book.High {
				book.N, l.N = book.N+l.N, 0
				t.seen[i] = true
			}
		}
	}
}

// rest is what the book has now and nobody saw.
func (t *tally) rest(r *store.Reader) (out []Rest, err error) {
	for i, l := range t.lines {
		if t.seen[i] || l.Low == 0 && l.High == 0 {
			continue
		}
		about, err := r.Item(l.Item)
		if err != nil {
			return nil, err
		}
		out = append(out, Rest{about, l.Batch})
	}
	return out, nil
}

// compared is how many batches the bin or its book has.
func (t *tally) compared() (n int64) {
	for _, l := range t.lines {
		if l.N != 0 || l.Low != 0 || l.High != 0 {
			n++
		}
	}
	return n
}

// odd are the lines that differ, and those whose book moved meanwhile.
func (t *tally) odd() (out []store.CountLine) {
	for _, l := range t.lines {
		if n, sure := l.Off(); n != 0 || !sure {
			out = append(out, l)
		}
	}
	return out
}

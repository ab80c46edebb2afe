// Package storetest says what the store does on any engine. An engine's own
// test runs it, and the tests above it borrow its fixtures.
package storetest

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/outbound"
	"scanbay/store/returns"
	"scanbay/store/stocktake"
)

// Opener opens and migrates a database file.
type Opener func(ctx context.Context, path string) (*store.DB, error)

// Noon is when every fixture begins.
var Noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.FixedZone("CST", 8*3600))

// Central numbers the warehouse's facts where a station does not stand alone.
const Central store.StationID = "central"

// A Site is one store under test, and the clock that it goes by.
type Site struct {
	*store.Store
	testing.TB
	Clock *Clock
	scans atomic.Int64
	name  store.StationID
}

// A Clock is moved by hand, and moves a little by itself whenever it is read.
type Clock struct{ ms atomic.Int64 }

// Now is the time that the clock shows.
func (c *Clock) Now() time.Time {
	return Noon.Add(time.Duration(c.ms.Add(1)) * time.Millisecond)
}

// Wait moves the clock on.
func (c *Clock) Wait(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// Open opens a fresh store for an author that stands alone.
func Open(t testing.TB, open Opener, author store.StationID) *Site {
	return OpenAs(t, open, author, true)
}

// OpenAs opens a fresh store for an author, who is the authority or is not.
func OpenAs(t testing.TB, open Opener, author store.StationID, authority bool) *Site {
	t.Helper()
	s := &Site{TB: t, Clock: &Clock{}, name: author}
	ctx := context.Background()
	db, err := open(ctx, filepath.Join(t.TempDir(), "bay.db"))
	s.Must(err)
	var facts int64 // a copied file has met this author before: its ids go on
	s.Must(db.Write.QueryRowContext(ctx,
		`SELECT count(*) FROM event`).Scan(&facts))
	s.Must(store.Establish(ctx, db, store.Identity{Warehouse: "w1", Author: author,
		Prefix: strings.ToUpper(string(author[:2])), Epoch: 1, Zone: "Asia/Shanghai",
		Authority: authority}))
	s.Store, err = store.New(ctx, db, fmt.Sprintf("boot-%s-%d", author, facts), s.Clock.Now)
	s.Must(err)
	t.Cleanup(func() { s.Must(s.Close()) })
	return s
}

// Must stops the test at an error.
func (s *Site) Must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// Record records facts that no operation under test makes.
func (s *Site) Record(events ...store.Event) {
	s.Helper()
	s.Must(s.WriteMany(context.Background(), store.Gesture{}, func(tx *store.Tx) error {
		for _, e := range events {
			if err := tx.Record(e); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Read reads one thing from s.
func Read[T any](s *Site, fn func(*store.Reader) (T, error)) T {
	s.Helper()
	out, err := store.Get(context.Background(), s.Store, fn)
	s.Must(err)
	return out
}

// By is the gesture of an operator who scans a code; our own labels are written
// kind:code, such as tote:T-1, and a lot, serial or expiry is not on it.
func (s *Site) By(operator store.OperatorID, code string) store.Gesture {
	id := store.ScanID(fmt.Sprintf("%s.%d", s.name, s.scans.Add(1)))
	by := store.Gesture{Operator: operator, Scan: id, Raw: []byte(code), Source: "serial"}
	by.Mark = Mark(code)
	return by
}

// Code is the code that err refuses with; empty for none. Any other error stops
// the test.
func (s *Site) Code(err error) store.Code {
	s.Helper()
	if r, ok := store.RefusalOf(err); ok {
		return r.Code
	}
	s.Must(err)
	return ""
}

// Stock fails the test unless a place holds n of an item, lots and serials together.
func (s *Site) Stock(place store.Place, sku store.SKU, n store.Qty) {
	s.Helper()
	var have store.Qty
	for _, b := range Read(s, func(r *store.Reader) ([]store.Balance, error) {
		return r.Holding(place, sku)
	}) {
		have += b.N
	}
	if have != n {
		s.Errorf("%s holds %d of %s, not %d", place, have, sku, n)
	}
}

// Levels fails the test unless an item is on hand and reserved so.
func (s *Site) Levels(sku store.SKU, onHand, reserved store.Qty) {
	s.Helper()
	l := Read(s, func(r *store.Reader) (store.Levels, error) {
		i, err := r.Item(sku)
		if err != nil {
			return store.Levels{}, err
		}
		return r.Levels(i)
	})
	if l.OnHand != onHand || l.Reserved != reserved {
		s.Errorf("%s: %d on hand, %d reserved; want %d, %d", sku, l.OnHand, l.Reserved,
			onHand, reserved)
	}
}

// Slip reads a whole slip.
func (s *Site) Slip(id store.SlipID) store.Slip {
	s.Helper()
	return Read(s, func(r *store.Reader) (store.Slip, error) { return r.WholeSlip(id) })
}

// Plan lets the authority review, reserve and release.
func (s *Site) Plan() {
	s.Helper()
	s.Must(Plan(context.Background(), s.Store))
}

// Plan does what the authority does by itself, of all flows of goods.
func Plan(ctx context.Context, s *store.Store) error {
	if err := order.Plan(ctx, s); err != nil {
		return err
	}
	if err := returns.Plan(ctx, s); err != nil {
		return err
	}
	return stocktake.Onward(ctx, s)
}

// Settle looks at facts that stations sent, for all flows of goods.
func Settle(tx *store.Tx, facts []store.Envelope) error {
	if err := order.Settle(tx, facts); err != nil {
		return err
	}
	if err := returns.Settle(tx, facts); err != nil {
		return err
	}
	return stocktake.Settle(tx, facts)
}

// Whole fails the test when anything in the store cannot be right.
func (s *Site) Whole(open Opener) {
	s.Helper()
	fresh := Open(s.TB, open, s.name)
	_, bad, err := store.Verify(context.Background(), s.Store, fresh.Store)
	s.Must(err)
	for _, v := range bad {
		s.Error(v)
	}
}

// Pick makes one scan of an operator for the task that a slip is at.
func (s *Site) Pick(operator store.OperatorID, slip store.SlipID, n store.Qty, code string) (
	outbound.Picked, store.Code) {
	s.Helper()
	by := s.By(operator, code)
	by.N = n
	out, err := outbound.Pick(context.Background(), s.Store, outbound.PickScan{
		By: by, Slip: slip, Seen: outbound.See(s.look(slip))})
	return out, s.Code(err)
}

// look reads what a scan needs of a slip.
func (s *Site) look(id store.SlipID) store.Slip {
	s.Helper()
	return Read(s, func(r *store.Reader) (store.Slip, error) { return r.Slip(id) })
}

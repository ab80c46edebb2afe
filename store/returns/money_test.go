package returns

import (
	"testing"

	"pgregory.net/rapid"

	"scanbay/store"
)

// Whatever comes back a few at a time, all of it is worth what was paid for it, and no piece
// less than nothing.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := store.Qty(rapid.Int64Range(1, 1_000_000).Draw(t, "n"))
		paid := store.Money(rapid.Int64Range(0, 1<<62).Draw(t, "paid"))
		var sum store.Money
		for at := store.Qty(0); at < n; {
			more := store.Qty(rapid.Int64Range(1, int64(n-at)).Draw(t, "more"))
			got := between(paid, at, more, n)
			if got < 0 || at+more < n && (sum+got)%(store.MoneyUnit/100) != 0 {
				t.Fatalf("%d behind %d of %d for %s: %s", more, at, n, paid, got)
			}
			sum, at = sum+got, at+more
		}
		if sum != paid {
			t.Errorf("%s of %s", sum, paid)
		}
	})
}

// Where an order says no more than prices, what was paid for its lines is what it comes to,
// less its freight.
func TestADiscountIsShared(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		money := rapid.Int64Range(0, 1_000_0000)
		o := store.Order{Discount: store.Money(money.Draw(t, "off")), Freight: 5}
		for range rapid.IntRange(1, 5).Draw(t, "lines") {
			o.Lines = append(o.Lines, store.OrderLine{Line: int64(len(o.Lines) + 1),
				N:     store.Qty(rapid.Int64Range(1, 99).Draw(t, "n")),
				Price: store.Money(money.Draw(t, "price"))})
		}
		var sum, list store.Money
		for i, l := range o.Lines {
			got := paidFor(o, i)
			if got < 0 || got > listed(l) {
				t.Errorf("line %d of %s: %s", l.Line, listed(l), got)
			}
			sum, list = sum+got, list+listed(l)
		}
		if want := max(0, list-o.Discount); sum != want {
			t.Errorf("%s, not %s", sum, want)
		}
	})
}

func TestWhatALineSaysWasPaidIsWhatWasPaid(t *testing.T) {
	o := store.Order{Discount: 30, Lines: []store.OrderLine{{N: 2, Price: 100, Discount: 20},
		{N: 1, Price: 50, Paid: 40}}}
	if a, b := paidFor(o, 0), paidFor(o, 1); a != 180 || b != 40 {
		t.Errorf("%s and %s", a, b)
	}
}

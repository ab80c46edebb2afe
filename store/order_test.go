package store_test

import (
	"testing"

	"scanbay/store"
)

// TestOfALine: what is to be sent, what waits for stock, and what can go on a slip.
func TestOfALine(t *testing.T) {
	for _, c := range []struct {
		line            store.OrderLine
		net, owed, free store.Qty
	}{
		{store.OrderLine{N: 6}, 6, 6, 0},
		{store.OrderLine{N: 6, Want: 4}, 6, 2, 4},
		{store.OrderLine{N: 6, Want: 6, Tasked: 6, Short: 2}, 6, 2, 0},
		{store.OrderLine{N: 6, Want: 8, Tasked: 6, Short: 2}, 6, 0, 2},
		{store.OrderLine{N: 6, Cancelled: 4, Refunded: 3, Want: 6}, 2, 0, 2},
		{store.OrderLine{N: 6, Cancelled: 4, Want: 6, Tasked: 6}, 2, 0, 0},
		{store.OrderLine{N: 6, Cancelled: 6, Want: 6}, 0, 0, 0},
	} {
		l := c.line
		if l.Net() != c.net || l.Owed() != c.owed || l.Free() != c.free {
			t.Errorf("%+v: net %d, owed %d, free %d", l, l.Net(), l.Owed(), l.Free())
		}
	}
}

func TestMoney(t *testing.T) {
	for text, want := range map[string]store.Money{"0": 0, "2.55": 25500, "10": 100000,
		"0.0001": 1, "1234567.8": 12345678000} {
		m, ok := store.ParseMoney(text)
		if !ok || m != want || m.String() != text {
			t.Errorf("%s is read as %d, %v, and written %s", text, m, ok, m)
		}
	}
	for _, text := range []string{"", ".", "a", "1.23456", "1,5"} {
		if m, ok := store.ParseMoney(text); ok {
			t.Errorf("%q is read as %s", text, m)
		}
	}
	if s := store.Money(-25500).String(); s != "-2.55" {
		t.Error(s)
	}
}

// TestDue: cut pieces are not paid for, and a discount counts once.
func TestDue(t *testing.T) {
	line := store.OrderLine{N: 4, Price: 25 * store.MoneyUnit}
	paid, cut := line, line
	paid.Paid, cut.Cancelled = 90*store.MoneyUnit, 1
	for _, c := range []struct {
		order store.Order
		want  string
	}{
		{store.Order{}, "0"},
		{store.Order{Freight: 80000}, "0"}, // nobody said what it costs
		{store.Order{Lines: []store.OrderLine{line}, Freight: 80000, Discount: 30000}, "105"},
		{store.Order{Lines: []store.OrderLine{paid}, Freight: 80000, Discount: 100000}, "98"},
		{store.Order{Lines: []store.OrderLine{cut}}, "75"},
	} {
		if got := c.order.Due().String(); got != c.want {
			t.Errorf("%+v: %s, not %s", c.order, got, c.want)
		}
	}
}

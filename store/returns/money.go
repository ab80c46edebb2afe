package returns

import (
	"math/bits"

	"scanbay/store"
)

// part is what k of n pieces are worth that are worth m together, to the hundredth of a
// unit, so that what all of them come to, a few at a time, is m.
func part(m store.Money, k, n store.Qty) store.Money {
	if m <= 0 || k <= 0 || n <= 0 {
		return 0
	}
	if k >= n {
		return m
	}
	return whole(ratio(m, int64(k), int64(n)))
}

// between is what the pieces behind the first k, to those of k and more, are worth.
func between(m store.Money, k, more, n store.Qty) store.Money {
	return part(m, k+more, n) - part(m, k, n)
}

// whole leaves what is less than the hundredth of a unit away.
func whole(m store.Money) store.Money { return m - m%(store.MoneyUnit/100) }

// ratio is m * k / n, for k up to n.
func ratio(m store.Money, k, n int64) store.Money {
	hi, lo := bits.Mul64(uint64(m), uint64(k))
	q, _ := bits.Div64(hi, lo, uint64(n))
	return store.Money(q)
}

// paidFor is what was paid for a line of an order. Where the order does not say, that is its
// price less its discounts: its own, and its share by value of the order's, where no line
// has that in what was paid. What was paid to send it is not in it.
func paidFor(o store.Order, line int) store.Money {
	if p := o.Lines[line].Paid; p != 0 {
		return max(0, p)
	}
	var before, sum store.Money
	shared := false
	for i, l := range o.Lines {
		shared = shared || l.Paid != 0
		if i < line {
			before += listed(l)
		}
		sum += listed(l)
	}
	own := listed(o.Lines[line])
	if shared || own == 0 || o.Discount <= 0 {
		return own
	}
	off := min(o.Discount, sum)
	return own - ratio(off, int64(before+own), int64(sum)) + ratio(off, int64(before), int64(sum))
}

// listed is the price of a line less its own discount.
func listed(l store.OrderLine) store.Money {
	return max(0, l.Price*store.Money(l.N)-l.Discount)
}

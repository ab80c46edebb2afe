package order

import (
	"fmt"

	"scanbay/store"
)

// Settle looks at facts that stations sent, in the transaction that takes them: it opens
// a discrepancy wherever they are at odds with the book or with one another, and gives
// promises back where more is reserved than there is. What the floor did stands.
func Settle(tx *store.Tx, facts []store.Envelope) error {
	touches := store.Touches(facts)
	now, err := tx.Standing(touches)
	if err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	items := map[store.SKU]bool{}
	for _, t := range touches {
		var err error
		switch {
		case t.Order != "" || t.Lies != nil: // what came back is not this package's to look at
		case t.Slip != "" && t.N == 0:
			err = leftStopped(tx, now, t)
		case t.Slip != "":
			err = pickedBy(tx, now, t)
		case t.Place == "": // promised by a central server that was restored since
			if !items[t.Item] && t.N > 0 {
				items[t.Item] = true
				err = cover(tx, t.Item, now.Overdrawn[t.Item], nil)
			}
		case t.Place[0] != '@':
			if err = balanceOf(tx, now, t); !items[t.Item] && t.N < 0 {
				items[t.Item] = true
				err = cover(tx, t.Item, now.Overdrawn[t.Item], err)
			}
		}
		if err != nil {
			return fmt.Errorf("settle %s: %w", t.By.ID, err)
		}
	}
	return nil
}

// leftStopped opens that goods have left which were stopped: whoever confirmed them had not
// heard of it.
func leftStopped(tx *store.Tx, now store.Standing, t store.Touch) error {
	line, is := now.Unstopped[store.LineOf{Slip: t.Slip, Line: t.Line}]
	if !is || t.Left <= 0 {
		return nil
	}
	return tx.Dispute(store.Discrepancy{Of: store.LeftStopped, Slip: t.Slip, Item: line.Item,
		N: t.Left, Operator: t.By.Operator, At: t.By.At}, string(t.By.ID), fmt.Sprint(t.Line))
}

// pickedBy opens what is odd about a pick.
func pickedBy(tx *store.Tx, now store.Standing, t store.Touch) error {
	lease, by := now.Leases[t.Slip], t.By
	if lease.Token > 0 && (lease.Operator != by.Operator || lease.Station != by.Author) &&
		by.Author != tx.Station().Author {
		if err := tx.Dispute(store.Discrepancy{Of: store.LateHolder, Slip: t.Slip,
			Operator: by.Operator, Note: string(by.Author), At: lease.At},
			string(t.Slip), fmt.Sprint(lease.Token), string(by.Operator),
			string(by.Author)); err != nil {
			return err
		}
	}
	line, over := now.Over[store.LineOf{Slip: t.Slip, Line: t.Line}]
	if t.N <= 0 || !over {
		return nil
	}
	policy, err := tx.Setting(store.OverPickPolicy)
	if err != nil || policy != "block" {
		return err // somebody was asked
	}
	return tx.Dispute(store.Discrepancy{Of: store.PickedTwice, Slip: t.Slip, Item: line.Item,
		N: t.N, Operator: by.Operator, At: by.At}, string(by.ID), fmt.Sprint(t.Line))
}

// balanceOf opens what is odd about what a place holds by now.
func balanceOf(tx *store.Tx, now store.Standing, t store.Touch) error {
	n := now.Balances[store.BatchAt{Place: t.Place, Batch: t.Batch}]
	d := store.Discrepancy{Place: t.Place, Item: t.Item, Lot: t.Lot, N: t.N,
		Operator: t.By.Operator, Note: string(t.Serial), At: t.By.At}
	switch {
	case n < 0 && t.N < 0:
		d.Of = store.BelowZero
	case t.Serial != "" && n > 1:
		d.Of = store.SerialAgain
	case t.Serial != "" && t.N > 0:
		at, err := tx.SerialAt(t.Item, t.Serial)
		if err != nil || len(at) < 2 {
			return err
		}
		d.Of = store.SerialAgain
	default:
		return nil
	}
	return tx.Dispute(d, string(t.By.ID), string(t.Place), string(t.Item), string(t.Lot),
		string(t.Serial))
}

// cover gives promises of an item back until no more is reserved than there is: those of
// the least urgent orders, and before others those that are in no slip.
func cover(tx *store.Tx, sku store.SKU, over store.Qty, err error) error {
	if err != nil || over <= 0 {
		return err
	}
	held, err := tx.HeldOf(sku)
	for _, h := range held {
		n := min(over, h.N)
		if err != nil || n <= 0 {
			break
		}
		over -= n
		err = tx.Record(store.StockReserved{Order: h.Order,
			Promises: []store.Promise{{Order: h.Order, Line: h.Line, Item: sku, N: -n}}})
	}
	return err
}

package outbound

import (
	"strings"

	"scanbay/store"
)

// An Override is why a scan takes what the plan would not have: another lot or, where Expired,
// goods that whoever agreed knew to have expired. The reason is one of the site's; without one
// nobody was asked.
type Override struct {
	Reason  string
	Expired bool
}

// lot refuses with AskOtherLot to take another lot, until whoever scanned it says yes and why
// or, where the site wants that, a supervisor does for them.
func (o Override) lot(tx *store.Tx, policy string, r *store.Refusal) error {
	r.Code = store.AskOtherLot
	switch {
	case !tx.By().Yes || o.Reason == "":
		return r
	case policy == "ask":
		return nil
	}
	return vouched(tx, r)
}

// fresh refuses with Expired a piece for a slip that is past its day; where the site has a
// supervisor decide, with AskExpired, until one says yes and why: it gives that day back then.
// What a supervisor let somebody take for the slip once is not asked about again.
func (o Override) fresh(tx *store.Tx, id store.SlipID, i store.Item, lot store.Lot,
	day store.Date) (store.Date, error) {
	today := tx.Today()
	if !i.Expired(day, today) {
		return 0, nil
	}
	taken, err := tx.TakenFor(id, i.SKU)
	if err != nil {
		return 0, err
	}
	for _, t := range taken {
		if t.Lot == lot && t.Expired != 0 {
			return day, nil
		}
	}
	r := &store.Refusal{Code: store.Expired, Want: today.String(), Got: day.String()}
	policy, err := tx.Setting(store.ExpiredBy)
	if err != nil {
		return 0, err
	}
	if policy == "block" {
		return 0, r
	}
	r.Code = store.AskExpired
	if !tx.By().Yes || !o.Expired || o.Reason == "" {
		return 0, r
	}
	return day, vouched(tx, r)
}

// vouched refuses with r unless a supervisor answers for the gesture.
func vouched(tx *store.Tx, r *store.Refusal) error {
	o, err := vouches(tx)
	if err != nil || o.May(store.Supervisor) {
		return err
	}
	return r
}

// allFresh refuses with ExpiredIn a carton that holds goods past their day for which no supervisor
// answered: nobody does at the dock.
func allFresh(tx *store.Tx, c store.Carton) error {
	held, err := tx.Contents(store.InCarton(c.ID))
	for _, b := range held {
		if err != nil {
			return err
		}
		if b.N <= 0 || b.Expires == 0 {
			continue
		}
		var i store.Item
		if i, err = tx.Item(b.Item); err == nil {
			_, err = Override{}.fresh(tx, c.Slip, i, b.Lot, b.Expires)
		}
		if _, refused := store.RefusalOf(err); refused {
			return &store.Refusal{Code: store.ExpiredIn, Want: string(c.ID),
				Got: strings.Join(strings.Fields(string(b.Item)+" "+string(b.Lot)), " ")}
		}
	}
	return err
}

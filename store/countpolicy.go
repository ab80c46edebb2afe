package store

import "slices"

// A CountPolicy is how often bins are counted that hold goods of a class, and which
// difference needs nobody. Within Pieces or Percent, and not worth more than Worth, the book
// is put right by itself; with all of them 0 a person always approves.
type CountPolicy struct {
	Class   string `json:"class"`             // A, B or C; empty: where the class has none
	Days    int64  `json:"days,omitempty"`    // from one count to the next; 0: not by time
	Pieces  Qty    `json:"pieces,omitempty"`  // of a batch
	Percent int64  `json:"percent,omitempty"` // of what the book has of it
	Worth   Money  `json:"worth,omitempty"`   // at cost; 0: no limit
	Two     Money  `json:"two,omitempty"`     // worth more, two persons approve; 0: one does
	Active  Bit    `json:"active"`
}

// Classes lists the classes of items, the one that moves most first.
var Classes = []string{"A", "B", "C"}

// Valid says whether a policy makes sense, and else what its first wrong word may be.
func (p CountPolicy) Valid() (want string, ok bool) {
	switch {
	case p.Class != "" && !slices.Contains(Classes, p.Class):
		return "A, B, C", false
	case p.Days < 0 || p.Days > daysMax:
		return "0-3650", false
	case p.Pieces < 0 || p.Pieces > piecesMax:
		return ">= 0", false
	case p.Percent < 0 || p.Percent > 100:
		return "0-100", false
	case min(p.Worth, p.Two) < 0 || max(p.Worth, p.Two) > moneyMax:
		return ">= 0", false
	}
	return "", true
}

// Tolerates says whether n pieces more or fewer than the book's own need nobody.
func (p CountPolicy) Tolerates(n, book Qty, worth Money) bool {
	n, worth = max(n, -n), max(worth, -worth)
	few := n <= p.Pieces || book > 0 && n*100 <= book*Qty(p.Percent)
	return few && (p.Worth == 0 || worth <= p.Worth)
}

// For says whether a policy is the one for what is of a class: its own, or the one without a
// class where the site has written no other.
func (p CountPolicy) For(class string, all []CountPolicy) bool {
	return p.Class == class || p.Class == "" && !slices.ContainsFunc(all,
		func(x CountPolicy) bool { return x.Class == class })
}

func (p *CountPolicy) fields() []any {
	return []any{&p.Class, &p.Days, &p.Pieces, &p.Percent, &p.Worth, &p.Two, &p.Active}
}

// CountPolicySet says that the authority wrote how a class is counted.
type CountPolicySet struct{ CountPolicy }

func (CountPolicySet) Kind() string  { return "count_policy_set" }
func (e CountPolicySet) Ref() string { return e.Class }
func (e CountPolicySet) apply(at Stamp) []Change {
	return []Change{countPolicies.raise(at, e.CountPolicy.fields()...)}
}

// CountPolicies reads what the site has written, by class.
func (r *Reader) CountPolicies() ([]CountPolicy, error) {
	return all(r, (*CountPolicy).fields, `
		SELECT class, days, pieces, percent, worth, two, active FROM count_policy
		WHERE wh = ? AND active = 1 ORDER BY class`)
}

// CountPolicyOf reads how an item is counted: as its class is, or as what has no class.
func (r *Reader) CountPolicyOf(sku SKU) (p CountPolicy, err error) {
	_, err = r.one(p.fields(), `
		SELECT class, days, pieces, percent, worth, two, active FROM count_policy
		WHERE wh = ? AND active = 1 AND class IN ('', coalesce((
			SELECT c.class FROM item_class c WHERE c.wh = ? AND c.item = ?), ''))
		ORDER BY class DESC LIMIT 1`, r.s.id.Warehouse, sku)
	return p, err
}

// ItemsClassed says which class items are of, by what they sold for.
type ItemsClassed struct {
	Class string `json:"class"`
	Items []SKU  `json:"items"`
	At    int64  `json:"at"`
}

func (ItemsClassed) Kind() string  { return "items_classed" }
func (e ItemsClassed) Ref() string { return e.Class }
func (e ItemsClassed) apply(at Stamp) (out []Change) {
	for _, i := range e.Items {
		out = append(out, itemClasses.raise(at, i, e.Class, e.At))
	}
	return out
}

package returns

import (
	"context"
	"fmt"
	"slices"
	"time"

	"scanbay/store"
)

// A Rule of the review is why a policy does not let a return through by itself.
type Rule string

// The rules. A return that breaks only the first two is rejected; a person decides on one
// that breaks any other.
const (
	FinalRule  Rule = "final"  // the item is never taken back
	DaysRule   Rule = "days"   // it was signed for too long ago
	AmountRule Rule = "amount" // it is worth so much that a person looks at it
	OrderRule  Rule = "order"  // nobody knows what it was bought with
	ProofRule  Rule = "proof"  // nor is that proved
	ReasonRule Rule = "reason" // the reason is none of the site's
)

// Rules lists every rule of the review.
var Rules = []Rule{FinalRule, DaysRule, AmountRule, OrderRule, ProofRule, ReasonRule}

// Rejects says whether a return that breaks the rule, and no other, is rejected.
func (r Rule) Rejects() bool { return r == FinalRule || r == DaysRule }

// Review decides on a request that came in, or that was answered, by the policies of its
// items: it is approved on their terms, rejected or held, with the reasons.
func Review(ctx context.Context, s *store.Store, id store.RMAID) error {
	return unasked(ctx, s, func(tx *store.Tx) error {
		d, err := tx.RMADecision(id)
		if err != nil {
			return err
		}
		if d.State != store.RMARequested {
			return errNothing
		}
		v, err := reviewed(tx, id)
		if err != nil {
			return err
		}
		e := store.ReturnDecided{RMA: id, State: store.RMAApproved, Note: d.Note,
			At: tx.Now().UnixMilli()}
		if e.Findings, err = v.findings(); err != nil {
			return err
		}
		for _, f := range e.Findings {
			if !Rule(f.Rule).Rejects() {
				e.State = store.RMAHeld
				break
			}
			e.State = store.RMARejected
		}
		if e.State == store.RMAApproved {
			e.Terms = v.terms()
		}
		return tx.Record(e)
	})
}

// A review is a return with what it is judged by.
type review struct {
	store.RMA
	tx      *store.Tx
	lines   []judged
	reasons []store.Reason
}

// A judged line is one with the policy of its item, and what was paid for its pieces.
type judged struct {
	store.RMALine
	store.ReturnPolicy
	worth store.Money
}

// reviewed reads what a return is judged by. One that came unannounced has the goods that
// came for lines.
func reviewed(tx *store.Tx, id store.RMAID) (v review, err error) {
	v.tx = tx
	if v.RMA, err = tx.RMA(id); err != nil {
		return v, err
	}
	if v.reasons, err = tx.Reasons(store.ReturnReason); err != nil {
		return v, err
	}
	lines := v.Lines
	if len(lines) == 0 {
		goods, err := tx.GoodsOf(id)
		if err != nil {
			return v, err
		}
		for _, g := range goods {
			if g.Received > 0 {
				lines = append(lines, store.RMALine{Item: g.Item, N: g.Received, Order: g.Order,
					OrderLine: g.Line})
			}
		}
	}
	for _, l := range lines {
		j := judged{RMALine: l}
		if j.ReturnPolicy, err = policyOf(&tx.Reader, l.Item); err != nil {
			return v, err
		}
		if j.worth, err = worth(tx, l); err != nil {
			return v, err
		}
		v.lines = append(v.lines, j)
	}
	return v, nil
}

// policyOf is the policy that holds for an item; of one that nobody knows, everybody's.
func policyOf(r *store.Reader, sku store.SKU) (store.ReturnPolicy, error) {
	i, err := r.Item(sku)
	if _, unknown := store.RefusalOf(err); unknown {
		i, err = store.Item{}, nil
	}
	if err != nil {
		return store.ReturnPolicy{}, err
	}
	return r.ReturnPolicy(i)
}

// worth is what was paid for the pieces of a line.
func worth(tx *store.Tx, l store.RMALine) (store.Money, error) {
	if l.Order == "" {
		return 0, nil
	}
	o, err := tx.Order(l.Order)
	if err != nil {
		return 0, err
	}
	for i, x := range o.Lines {
		if x.Line == l.OrderLine {
			return part(paidFor(o, i), l.N, x.N), nil
		}
	}
	return 0, nil
}

func (v review) findings() (out []store.Finding, err error) {
	var sum store.Money
	for _, l := range v.lines {
		sum += l.worth
	}
	dear := false
	for _, l := range v.lines {
		broken := func(r Rule, want, got string) {
			out = append(out, store.Finding{Rule: string(r), Line: l.Line, Want: want, Got: got})
		}
		if l.Final {
			broken(FinalRule, "", string(l.Item))
		}
		days, err := v.daysSince(l.RMALine)
		if err != nil {
			return nil, err
		}
		if l.Days > 0 && days > l.Days {
			broken(DaysRule, fmt.Sprintf("<= %d", l.Days), fmt.Sprint(days))
		}
		if l.Above > 0 && sum > l.Above && !dear {
			dear = true // it is the whole return's
			broken(AmountRule, "<= "+l.Above.String(), sum.String())
		}
		if l.Order == "" {
			broken(OrderRule, "", string(l.Item))
		}
		if l.Proof && l.Order == "" && v.Proof == "" {
			broken(ProofRule, "", string(l.Item))
		}
		if _, known := v.reason(l.Reason); !known {
			broken(ReasonRule, "", l.Reason)
		}
	}
	return out, nil
}

// daysSince is how many days before the request its goods were signed for; 0 where they
// were not yet, or nobody knows.
func (v review) daysSince(l store.RMALine) (int64, error) {
	if l.Order == "" {
		return 0, nil
	}
	signed, err := v.tx.SignedFor(l.Order, l.OrderLine)
	if err != nil || signed == 0 {
		return 0, err
	}
	day := func(ms int64) time.Time {
		return store.DateOf(time.UnixMilli(ms).In(v.tx.Now().Location())).Time(time.UTC)
	}
	return int64(day(v.Placed).Sub(day(signed)) / (24 * time.Hour)), nil
}

func (v review) reason(code string) (store.Reason, bool) {
	i := slices.IndexFunc(v.reasons, func(x store.Reason) bool { return x.Code == code })
	if i < 0 {
		return store.Reason{}, false
	}
	return v.reasons[i], true
}

// terms are what is kept of a refund. A return has one set of them: the highest that any
// line asks for whose costs are the customer's, by its policy or, where that goes by who is
// liable, by its reason.
func (v review) terms() (t store.Terms) {
	for _, l := range v.lines {
		reason, _ := v.reason(l.Reason)
		if l.Bearer == store.CustomerBears ||
			l.Bearer == store.LiableBears && reason.Liable == store.CustomerBears {
			t.Restocking = max(t.Restocking, l.Restocking)
			t.Carriage = max(t.Carriage, l.Carriage)
		}
	}
	return t
}

package order

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"scanbay/store"
)

// A Rule of the review says what an order must be to be confirmed by itself.
type Rule string

// The rules of the review. Each can be switched off for a channel, and takes a
// parameter.
const (
	Complete  Rule = "complete"  // lines and a recipient; "lines": lines alone
	Sellable  Rule = "sellable"  // every item is known and sold
	Quantity  Rule = "quantity"  // whole packs. How many pieces a line may have; 0: any
	Price     Rule = "price"     // within so many per cent of the list
	Amount    Rule = "amount"    // what is to be paid adds up, within so much a line
	Payment   Rule = "payment"   // paid, or to be collected. Methods that may be paid later
	Duplicate Rule = "duplicate" // not the same bought twice within so many minutes
	Policy    Rule = "policy"    // such as "amount:50000 province:新疆,西藏 customer:C7"
	InStock   Rule = "stock"     // all of it is available
	Mode      Rule = "mode"      // it can be delivered so; "mode", "carrier": these are said
)

// A subject is an order under review. Its money is what came for it so far.
type subject struct {
	store.Order
	tx     *store.Tx
	person store.Recipient
	param  string
}

// A check gives what an order fails a rule by.
type check func(subject) ([]store.Finding, error)

// review is the rule set, in the order in which its findings are shown, with the
// parameter that holds where the site has set none. Which rules hold for a channel
// is the warehouse's data: store.RuleSet.
var review = []struct {
	Rule
	param string
	check
}{
	{Complete, "", complete},
	{Sellable, "", sellable},
	{Quantity, "0", quantity},
	{Price, "10", price},
	{Amount, "0.01", amount},
	{Payment, "monthly 月结 account 账期", payment},
	{Duplicate, "1440", duplicate},
	{Policy, "", policy},
	{Mode, "", mode},
	{InStock, "", inStock},
}

// Rules lists every rule of the review.
func Rules() (out []Rule) {
	for _, r := range review {
		out = append(out, r.Rule)
	}
	return out
}

// RuleNow is what holds of a rule for a channel.
type RuleNow struct {
	Rule
	On    bool
	Param string
}

// RulesNow reads what holds for a channel, rule by rule.
func RulesNow(r *store.Reader, channel string) (out []RuleNow, err error) {
	set, err := r.Rules(channel)
	for _, rule := range review {
		now := RuleNow{rule.Rule, true, rule.param}
		if said, found := set[string(rule.Rule)]; found {
			now.On = bool(said.Active)
			if said.Param != "" {
				now.Param = said.Param
			}
		}
		out = append(out, now)
	}
	return out, err
}

func findings(tx *store.Tx, o store.Order) (out []store.Finding, err error) {
	rules, err := RulesNow(&tx.Reader, o.Channel)
	if err != nil {
		return nil, err
	}
	about := subject{Order: o, tx: tx}
	if about.person, err = tx.Recipient(o.Recipient); err != nil {
		return nil, err
	}
	about.Lines = slices.DeleteFunc(slices.Clone(o.Lines), func(l store.OrderLine) bool {
		return l.Net() == 0 // nobody wants it any more
	})
	for i, r := range review {
		if !rules[i].On {
			continue
		}
		about.param = rules[i].Param
		f, err := r.check(about)
		if err != nil {
			return nil, err
		}
		for j := range f {
			f[j].Rule = string(r.Rule)
		}
		out = append(out, f...)
	}
	return out, nil
}

// complete takes what a platform masks for said: it goes with a token.
func complete(s subject) (out []store.Finding, _ error) {
	miss := func(what string) { out = append(out, store.Finding{Want: what}) }
	if len(s.Lines) == 0 {
		miss("lines")
	}
	if s.param == "lines" {
		return out, nil
	}
	if s.person.Name == "" {
		miss("name")
	}
	if s.person.Phone == "" && s.person.Token == "" {
		miss("phone")
	}
	if s.person.Address == "" && s.Order.Mode != store.PickUp {
		miss("address")
	}
	return out, nil
}

// each looks at the item of each line. One that nobody knows is sellable's to find.
func (s subject) each(look func(store.OrderLine, store.Item) *store.Finding) (
	out []store.Finding, _ error) {
	for _, l := range s.Lines {
		i, err := s.tx.Item(l.Item)
		if _, unknown := store.RefusalOf(err); unknown {
			continue
		}
		if err != nil {
			return nil, err
		}
		if f := look(l, i); f != nil {
			f.Line = l.Line
			out = append(out, *f)
		}
	}
	return out, nil
}

func sellable(s subject) (out []store.Finding, err error) {
	for _, l := range s.Lines {
		i, err := s.tx.Item(l.Item)
		if _, unknown := store.RefusalOf(err); err != nil && !unknown {
			return nil, err
		}
		if err != nil || !bool(i.Active) {
			out = append(out, store.Finding{Line: l.Line, Got: string(l.Item)})
		}
	}
	return out, nil
}

func quantity(s subject) ([]store.Finding, error) {
	most, _ := strconv.ParseInt(s.param, 10, 64) // 0 for no number: no limit
	return s.each(func(l store.OrderLine, i store.Item) *store.Finding {
		switch n := l.Net(); {
		case i.Multiple > 1 && n%i.Multiple != 0:
			return &store.Finding{Want: "x " + i.Multiple.String(), Got: n.String()}
		case most > 0 && n > store.Qty(most):
			return &store.Finding{Want: "<= " + s.param, Got: n.String()}
		}
		return nil
	})
}

// price compares with the list what is asked for money: gifts and the parts of a
// kit are not.
func price(s subject) ([]store.Finding, error) {
	percent, _ := strconv.ParseInt(s.param, 10, 64)
	return s.each(func(l store.OrderLine, i store.Item) *store.Finding {
		foreign := s.Currency != "" && i.Currency != "" && s.Currency != i.Currency
		if i.Price == 0 || bool(l.Gift) || l.Parent != 0 || foreign || s.Due() == 0 {
			return nil
		}
		if off := max(l.Price-i.Price, i.Price-l.Price); off*100 > i.Price*store.Money(percent) {
			return &store.Finding{Want: i.Price.String(), Got: l.Price.String()}
		}
		return nil
	})
}

// amount looks for money that does not add up: the lines against what is said of
// them, and more to be paid than the order comes to. Too little is payment's.
func amount(s subject) (out []store.Finding, _ error) {
	each, _ := store.ParseMoney(s.param)
	room := each * store.Money(len(s.Lines)+1)
	var paid, list store.Money
	for _, l := range s.Lines {
		paid, list = paid+l.Paid, list+l.Price*store.Money(l.N)-l.Discount
	}
	differs := func(a, b store.Money) bool { return max(a-b, b-a) > room }
	list -= s.Discount
	if paid != 0 && list > 0 && differs(paid, list) && differs(paid, list+s.Taxes()) {
		return []store.Finding{{Want: list.String(), Got: paid.String()}}, nil
	}
	due, said := s.Due(), s.Order.Paid+s.COD
	if said > due+s.Taxes()+room && due > 0 {
		return []store.Finding{{Want: due.String(), Got: said.String()}}, nil
	}
	return nil, nil
}

// payment wants an order paid, or to be paid at the door, or by a method that may
// be paid later. An order that asks for no money is paid.
func payment(s subject) ([]store.Finding, error) {
	paid, err := s.tx.PaidFor(s.Order)
	if err != nil {
		return nil, err
	}
	due := s.Due()
	room := store.MoneyUnit / 100 * store.Money(len(s.Lines)+1)
	later := slices.Contains(strings.Fields(s.param), s.PayMethod) && s.PayMethod != ""
	if later || paid+s.COD+room >= due {
		return nil, nil
	}
	return []store.Finding{{Want: due.String(), Got: (paid + s.COD).String()}}, nil
}

func duplicate(s subject) ([]store.Finding, error) {
	minutes, _ := strconv.ParseInt(s.param, 10, 64)
	twins, err := s.tx.Twins(s.Order, s.person, minutes*60_000)
	if err != nil || len(twins) == 0 {
		return nil, err
	}
	return []store.Finding{{Got: string(twins[0])}}, nil
}

// policy is what the site does not sell: too much money, to such provinces, to such
// customers.
func policy(s subject) (out []store.Finding, _ error) {
	for _, word := range strings.Fields(s.param) {
		what, list, _ := strings.Cut(word, ":")
		some := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '，' })
		switch what {
		case "amount":
			if most, ok := store.ParseMoney(list); ok && s.Due() > most {
				out = append(out, store.Finding{Want: "<= " + list, Got: s.Due().String()})
			}
		case "province":
			for _, p := range some {
				if strings.HasPrefix(s.Province, p) {
					out = append(out, store.Finding{Want: "!= " + p, Got: s.Province})
				}
			}
		case "customer":
			if slices.Contains(some, s.Customer) {
				out = append(out, store.Finding{Want: "!= " + s.Customer, Got: s.Customer})
			}
		}
	}
	return out, nil
}

// mode looks whether the order can be delivered as it says.
func mode(s subject) (out []store.Finding, err error) {
	miss := func(what string) { out = append(out, store.Finding{Want: what}) }
	if s.Order.Mode == "" && strings.Contains(s.param, "mode") {
		miss("mode")
	}
	named := strings.Contains(s.param, "carrier") || s.Waybill != "" ||
		s.Order.Mode == store.Freight
	if named && s.Order.Mode.NeedsWaybill() && s.Carrier == "" {
		miss("carrier")
	}
	if s.Waybill == "" {
		return out, nil
	}
	others, err := s.tx.OrdersWithWaybill(s.Waybill)
	for _, id := range others {
		if id < s.ID {
			return append(out, store.Finding{Want: "waybill", Got: string(s.Waybill)}), err
		}
	}
	return out, err
}

func inStock(s subject) (out []store.Finding, err error) {
	free := levels{tx: s.tx}
	for _, l := range s.Lines {
		got, err := free.take(l.Item, l.Owed())
		if err != nil {
			return nil, err
		}
		if got < l.Owed() {
			out = append(out, store.Finding{Line: l.Line,
				Want: fmt.Sprintf("%s x %d", l.Item, l.Owed()), Got: fmt.Sprint(got)})
		}
	}
	return out, nil
}

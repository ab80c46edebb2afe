package screens

import (
	"context"
	"regexp"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/order"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// How a phone order can be paid; the review knows them by these words.
const (
	byTransfer = "transfer"
	atTheDoor  = "cod"
	monthly    = "monthly"
)

// NewOrder takes an order that a customer gives by phone.
type NewOrder struct {
	form
	order   store.Order
	person  store.Recipient
	offers  []order.Offer // of the lines
	ceiling int64         // a quantity above it is asked about
	became  *order.Outcome
}

func newOrder(sh *tui.Shell) *NewOrder {
	n := &NewOrder{form: form{sh: sh}}
	n.reset()
	return n
}

// reset begins the next order.
func (n *NewOrder) reset() {
	n.order = store.Order{Mode: store.Express, PayMethod: byTransfer}
	n.person, n.offers, n.became, n.at = store.Recipient{}, nil, nil, 0
}

// Open implements tui.Screen.
func (n *NewOrder) Open() tea.Cmd {
	return tui.Do(n.sh, func(ctx context.Context) (int64, error) {
		return store.Get(ctx, n.sh.Store, func(r *store.Reader) (int64, error) {
			return r.Number(store.QtyCeiling)
		})
	}, func(most int64) tea.Cmd {
		n.ceiling = most
		return nil
	})
}

// fields are the rows of the order itself, by the names that its fields have.
func (n *NewOrder) fields() []string {
	out := []string{"phone", "name", "address", "province", "customer", "mode"}
	if n.order.Mode.NeedsWaybill() {
		out = append(out, "carrier")
	}
	out = append(out, "pay_method")
	if n.order.PayMethod == atTheDoor {
		out = append(out, "cod")
	}
	return append(out, "buyer_remark")
}

// text is where the value of a field that is typed as it is stands; nil for another.
func (n *NewOrder) text(field string) *string {
	return map[string]*string{"name": &n.person.Name, "address": &n.person.Address,
		"province": &n.order.Province, "customer": &n.order.Customer,
		"buyer_remark": &n.order.BuyerRemark}[field]
}

// value is how a field reads now.
func (n *NewOrder) value(field string) string {
	t, o := n.sh.Text, n.order
	switch field {
	case "phone":
		return n.person.Phone
	case "mode":
		return t.Deliveries()[o.Mode]
	case "carrier":
		return string(o.Carrier)
	case "pay_method":
		return t.PayMethods()[o.PayMethod]
	case "cod":
		if o.COD == 0 {
			return t.CODAll(o.Due())
		}
		return o.COD.String()
	}
	return *n.text(field)
}

func (n *NewOrder) rows() (out []row) {
	t := n.sh.Text
	for _, field := range n.fields() {
		about := t.NewOrderRows()[field]
		out = append(out, row{about.Name, n.value(field), about.About,
			func() tea.Cmd { return n.edit(field, about.Name) }})
	}
	for i, l := range n.order.Lines {
		about := t.NewLineAbout(n.offers[i].Title(), n.offers[i].Available)
		out = append(out, row{string(l.Item), t.NewLine(l.N, l.Price), about,
			func() tea.Cmd { return n.line(i) }})
	}
	return out
}

// edit asks for the value of a field, and goes on to the next.
func (n *NewOrder) edit(field, called string) tea.Cmd {
	switch field {
	case "mode":
		modes := []store.Delivery{store.Express, store.Freight, store.PickUp, store.OwnFleet}
		return pickOne(n, called, n.sh.Text.Deliveries(), modes, func(m store.Delivery) {
			n.order.Mode = m
		})
	case "pay_method":
		return pickOne(n, called, n.sh.Text.PayMethods(), []string{byTransfer, atTheDoor, monthly},
			func(method string) { n.order.PayMethod = method })
	}
	value := n.value(field)
	if field == "cod" && n.order.COD == 0 {
		value = ""
	}
	return n.ask(called, value, func(text string) tea.Cmd {
		switch field {
		case "phone":
			return n.call(flat(text))
		case "carrier":
			n.order.Carrier = store.CarrierID(text)
		case "cod":
			amount, ok := store.ParseMoney(text)
			if text != "" && (!ok || amount < 0) {
				n.sh.Note(n.sh.Text.BadAmount(text))
				return nil
			}
			n.order.COD = amount
		default:
			*n.text(field) = text
		}
		n.at++
		return nil
	})
}

// pickOne has a person choose the value of a field.
func pickOne[T ~string](n *NewOrder, called string, names map[T]string, values []T,
	set func(T)) tea.Cmd {
	var options []string
	for _, v := range values {
		options = append(options, names[v])
	}
	return n.sh.Choose(tui.Choice{Title: called, Options: options, Pick: func(i int) tea.Cmd {
		set(values[i])
		n.at++
		return nil
	}})
}

var phone = regexp.MustCompile(`^\+?[0-9-]{7,20}$`)

// call takes a phone number down. A person who is known by it is offered, and taken by
// a key alone.
func (n *NewOrder) call(number string) tea.Cmd {
	if number != "" && !phone.MatchString(number) {
		n.sh.Note(n.sh.Text.BadPhone(number))
		return nil
	}
	n.person.Phone = number
	n.at++
	type known struct {
		store.Order
		store.Recipient
	}
	return tui.Do(n.sh, func(ctx context.Context) (k known, err error) {
		k.Order, k.Recipient, err = order.Known(ctx, n.sh.Store, number)
		return k, err
	}, func(k known) tea.Cmd {
		if k.Recipient.Name == "" || k.Recipient.Name == n.person.Name {
			return nil
		}
		p := k.Recipient
		return n.sh.Ask(tui.Question{
			Text: n.sh.Text.KnownPerson(p.Name, store.Masked(p.Phone),
				join(k.Province, p.City, p.Address)),
			Yes: func() tea.Cmd {
				p.ID, p.Token = "", ""
				n.person, n.order.Province, n.order.Customer = p, k.Province, k.Customer
				return nil
			}})
	})
}

// selected is the line that the cursor is on.
func (n *NewOrder) selected() (i int, ok bool) {
	i = int(n.at) - len(n.fields())
	return i, i >= 0 && i < len(n.order.Lines)
}

// Scan implements tui.Screen: an item, or on a line a number that was typed.
func (n *NewOrder) Scan(s scanner.Scan) tea.Cmd {
	if n.became != nil {
		n.reset()
	}
	i, ok := n.selected()
	_, number := typedQty(s)
	if !ok || !number {
		return n.find(s)
	}
	return tui.Do(n.sh, func(ctx context.Context) (bool, error) {
		return order.IsItem(ctx, n.sh.Store, s.Label.Text)
	}, func(item bool) tea.Cmd {
		if !item {
			return n.count(i, s)
		}
		return n.sh.Ask(tui.Question{Text: n.sh.Text.AskItemOrQty(s.Label.Text),
			Yes: func() tea.Cmd { return n.find(s) },
			No:  func() tea.Cmd { return n.count(i, s) }})
	})
}

// find puts an item on the order; one that is on it already, once more.
func (n *NewOrder) find(s scanner.Scan) tea.Cmd {
	by := n.sh.By(s)
	return tui.Do(n.sh, func(ctx context.Context) (order.Offer, error) {
		return order.FindItem(ctx, n.sh.Store, by)
	}, func(found order.Offer) tea.Cmd {
		i := slices.IndexFunc(n.order.Lines, func(l store.OrderLine) bool {
			return l.Item == found.SKU
		})
		if i < 0 {
			i = len(n.order.Lines)
			n.order.Lines = append(n.order.Lines,
				store.OrderLine{Item: found.SKU, Price: found.Price})
			n.offers = append(n.offers, found)
		}
		n.order.Lines[i].N += found.N
		n.at = cursor(len(n.fields()) + i)
		n.sh.Tell(found.Title())
		return nil
	})
}

// count gives a line the quantity that was typed. A large one is asked about.
func (n *NewOrder) count(i int, s scanner.Scan) tea.Cmd {
	qty, ok := typedQty(s)
	if !ok || qty <= 0 {
		return refuse(n.sh, s, store.BadQuantity, "")
	}
	set := func() tea.Cmd {
		n.order.Lines[i].N = qty
		n.sh.Note()
		return nil
	}
	if int64(qty) > n.ceiling {
		most := store.Qty(n.ceiling).String()
		return n.sh.Ask(tui.Question{Text: n.sh.Text.AskQuantity(qty.String(), most), Yes: set})
	}
	return set()
}

// line changes a line, or takes it off the order.
func (n *NewOrder) line(i int) tea.Cmd {
	t, l := n.sh.Text, n.order.Lines[i]
	return n.sh.Choose(tui.Choice{Title: t.NewLineTitle(),
		Options: []string{t.NewLineQty(), t.NewLineDrop()}, Pick: func(pick int) tea.Cmd {
			if pick == 1 {
				n.order.Lines = slices.Delete(n.order.Lines, i, i+1)
				n.offers = slices.Delete(n.offers, i, i+1)
				n.sh.Note(t.NewLineDropped(l.Item))
				return nil
			}
			return n.ask(string(l.Item), l.N.String(), func(text string) tea.Cmd {
				return n.count(i, n.sh.Keyed(text))
			})
		}})
}

// save takes the order in, and lets the authority decide on it: two operations, since
// the order stands, whatever becomes of it.
func (n *NewOrder) save() tea.Cmd {
	o, by := n.order, n.sh.By(scanner.Scan{Source: keyed})
	switch {
	case o.PayMethod != atTheDoor:
		o.COD = 0
	case o.COD == 0:
		o.COD = o.Due()
	}
	for _, found := range n.offers {
		o.Currency = found.Currency
	}
	return tui.Do(n.sh, func(ctx context.Context) (store.OrderID, error) {
		return order.Enter(ctx, n.sh.Store, by, o, n.person)
	}, func(id store.OrderID) tea.Cmd {
		n.reset()
		return tui.Do(n.sh, func(ctx context.Context) (order.Outcome, error) {
			return order.After(ctx, n.sh.Store, id)
		}, n.tell)
	})
}

// tell says what became of the order.
func (n *NewOrder) tell(out order.Outcome) tea.Cmd {
	n.became = &out
	said := n.sh.Text.Entered(out.PlatformNo, n.sh.Text.OrderStates()[out.Stands])
	if out.State == store.Held {
		n.sh.Note(said)
	} else {
		n.sh.Tell(said)
	}
	return nil
}

// Refused implements tui.Refused: what lacks is the next to fill in.
func (n *NewOrder) Refused(r *store.Refusal) tea.Cmd {
	if i := slices.Index(n.fields(), r.Want); r.Code == store.Incomplete && i >= 0 {
		n.at = cursor(i)
	}
	return nil
}

// Key implements tui.Screen.
func (n *NewOrder) Key(k tea.KeyMsg) tea.Cmd {
	if n.became == nil {
		return n.key(k, n.rows())
	}
	if k.Type == tea.KeyEnter {
		n.reset()
		n.sh.Note()
	}
	return nil
}

// Keys implements tui.Keyed.
func (n *NewOrder) Keys() []tui.Binding {
	if n.became != nil {
		return nil
	}
	return []tui.Binding{{Key: "f5", Command: i18n.Save, Do: n.save},
		{Key: "esc", Command: i18n.Back, Do: n.leave}}
}

// leave asks before it drops what was typed.
func (n *NewOrder) leave() tea.Cmd {
	typed := len(n.order.Lines) > 0 || n.person != (store.Recipient{})
	for _, field := range n.fields() {
		at := n.text(field)
		typed = typed || at != nil && *at != ""
	}
	if !typed {
		return n.sh.Pop()
	}
	return n.sh.Ask(tui.Question{Text: n.sh.Text.AskLeaveOrder(), Yes: n.sh.Pop, Keep: true})
}

// View implements tui.Screen.
func (n *NewOrder) View(w, h int) []string {
	t := n.sh.Text
	if n.became == nil {
		return n.view(t.NewOrderTitle(len(n.order.Lines), n.order.Due()), t.NewOrderHint(),
			n.rows(), w, h)
	}
	o := n.became
	data := []string{n.sh.Theme.Title.Render(component.Fit(o.PlatformNo, w))}
	for _, f := range o.Findings {
		problem, remedy := t.Finding(f)
		data = append(data, component.Paragraphs(w, "- "+problem, remedy)...)
	}
	for _, id := range o.Slips {
		data = append(data, component.Wrap(t.EnteredSlip(id), w)...)
	}
	if o.State != store.Held && len(o.Slips) == 0 {
		data = append(data, component.Wrap(t.EnteredWaits(), w)...)
	}
	return component.Page(data, component.Wrap(t.EnteredHint(), w), w, h)
}

package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"scanbay/store"
	"scanbay/store/returns"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// noticesMax is how many are told of at a time.
const noticesMax = 10_000

type noticesCmd struct {
	Sent      bool   `help:"Record that they were sent: they are listed no more."`
	JSON      bool   `name:"json" xor:"as" help:"Print a JSON object a line."`
	CSV       bool   `name:"csv" xor:"as" help:"Print a table, with a header."`
	DB        string `default:"scanbay.db" placeholder:"FILE|URL" help:"Database (${default})."`
	Warehouse string `help:"Of several that the database, or the server, is of."`
	Central   string `placeholder:"URL" help:"Have this central server tell, and record."`
	Admin     string `default:"central.db.admin" placeholder:"FILE" help:"Its secret (${default})."`
}

// Help tells how a program sends them.
func (noticesCmd) Help() string {
	return "Each step of a return that its customer is to hear of is listed until it was sent: " +
		"approved,\nrejected, asked, received, refund, exchange; and of an order, where " +
		"order_notices is set on:\nconfirmed, shipped, delayed, delivered. A program sends " +
		"what --sent " +
		"--json prints: nothing\nis printed so twice. While a station works, only the list can " +
		"be had; a central server, by\n--central, records them at any time."
}

// A notice is what one customer is to be told.
type notice struct {
	Return   store.RMAID      `json:"return,omitempty"`
	Request  string           `json:"request,omitempty"` // the platform's number of it
	Of       store.NoticeKind `json:"of"`
	At       string           `json:"at"`
	Name     string           `json:"name,omitempty"`
	Phone    string           `json:"phone,omitempty"`
	Customer string           `json:"customer,omitempty"`
	Channel  string           `json:"channel,omitempty"`
	Zh       string           `json:"zh"`
	En       string           `json:"en"`
	Order    string           `json:"order,omitempty"` // the platform's number of it
}

// fields stand in the order of the header.
func (n notice) fields() []string {
	return []string{string(n.Return), n.Request, string(n.Of), n.At, n.Name, n.Phone, n.Customer,
		n.Channel, n.Zh, n.En, n.Order}
}

func noticeHeader() []string {
	return []string{"return", "request", "of", "at", "name", "phone", "customer", "channel", "zh",
		"en", "order"}
}

// Run lists what customers are to be told, and records it as sent once it was printed.
func (n noticesCmd) Run(ctx context.Context, c *console) error {
	if n.Central != "" {
		return n.there(ctx, c)
	}
	at := placeAt{n.DB, n.Warehouse}
	return at.with(ctx, c, n.Sent, func(s *store.Store) error {
		var said adminSaid
		if err := said.owed(ctx, s); err != nil {
			return err
		}
		return n.tell(c, said, func() error { return tellSent(ctx, s, said.Owed) })
	})
}

// toldAtOnce is how many notices a request to central holds.
const toldAtOnce = 200

// there has central tell, and record.
func (n noticesCmd) there(ctx context.Context, c *console) error {
	at := centralAt{Central: n.Central, Admin: n.Admin,
		Warehouse: cmp.Or(n.Warehouse, anyWarehouse)}
	ask := func(a adminAsk) (said adminSaid, err error) {
		a.Warehouse = at.Warehouse
		text, err := json.Marshal(a)
		if err != nil {
			return said, err
		}
		err = at.post(ctx, c, adminPath, "application/json", bytes.NewReader(text), &said)
		if err == nil && said.Failed == noWarehouse {
			err = complaint(c.words().NoWarehouse(at.Warehouse))
		}
		return said, err
	}
	said, err := ask(adminAsk{Do: "notices"})
	if err != nil {
		return err
	}
	return n.tell(c, said, func() error {
		for some := range slices.Chunk(said.Owed, toldAtOnce) {
			if _, err := ask(adminAsk{Do: "told", Told: some}); err != nil {
				return err
			}
		}
		return nil
	})
}

// tell prints the notices, and has them recorded as sent if that is wanted.
func (n noticesCmd) tell(c *console, said adminSaid, sent func() error) error {
	if err := n.print(c, said.Notices); err != nil || !n.Sent {
		return err
	}
	if err := sent(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(c.Err, c.words().NoticesSent(len(said.Owed)))
	return err
}

// owed reads what customers are to be told.
func (said *adminSaid) owed(ctx context.Context, s *store.Store) (err error) {
	if said.Owed, err = returns.Pending(ctx, s, noticesMax); err != nil {
		return err
	}
	said.Notices, err = toTell(ctx, s, said.Owed)
	return err
}

// tellSent records that customers were told.
func tellSent(ctx context.Context, s *store.Store, told []store.Notice) error {
	for _, n := range told {
		if err := returns.Sent(ctx, s, store.Gesture{Source: "keyed"}, n); err != nil {
			return err
		}
	}
	return nil
}

// print writes notices as they are asked for.
func (n noticesCmd) print(c *console, all []notice) error {
	switch {
	case n.JSON:
		enc := newJSON(c.Out)
		for _, x := range all {
			if err := enc.Encode(x); err != nil {
				return err
			}
		}
		return nil
	case n.CSV:
		w := csv.NewWriter(c.Out)
		err := w.Write(noticeHeader())
		for _, x := range all {
			row := x.fields()
			for i := range row {
				row[i] = harmless(row[i])
			}
			err = errors.Join(err, w.Write(row))
		}
		w.Flush()
		return errors.Join(err, w.Error())
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(c.Out, c.words().NoNotices())
		return err
	}
	for _, x := range all {
		who := slices.DeleteFunc([]string{string(x.Return), x.Order, x.At, x.Channel, x.Name,
			x.Phone, x.Customer}, func(s string) bool { return s == "" })
		_, err := fmt.Fprintf(c.Out, "%s\n  %s\n  %s\n", component.Clean(strings.Join(who, "  ")),
			component.Clean(x.Zh), component.Clean(x.En))
		if err != nil {
			return err
		}
	}
	return nil
}

// A telling is what is known of a return that a customer is to be told of.
type telling struct {
	store.RMA
	store.RMADecision
	here   bool            // some of it came
	back   string          // what goes back in all
	orders []store.OrderID // that go out for it
	by     store.WaybillNo // that goods of it went back to their customer by, the last time
}

// toTell puts what waits into words.
func toTell(ctx context.Context, s *store.Store, waits []store.Notice) (out []notice, err error) {
	err = s.Read(ctx, func(r *store.Reader) error {
		for _, w := range waits {
			p, err := r.Recipient(w.Recipient)
			if err != nil {
				return err
			}
			n := notice{Of: w.Of, At: momentOf(s, w.At), Name: p.Name, Phone: p.Phone,
				Customer: w.Customer, Channel: w.Channel}
			say := n.ofReturn
			if w.Of.OfOrder() {
				say = n.ofOrder
			}
			if n, err = say(r, w.Ref); err != nil {
				return err
			}
			out = append(out, n)
		}
		return nil
	})
	return out, err
}

// ofReturn puts a notice of a return into words.
func (n notice) ofReturn(r *store.Reader, ref string) (notice, error) {
	t, err := tellingOf(r, store.RMAID(ref))
	n.Return, n.Request = t.RMA.ID, t.Source
	n.Zh, n.En = chinese{}.Notice(n.Of, t), english{}.Notice(n.Of, t)
	return n, err
}

// A sending is what is known of orders that a customer is to be told of.
type sending struct {
	called   string // the orders, as the customer knows them
	carrier  store.CarrierID
	waybills string
	said     store.Tracking // the last that the carrier said so
}

// ofOrder puts a notice of an order, or of the slip of some, into words.
func (n notice) ofOrder(r *store.Reader, ref string) (notice, error) {
	orders, slip := []store.OrderID{store.OrderID(ref)}, store.SlipID("")
	if n.Of != store.NoticeConfirmed {
		var err error
		slip = store.SlipID(ref)
		if orders, err = r.OrdersOn(slip); err != nil {
			return n, err
		}
	}
	var x sending
	var called []string
	for _, id := range orders {
		o, err := r.Order(id)
		if err != nil {
			return n, err
		}
		called = append(called, cmp.Or(o.PlatformNo, string(id)))
		x.carrier = o.Carrier
	}
	x.called = strings.Join(called, ", ")
	if err := x.sent(r, slip, n.Of); err != nil {
		return n, err
	}
	n.Order, n.Zh, n.En = x.called, chinese{}.Sending(n.Of, x), english{}.Sending(n.Of, x)
	return n, nil
}

// sent reads how a slip is on its way.
func (x *sending) sent(r *store.Reader, slip store.SlipID, of store.NoticeKind) error {
	if slip == "" {
		return nil
	}
	all, err := r.WaybillsOf(slip)
	if err != nil {
		return err
	}
	boxes, err := r.CartonsOf(slip)
	if err != nil {
		return err
	}
	var numbers []string
	for _, w := range all {
		here := slices.ContainsFunc(boxes, func(c store.Carton) bool {
			return c.ID == w.Carton && c.Step != store.CartonShipped
		})
		if !here {
			numbers = append(numbers, string(w.No))
		}
	}
	x.waybills = strings.Join(numbers, ", ")
	said, err := r.TrackingOf(slip)
	for _, m := range said {
		if "order_"+string(m.State) == string(of) {
			x.said = m
		}
	}
	return err
}

func tellingOf(r *store.Reader, id store.RMAID) (t telling, err error) {
	if t.RMA, err = r.RMA(id); err != nil {
		return t, err
	}
	if t.RMADecision, err = r.RMADecision(id); err != nil {
		return t, err
	}
	goods, err := r.GoodsOf(id)
	if err != nil {
		return t, err
	}
	t.here = slices.ContainsFunc(goods, func(g store.Goods) bool { return g.Received > 0 })
	if t.orders, err = r.ExchangesOf(id); err != nil {
		return t, err
	}
	if t.by, err = r.SentBackBy(id); err != nil {
		return t, err
	}
	due, err := r.Refunds(id)
	t.back = inAll(due)
	return t, err
}

// inAll is what refunds come to, by their currencies.
func inAll(due []store.Refunding) string {
	sums := map[string]store.Money{}
	var order []string
	for _, f := range due {
		if !f.Live() {
			continue
		}
		if _, known := sums[f.Currency]; !known {
			order = append(order, f.Currency)
		}
		sums[f.Currency] += f.Amount
	}
	var out []string
	for _, currency := range order {
		out = append(out, strings.TrimSpace(sums[currency].String()+" "+currency))
	}
	return strings.Join(out, " + ")
}

// called is a return by our number and the one that the customer knows.
func (t telling) called() string {
	if t.Source == "" {
		return string(t.RMA.ID)
	}
	return fmt.Sprintf("%s (%s)", t.RMA.ID, t.Source)
}

// why is why the policies take nothing back, in a language.
func (t telling) why(text i18n.ReviewsText) (out []string) {
	for _, f := range t.Findings {
		if returns.Rule(f.Rule).Rejects() {
			f.Line, f.Want = 0, strings.TrimPrefix(f.Want, "<= ")
			problem, _ := text.ReturnFinding(f)
			if !slices.Contains(out, problem) {
				out = append(out, problem)
			}
		}
	}
	return out
}

// goesOut lists the orders that go out for a return.
func (t telling) goesOut() string {
	var out []string
	for _, id := range t.orders {
		out = append(out, string(id))
	}
	return strings.Join(out, ", ")
}

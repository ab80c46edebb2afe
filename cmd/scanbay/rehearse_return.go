package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/intake"
	"scanbay/store/order"
	"scanbay/store/returns"
)

// A comeback is a cancellation of the files: goods that a customer sends back.
type comeback struct {
	no    string // the invoice's
	lines []backLine
}

// A backLine is N of an item, with the orders that its customer bought it by before.
type backLine struct {
	sku    string
	n      store.Qty
	orders []string // the last one last
}

// A backRead takes the cancellations out of files of orders, row by row.
type backRead struct {
	bought map[[2]string][]string // orders, by customer and item
	at     map[string]int         // of a cancellation, in all
	all    []*comeback
}

// sold notes who bought what.
func (b *backRead) sold(customer string, s intake.Sale) {
	if customer == "" {
		return
	}
	if b.bought == nil {
		b.bought = map[[2]string][]string{}
	}
	key := [2]string{customer, string(s.Item)}
	if !slices.Contains(b.bought[key], s.Order) {
		b.bought[key] = append(b.bought[key], s.Order)
	}
}

// cancelled notes what comes back; corrections and fees nobody sends back.
func (b *backRead) cancelled(customer string, s intake.Sale) {
	if s.N >= 0 || !stocked.MatchString(string(s.Item)) {
		return
	}
	i, known := b.at[s.Order]
	if !known {
		if b.at == nil {
			b.at = map[string]int{}
		}
		i, b.at[s.Order] = len(b.all), len(b.all)
		b.all = append(b.all, &comeback{no: s.Order})
	}
	line := backLine{sku: string(s.Item), n: -s.N}
	if customer != "" {
		line.orders = slices.Clone(b.bought[[2]string{customer, line.sku}])
	}
	b.all[i].lines = append(b.all[i].lines, line)
}

// A box came back from outside, with goods.
type box struct {
	rma     string // whose label is on it; empty where nobody announced it
	paper   string // else the number of an order in it
	waybill string // else what it is registered by
	known   bool   // it was
	goods   []some
	tries   int
}

// some is N of an item.
type some struct {
	sku string
	n   store.Qty
}

// label is what whoever opens the box scans.
func (b *box) label() string {
	switch {
	case b.rma != "":
		return own(scanner.ReturnLabel, b.rma)
	case b.paper != "":
		return b.paper
	}
	return b.waybill
}

// How often things happen in the second act.
const (
	ridesAlong = 0.5 // what nobody announced lies in an announced box, where there is one
	twoVisits  = 0.1 // of a line not all is taken at once
	forBench   = 0.2 // a box whose goods are inspected later
	handedBack = 0.4 // of what is refused; the rest goes aside
	mixedGrade = 0.3 // not all pieces of a line are found alike
)

// reasonMix and gradeMix are what customers say, and what is then found.
var (
	reasonMix = []share{{"unwanted", 40}, {"quality", 20}, {"transit", 15}, {"wrong", 10},
		{"parts", 5}, {"description", 5}, {"late", 3}, {"other", 2}}
	gradeMix = []share{{"sealed", 60}, {"opened", 25}, {"used", 6}, {"damaged", 6}, {"parts", 3}}
)

// A share is a code and how many of a hundred it is.
type share struct {
	code string
	of   int
}

// draw is one of a mix.
func draw(chance *rand.Rand, mix []share) string {
	n := chance.IntN(100)
	for _, x := range mix {
		if n -= x.of; n < 0 {
			return x.code
		}
	}
	return mix[0].code
}

// A sent is an order as far as it left, and may still be asked back.
type sent struct {
	id   store.OrderID
	had  map[string]bool
	room map[string]store.Qty
}

// A backAsker turns cancellations into requests and boxes.
type backAsker struct {
	*rehearsal
	chance *rand.Rand
	orders map[string]*sent
	late   []*box // that nobody announced: they come behind the others
}

// returnsAct is the second act: what customers cancelled comes back, and is received,
// inspected and put away.
func (r *rehearsal) returnsAct(ctx context.Context) error {
	began := r.Now()
	defer func() { r.working += r.Now().Sub(began) }()
	all := r.demand.back.all
	a := &backAsker{rehearsal: r, orders: map[string]*sent{},
		chance: rand.New(rand.NewPCG(r.Seed, uint64(len(all))))}
	for _, c := range all {
		if err := a.comesBack(ctx, c); err != nil {
			return err
		}
	}
	r.floor.back.boxes = append(r.floor.back.boxes, a.late...)
	if err := returns.Plan(ctx, r.store); err != nil {
		return err
	}
	r.crew(ctx, true)
	if ctx.Err() != nil {
		return nil
	}
	if err := r.giveBack(ctx); err != nil {
		return err
	}
	r.crew(ctx, false) // goods that came back let orders leave that waited for them
	return nil
}

// crew has the operators work: at the desk for what comes back, or as before.
func (r *rehearsal) crew(ctx context.Context, back bool) {
	r.crewOf(ctx, func(p *person) { p.desk.second = back })
}

// crewOf has the operators work, each as the act wants them.
func (r *rehearsal) crewOf(ctx context.Context, act func(*person)) {
	var working sync.WaitGroup
	for i := range r.Operators {
		p := r.person(operatorNo(i), i, r.handheld(operatorNo(i), languageOf(i)))
		act(p)
		working.Go(func() { p.work(ctx) })
	}
	working.Wait()
}

// giveBack has the supervisor approve what came unannounced, and refunds what is due.
func (r *rehearsal) giveBack(ctx context.Context) error {
	came, err := store.Get(ctx, r.store, (*store.Reader).RMAsUndecided)
	for _, id := range came {
		if err == nil {
			err = returns.Approve(ctx, r.store, r.boss(), id, "checked")
		}
	}
	if err == nil {
		err = returns.Plan(ctx, r.store)
	}
	return err
}

func (r *rehearsal) boss() store.Gesture { return store.Gesture{Operator: supervisorIs} }

// comesBack asks for the return of what earlier orders cover, and boxes the goods.
func (a *backAsker) comesBack(ctx context.Context, c *comeback) error {
	ask := store.RMA{Wants: store.WantsRefund, Proof: c.no}
	var announced, more []some
	extra := map[string]*box{} // by the order that is in it
	for _, l := range c.lines {
		left, paper := l.n, ""
		for _, no := range slices.Backward(l.orders) {
			o, err := a.order(ctx, no)
			if err != nil {
				return err
			}
			if o.had[l.sku] {
				paper = no
			}
			if n := min(left, o.room[l.sku]); n > 0 {
				o.room[l.sku] -= n
				left -= n
				ask.Lines = append(ask.Lines, store.RMALine{Item: store.SKU(l.sku), N: n,
					Order: o.id, Reason: draw(a.chance, reasonMix)})
				announced = append(announced, some{l.sku, n})
			}
		}
		switch {
		case left == 0:
		case len(ask.Lines) > 0 && a.chance.Float64() < ridesAlong:
			more = append(more, some{l.sku, left})
		default:
			if extra[paper] == nil {
				extra[paper] = a.unannounced(paper)
			}
			extra[paper].goods = append(extra[paper].goods, some{l.sku, left})
		}
	}
	if len(ask.Lines) == 0 {
		return nil
	}
	id, err := returns.Request(ctx, a.store, a.boss(), ask)
	if err != nil {
		return fmt.Errorf("%s: %w", c.no, err)
	}
	a.floor.back.boxes = append(a.floor.back.boxes, &box{rma: string(id),
		goods: merged(append(announced, more...))})
	return nil
}

// unannounced is a new box that nobody announced, with an order's number in it or none.
func (a *backAsker) unannounced(paper string) *box {
	b := &box{paper: paper}
	if paper == "" {
		b.waybill = a.floor.wayBack()
	}
	a.late = append(a.late, b)
	return b
}

// merged has each item once.
func merged(all []some) (out []some) {
	for _, h := range all {
		i := slices.IndexFunc(out, func(x some) bool { return x.sku == h.sku })
		if i < 0 {
			out = append(out, h)
			continue
		}
		out[i].n += h.n
	}
	return out
}

// order reads what left of an order, and has it paid.
func (a *backAsker) order(ctx context.Context, no string) (*sent, error) {
	if o := a.orders[no]; o != nil {
		return o, nil
	}
	out := &sent{had: map[string]bool{}, room: map[string]store.Qty{}}
	a.orders[no] = out
	var due store.Money
	err := a.store.Read(ctx, func(r *store.Reader) error {
		all, err := r.OrdersByNo(no)
		if err != nil || len(all) == 0 {
			return err
		}
		o, err := r.Order(all[0])
		out.id, due = o.ID, o.Due()
		for _, l := range o.Lines {
			if l.Shipped > 0 {
				out.had[string(l.Item)] = true
				out.room[string(l.Item)] += l.Shipped
			}
		}
		return err
	})
	if err == nil && len(out.had) > 0 && due > 0 {
		err = order.Pay(ctx, a.store, a.boss(), store.Payment{Order: out.id, ID: "paid-" + no,
			Of: store.MoneyIn, Amount: due})
	}
	return out, err
}

// heldBins are where goods lie that are not sold again, each with its use.
func heldBins() map[string]store.Use {
	const each = 4
	out := map[string]store.Use{}
	for i := range each {
		out[fmt.Sprintf("H-%02d", i+1)] = store.HoldUse
		out[fmt.Sprintf("D-%02d", i+1)] = store.DefectUse
	}
	return out
}

// pieceOf is the item that the label on the screen asks for.
func pieceOf(asks string) string {
	if _, code, ok := scanner.Decode(scanner.DefaultPrefix, asks); ok {
		return code
	}
	return strings.TrimSpace(asks)
}

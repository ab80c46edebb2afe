package screens

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/report"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Look shows what is known of anything that is scanned or typed, and where an order
// stands; a supervisor decides about the order from there.
type Look struct {
	sh    *tui.Shell
	found []store.Found
	card  report.Card
	mates []order.Mate
	shown bool // a card is
	top   int  // the first line of it on the screen
}

// lookAt shows one thing.
func lookAt(sh *tui.Shell, f store.Found) *Look {
	return &Look{sh: sh, card: report.Card{Found: f}, shown: true}
}

// Open implements tui.Screen: what it shows may have changed meanwhile.
func (l *Look) Open() tea.Cmd {
	if !l.shown {
		return nil
	}
	return l.look(l.card.Found)
}

// Scan implements tui.Screen.
func (l *Look) Scan(s scanner.Scan) tea.Cmd {
	by := l.sh.By(s)
	return tui.Do(l.sh, func(ctx context.Context) ([]store.Found, error) {
		return report.LookUp(ctx, l.sh.Store, by)
	}, func(found []store.Found) tea.Cmd {
		l.found, l.top, l.shown = found, 0, false
		l.sh.Note()
		if len(found) == 1 {
			return l.look(found[0])
		}
		return l.which()
	})
}

// which asks which of several things is meant.
func (l *Look) which() tea.Cmd {
	var options []string
	for _, f := range l.found {
		options = append(options, join(l.sh.Text.Kinds()[f.Kind], f.Code, string(f.Item.SKU)))
	}
	return l.sh.Choose(tui.Choice{Title: l.sh.Text.LookMany(len(options)), Options: options,
		Pick: func(i int) tea.Cmd { return l.look(l.found[i]) }})
}

func (l *Look) look(f store.Found) tea.Cmd {
	type read struct {
		card  report.Card
		mates []order.Mate
	}
	return tui.Do(l.sh, func(ctx context.Context) (out read, err error) {
		if out.card, err = report.Look(ctx, l.sh.Store, f); err != nil {
			return out, err
		}
		if f.Kind == store.OrderKind && l.sh.Operator.May(store.Supervisor) {
			out.mates, err = order.Mates(ctx, l.sh.Store, f.Order)
		}
		return out, err
	}, func(r read) tea.Cmd {
		l.card, l.mates, l.shown = r.card, r.mates, true
		return nil
	})
}

// Key implements tui.Screen.
func (l *Look) Key(k tea.KeyMsg) tea.Cmd {
	const page = 10
	switch k.Type {
	case tea.KeyUp:
		l.top--
	case tea.KeyDown:
		l.top++
	case tea.KeyPgUp:
		l.top -= page
	case tea.KeyPgDown:
		l.top += page
	case tea.KeyHome:
		l.top = 0
	case tea.KeyEnter:
		if !l.shown && len(l.found) > 1 {
			return l.which()
		}
	}
	l.top = max(0, l.top)
	return nil
}

// Keys implements tui.Keyed: what a supervisor can do about an order.
func (l *Look) Keys() []tui.Binding {
	if !l.shown || l.card.Kind != store.OrderKind || !l.sh.Operator.May(store.Supervisor) {
		return nil
	}
	if len(l.card.Orders) == 0 {
		return nil // it is being read
	}
	return (&deciding{sh: l.sh, OrderCard: l.card.Orders[0], mates: l.mates, again: l.Open}).keys()
}

// Refused implements tui.Refused: the order is not what the screen shows.
func (l *Look) Refused(r *store.Refusal) tea.Cmd {
	if r.Code == store.NotFound {
		return nil
	}
	return l.Open()
}

// View implements tui.Screen.
func (l *Look) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	if !l.shown {
		title := th.Title.Render(component.Fit(t.LookTitle(), w))
		return component.Page([]string{title}, component.Wrap(t.LookAsk(), w), w, h)
	}
	title := join(t.Kinds()[l.card.Kind], l.card.Code)
	lines := component.Paragraphs(w, cardLines(l.sh, l.card)...)
	room := max(1, h-2)
	l.top = max(0, min(l.top, len(lines)-room))
	data := append([]string{th.Title.Render(component.Fit(title, w))}, lines[l.top:]...)
	todo := component.Wrap(t.CardHint(), w)
	if len(lines) <= room {
		todo = nil
	}
	return component.Page(data, todo, w, h)
}

// cardLines is a card as paragraphs, the most asked for first.
func cardLines(sh *tui.Shell, c report.Card) (out []string) {
	t := sh.Text
	say := func(text string) {
		if text != "" {
			out = append(out, text)
		}
	}
	if c.About.SKU != "" {
		say(join(c.About.Title(), string(c.About.SKU)))
		say(t.CardLevels(c.Levels.OnHand, c.Levels.Reserved, c.Levels.Available))
		for _, code := range c.About.Barcodes {
			say(t.CardCode(plain(code.Code), code.N))
		}
	}
	say(operatorLine(t, c.Operator))
	if c.Bin.Place != "" {
		say(t.CardBin(c.Bin))
	}
	holds := c.Kind == store.BinKind || c.Kind == store.ToteKind || c.Kind == store.CartonKind ||
		c.Kind == store.StageKind
	for _, b := range c.Stock {
		if holds {
			say(t.CardIn(b))
		} else {
			say(t.CardAt(b))
		}
	}
	if len(c.Stock) == 0 && (holds || c.About.SKU != "") {
		say(t.CardNowhere())
	}
	for _, s := range c.Slips {
		out = append(out, slipLines(t, s)...)
	}
	for _, l := range c.Holds {
		say(string(l.Slip))
	}
	for _, o := range c.Orders {
		slips := o.Slips
		if len(c.Slips) > 0 {
			slips = nil
		}
		out = append(out, orderLines(sh, o, slips)...)
	}
	for _, r := range c.Returns {
		out = append(out, returnLines(sh, r)...)
	}
	return append(out, trailLines(sh, c.Trail)...)
}

// returnLines is a return, and what became of its goods.
func returnLines(sh *tui.Shell, r report.ReturnCard) []string {
	t := sh.Text
	out := []string{t.CardReturn(r.ID, t.ReturnStates()[r.Decision.State])}
	for _, f := range r.Decision.Findings {
		if r.Decision.State != store.RMAApproved {
			problem, _ := t.ReturnFinding(f)
			out = append(out, "- "+problem)
		}
	}
	if of := join(t.ReturnWants()[r.Wants], t.ReturnHows()[r.How], r.Proof, r.Note,
		r.Decision.Note); of != "" {
		out = append(out, of)
	}
	if p := t.CardPerson(r.Person, masked(r.Person.Phone)); p != "" {
		out = append(out, p)
	}
	for _, l := range r.Lines {
		out = append(out, t.ReviewLine(l.N, string(l.Item)))
	}
	for _, g := range r.Goods {
		out = append(out, t.CardGoods(g))
	}
	for _, i := range r.Seen {
		out = append(out, join(t.ReviewLine(i.N, string(i.Item)), i.Grade,
			t.Dispositions()[i.As], string(i.Serial), i.Note))
	}
	for _, f := range r.Refunds {
		out = append(out, t.CardRefund(f.Amount, f.Settled != 0))
	}
	for _, id := range r.Exchanges {
		out = append(out, t.CardExchange(id))
	}
	for _, no := range r.Waybills {
		out = append(out, t.CardWaybill(no, ""))
	}
	return out
}

func operatorLine(t i18n.Text, o store.Operator) string {
	if o.ID == "" {
		return ""
	}
	var roles []string
	for _, role := range store.Roles {
		if o.May(role) {
			roles = append(roles, t.Roles()[role])
		}
	}
	return join(append([]string{string(o.ID), o.Name}, roles...)...)
}

func slipLines(t i18n.Text, s store.Slip) []string {
	out := []string{t.CardSlip(s, t.SlipStates()[s.State()])}
	if bool(s.Lease.Held) {
		out = append(out, t.CardHolder(s.Lease.Name))
	}
	if s.Walk > 0 {
		out = append(out, t.CardWalk(s.Walk, s.Plain))
	}
	for _, tote := range s.Totes {
		out = append(out, t.ToteIs(tote.Code()))
	}
	return out
}

// orderLines is an order with its slips, unless they stand above it.
func orderLines(sh *tui.Shell, o report.OrderCard, slips []store.Slip) []string {
	t := sh.Text
	out := []string{t.CardOrder(o.PlatformNo, t.OrderStates()[o.Now])}
	if of := t.CardOf(o.Order); of != "" {
		out = append(out, of)
	}
	for _, f := range o.Findings {
		if o.Now == store.Held {
			problem, remedy := t.Finding(f)
			out = append(out, "- "+problem, "  "+remedy)
		}
	}
	if p := t.CardPerson(o.Person, masked(o.Person.Phone)); p != "" {
		out = append(out, p)
	}
	if due := o.Due(); due != 0 || o.Paid != 0 {
		out = append(out, t.CardMoney(o.Paid, due, o.COD))
	}
	for _, p := range o.Payments {
		out = append(out, join(t.PaymentKinds()[p.Of], p.Amount.String(), p.Method,
			clockAt(sh.Store, p.At)))
	}
	for _, l := range o.Lines {
		out = append(out, t.CardLine(l))
	}
	for _, s := range slips {
		out = append(out, slipLines(t, s)...)
	}
	for _, b := range o.Waybills {
		out = append(out, t.CardWaybill(b.No, b.Carrier))
	}
	for _, r := range o.Returns {
		out = append(out, returnLines(sh, r)...)
	}
	for _, q := range o.Asked {
		out = append(out, t.CardQuestion(q))
	}
	for _, c := range o.Changes {
		out = append(out, t.CardChange(c))
	}
	for _, remark := range []string{o.BuyerRemark, o.SellerRemark} {
		if remark != "" {
			out = append(out, t.Remark(remark))
		}
	}
	return out
}

func trailLines(sh *tui.Shell, trail []store.Envelope) (out []string) {
	if len(trail) == 0 {
		return nil
	}
	out = append(out, sh.Text.CardTrail())
	for _, e := range trail {
		at := time.UnixMilli(e.At + e.Off).In(sh.Store.Zone()).Format("01-02 15:04")
		if e.Off != 0 {
			at = "~" + at // the station's clock was wrong
		}
		out = append(out, join(at, sh.Text.Events()[e.Kind], detail(sh.Text, e),
			string(e.Operator), string(e.Raw)))
	}
	return out
}

// detail is what the kind of an event does not say.
func detail(t i18n.Text, env store.Envelope) string {
	e, err := store.Decode(env.Kind, env.Body)
	if err != nil {
		return ""
	}
	switch e := e.(type) {
	case store.OrderDecided:
		return t.OrderStates()[e.State]
	case store.ItemPicked:
		return e.N.String() + " x " + string(e.Item)
	case store.ItemPacked:
		return e.N.String() + " x " + string(e.Item)
	case store.ItemShorted:
		return e.N.String() + " x " + string(e.Item)
	case store.StockSet:
		return e.N.String() + " x " + string(e.Item)
	case store.ReturnDecided:
		return t.ReturnStates()[e.State]
	case store.ReturnReceived:
		return e.N.String() + " x " + string(e.Item)
	case store.ReturnInspected:
		return e.N.String() + " x " + string(e.Item) + " " + e.Grade
	case store.ReturnShelved:
		return e.N.String() + " x " + string(e.Item) + " " + e.To.Code()
	case store.RefundDue:
		return e.Amount.String()
	case store.PaymentReceived:
		return e.Amount.String()
	case store.ScanRefused:
		problem, _ := i18n.Explain(t, &e.Refusal)
		return problem
	}
	return ""
}

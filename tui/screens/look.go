package screens

import (
	"cmp"
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/report"
	"scanbay/store/returns"
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
	why   []store.Reason // for what adjustments are
	shown bool           // a card is
	top   int            // the first line of it on the screen
	tells bool           // the next scan is the waybill that a return comes by
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
	if l.tells {
		return l.carrier(by)
	}
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
		why   []store.Reason
	}
	return tui.Do(l.sh, func(ctx context.Context) (out read, err error) {
		if out.card, err = report.Look(ctx, l.sh.Store, f, l.sh.Operator); err != nil {
			return out, err
		}
		if f.Kind == store.OrderKind && l.sh.Operator.May(store.Supervisor) {
			if out.mates, err = order.Mates(ctx, l.sh.Store, f.Order); err != nil {
				return out, err
			}
		}
		out.why, err = store.Get(ctx, l.sh.Store, func(r *store.Reader) ([]store.Reason, error) {
			return r.ReasonsOf(store.AdjustReason, store.OverrideReason)
		})
		return out, err
	}, func(r read) tea.Cmd {
		l.card, l.mates, l.why, l.shown = r.card, r.mates, r.why, true
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

// Keys implements tui.Keyed: what can be done about the thing.
func (l *Look) Keys() (out []tui.Binding) {
	boss := l.sh.Operator.May(store.Supervisor)
	switch {
	case !l.shown:
		return nil
	case l.tells:
		return []tui.Binding{{Key: "esc", Command: i18n.Back, Do: l.untell}}
	case l.back() != nil:
		return l.backKeys(*l.back(), boss)
	case !boss:
		return nil
	}
	if l.card.Kind == store.OrderKind && len(l.card.Orders) > 0 {
		out = (&deciding{sh: l.sh, OrderCard: l.card.Orders[0], mates: l.mates,
			again: l.Open}).keys()
	}
	if len(l.gone()) > 0 {
		out = append(out, tui.Binding{Key: "f4", Command: i18n.Signed, Do: l.signed},
			tui.Binding{Command: i18n.Track, Do: l.track})
	}
	return out
}

// gone are the slips of the card of which goods have left.
func (l *Look) gone() (out []store.SlipID) {
	slips := l.card.Slips
	switch l.card.Kind {
	case store.OrderKind:
		for _, o := range l.card.Orders {
			slips = append(slips, o.Slips...)
		}
	case store.SlipKind, store.WaybillKind:
	default:
		return nil
	}
	for _, s := range slips {
		if s.Sums.Shipped > 0 {
			out = append(out, s.ID)
		}
	}
	return out
}

// signed writes down that the customer has the goods of a slip.
func (l *Look) signed() tea.Cmd {
	slips := l.gone()
	if len(slips) == 1 {
		return l.sh.Push(newSigned(l.sh, slips[0]))
	}
	var options []string
	for _, id := range slips {
		options = append(options, string(id))
	}
	return l.sh.Choose(tui.Choice{Title: l.sh.Text.SignedWhich(), Options: options,
		Pick: func(i int) tea.Cmd { return l.sh.Push(newSigned(l.sh, slips[i])) }})
}

// back is the return that the card is of, or nil.
func (l *Look) back() *report.ReturnCard {
	of := l.card.Kind == store.ReturnKind || l.card.Kind == store.ParcelKind
	if !of || len(l.card.Returns) != 1 {
		return nil
	}
	return &l.card.Returns[0]
}

// backKeys are what fits where a return stands.
func (l *Look) backKeys(c report.ReturnCard, boss bool) (out []tui.Binding) {
	state, t := c.Decision.State, l.sh.Text
	open := state != store.RMARejected && state != store.RMACancelled
	if l.sh.Operator.May(store.Receiver) && open {
		out = append(out, tui.Binding{Key: "f4", Command: i18n.Parcel, Do: func() tea.Cmd {
			l.tells = true
			l.sh.Note()
			return nil
		}})
		came := func(g store.Goods) bool { return g.Received > 0 }
		if bool(c.Asked) && !slices.ContainsFunc(c.Goods, came) {
			out = append(out, tui.Binding{Key: "f6", Command: i18n.Keeps, Do: func() tea.Cmd {
				return because(l.sh, store.HoldReason, t.WhyKeeps(), func(why string) tea.Cmd {
					return l.do(func(ctx context.Context, by store.Gesture) error {
						return returns.CancelReturn(ctx, l.sh.Store, by, c.ID, why)
					}, t.CustomerKeeps(c.ID))
				})
			}})
		}
	}
	again := c.Wants == store.WantsExchange || c.Wants == store.WantsRepair
	if boss && state == store.RMAApproved && again && len(c.Seen) > 0 {
		out = append(out, tui.Binding{Key: "f5", Command: i18n.Reship, Do: func() tea.Cmd {
			return l.do(func(ctx context.Context, by store.Gesture) error {
				return returns.Reship(ctx, l.sh.Store, by, c.ID)
			}, t.ReshippedNow(c.ID))
		}})
	}
	return out
}

// do runs an operation on a return, says what came of it, and looks anew.
func (l *Look) do(op func(context.Context, store.Gesture) error, said string) tea.Cmd {
	by := l.sh.By(scanner.Scan{Source: keyed})
	return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, op(ctx, by)
	}, func(struct{}) tea.Cmd {
		l.sh.Tell(said)
		return l.Open()
	})
}

// carrier asks who brings the parcel that was scanned, and takes it down.
func (l *Look) carrier(by store.Gesture) tea.Cmd {
	c, t, no := l.back(), l.sh.Text, store.WaybillNo(flat(by.Mark.Text))
	if c == nil || by.Mark.Kind != "" || !no.Plausible() {
		r := store.Refusal{Code: store.BadWaybill, Got: by.Mark.Text}
		return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, l.sh.Store.Refuse(ctx, by, &r)
		}, nil)
	}
	return l.sh.Enter(tui.Entry{Title: t.ParcelBy(no), Take: func(carrier string) tea.Cmd {
		l.tells = false
		return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, returns.Tell(ctx, l.sh.Store, by, c.ID, no,
				store.CarrierID(flat(carrier)))
		}, func(struct{}) tea.Cmd {
			l.sh.Tell(t.ParcelTold(c.ID, no))
			return l.Open()
		})
	}})
}

// untell asks for no waybill any more.
func (l *Look) untell() tea.Cmd {
	l.tells = false
	l.sh.Note()
	return nil
}

// Refused implements tui.Refused: the order is not what the screen shows.
func (l *Look) Refused(r *store.Refusal) tea.Cmd {
	switch {
	case r.Code == store.NotFound:
		return nil
	case r.Code == store.NothingToDo && l.back() != nil:
		l.sh.Remedy(func(t i18n.Text) string { return t.ReshipNone() })
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
	lines := component.Paragraphs(w, cardLines(l.sh, l.card, l.why)...)
	room := max(1, h-2)
	l.top = max(0, min(l.top, len(lines)-room))
	data := append([]string{th.Title.Render(component.Fit(title, w))}, lines[l.top:]...)
	todo := component.Wrap(t.CardHint(), w)
	switch {
	case l.tells:
		todo = component.Wrap(t.ParcelScan(), w)
	case len(lines) <= room:
		todo = nil
	}
	return component.Page(data, todo, w, h)
}

// cardLines is a card as paragraphs, the most asked for first.
func cardLines(sh *tui.Shell, c report.Card, why []store.Reason) (out []string) {
	t := sh.Text
	say := func(text string) {
		if text != "" {
			out = append(out, text)
		}
	}
	if c.About.SKU != "" {
		say(join(c.About.Title(), string(c.About.SKU)))
		if !c.Blind {
			say(t.CardLevels(c.Levels.OnHand, c.Levels.Reserved, c.Levels.Available))
		}
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
	if c.Blind {
		say(t.CardBlind())
	} else if len(c.Stock) == 0 && (holds || c.About.SKU != "") {
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
	return append(out, trailLines(sh, c.Trail, why)...)
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
	if p := t.CardPerson(r.Person, store.Masked(r.Person.Phone)); p != "" {
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
		if !f.Live() {
			out = append(out, t.CardWithdrawn(f.Amount))
			continue
		}
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
	if p := t.CardPerson(o.Person, store.Masked(o.Person.Phone)); p != "" {
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
	for _, m := range o.Moves {
		out = append(out, t.CardMove(m, t.ShipmentStates()[m.State], clockAt(sh.Store, m.At)))
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

func trailLines(sh *tui.Shell, trail []store.Envelope, causes []store.Reason) (out []string) {
	if len(trail) == 0 {
		return nil
	}
	says := teller{Text: sh.Text, causes: causes}
	out = append(out, sh.Text.CardTrail())
	for _, e := range trail {
		out = append(out, says.line(sh.Store, e))
	}
	return out
}

// A teller says facts in words: who by name, and why in the site's words, where those are
// known.
type teller struct {
	i18n.Text
	people map[store.OperatorID]string
	causes []store.Reason // why something was done, of more than one use
}

// line is a fact as a paragraph: when, what, who, and what was scanned.
func (t teller) line(s *store.Store, e store.Envelope) string {
	at := time.UnixMilli(e.At + e.Off).In(s.Zone()).Format("01-02 15:04")
	if e.Off != 0 {
		at = "~" + at // the station's clock was wrong
	}
	return join(at, t.fact(e))
}

// fact is a fact without its time.
func (t teller) fact(e store.Envelope) string {
	return join(t.Events()[e.Kind], t.detail(e), name(t.people, e.Operator),
		name(t.people, e.Second), string(e.Raw))
}

// name is what somebody is called; else their number.
func name(people map[store.OperatorID]string, id store.OperatorID) string {
	return cmp.Or(people[id], string(id))
}

// detail is what the kind of an event does not say.
func (t teller) detail(env store.Envelope) string {
	e, err := store.Decode(env.Kind, env.Body)
	if err != nil {
		return ""
	}
	switch e := e.(type) {
	case store.OrderDecided:
		return t.OrderStates()[e.State]
	case store.SlipStarted:
		if e.From != "" {
			return t.CardBefore(name(t.people, e.From), bool(e.Over))
		}
	case store.SlipLeft:
		if e.By != "" {
			return t.CardForced(name(t.people, e.Operator))
		}
	case store.ItemPicked:
		return t.took(e.N, e.Batch, e.Reason, e.Expired)
	case store.ItemPacked:
		return t.took(e.N, e.Batch, e.Reason, e.Expired)
	case store.ItemShorted:
		return e.N.String() + " x " + string(e.Item)
	case store.SurplusFound:
		return e.N.String() + " x " + string(e.Item)
	case store.GoodsPutBack:
		return e.N.String() + " x " + string(e.Item)
	case store.StockSet:
		return e.N.String() + " x " + string(e.Item)
	case store.ShipmentMoved:
		return join(string(e.Waybill), t.ShipmentStates()[e.State], e.Place)
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
	case store.DiscrepancyOpened:
		if e.N == 0 { // it is of money
			return join(t.Discrepancies()[e.Of], i18n.NoteOf(t.Text, e.Note))
		}
		return join(t.Discrepancies()[e.Of], e.N.String(), string(e.Item))
	case store.PaymentReceived:
		return e.Amount.String()
	case store.Reversed:
		return t.Events()[e.Was]
	case store.ScanRefused:
		problem, _ := i18n.Explain(t.Text, &e.Refusal)
		return problem
	}
	return t.ofCount(e)
}

// took is detail for goods that were taken; where the plan had them otherwise, with the lot or
// their last day, and why.
func (t teller) took(n store.Qty, b store.Batch, reason string, expired store.Date) string {
	said := n.String() + " x " + string(b.Item)
	switch {
	case expired != 0:
		said = join(said, t.TrailExpired(expired.String()))
	case reason != "":
		said = join(said, string(b.Lot))
	}
	i := slices.IndexFunc(t.causes, func(r store.Reason) bool {
		return r.Use == store.OverrideReason && r.Code == reason
	})
	if i >= 0 {
		reason = t.Reason(t.causes[i])
	}
	return join(said, reason)
}

// ofCount is detail for what is counted, and what a supervisor makes of it.
func (t teller) ofCount(e store.Event) string {
	switch e := e.(type) {
	case store.ItemCounted:
		return e.N.String() + " x " + cmp.Or(string(e.Item), e.Code)
	case store.CountDropped:
		return e.Note
	case store.VarianceRuled:
		return join(t.VarianceStates()[e.State], e.Note)
	case store.VarianceApproved:
		return join(t.cause(e.Cause), e.Note)
	case store.StockAdjusted:
		return join(i18n.CauseOf(t.Text, t.causes, e.Cause), e.Note, e.Worth.String())
	case store.DiscResolved:
		return join(t.DiscEnds()[e.As], t.cause(e.Cause), e.Note)
	}
	return ""
}

// cause is why somebody decided so; empty where nobody was asked.
func (t teller) cause(code string) string {
	if code == "" {
		return ""
	}
	return i18n.CauseOf(t.Text, t.causes, code)
}

package screens

import (
	"cmp"
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/returns"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Inspect grades what came back: an item says which goods, then come the points of its
// checklist and the grade, and the scan of a tote ends it.
type Inspect struct {
	sh      *tui.Shell
	id      store.RMAID // empty: the goods say which return
	of      store.RMAID // likewise, that a label chose
	unsure  store.Mark  // the item that waits of several returns: the next label says of which
	read    bool
	waiting []returns.Piece
	reasons []store.Reason
	entry
	known []string // lots or serials that the next scan may bring
	last  returns.LookScan
	goods *sight                            // that is looked at; nil for none
	totes map[store.Disposition]store.Place // where the last of each kind went
	did   []store.RMAID                     // whose goods were graded here, the last last
}

// A sight is what was found of goods so far.
type sight struct {
	returns.Looked
	checked  string // Y or N for each point
	grade    *store.Grade
	proposed store.Disposition
	as       store.Disposition // in its place; empty for the proposed one
	second   store.OperatorID  // who answers for that
	note     string
}

// into is what is to become of the goods.
func (g *sight) into() store.Disposition {
	if g.as != "" {
		return g.as
	}
	return g.proposed
}

// swapped says whether another piece came than was sold.
func (g *sight) swapped() bool { return g.Sold != "" && g.Sold != g.Piece.Serial }

// checks says whether a point of the checklist is still open.
func (g *sight) checks() bool { return len(g.checked) < len(g.Points) }

func newInspect(sh *tui.Shell, id store.RMAID) *Inspect {
	return &Inspect{sh: sh, id: id, totes: map[store.Disposition]store.Place{}}
}

// Open implements tui.Screen. Goods that are looked at stay on it.
func (p *Inspect) Open() tea.Cmd {
	type read struct {
		waiting []returns.Piece
		reasons []store.Reason
	}
	return tui.Do(p.sh, func(ctx context.Context) (read, error) {
		return store.Get(ctx, p.sh.Store, func(r *store.Reader) (out read, err error) {
			if out.waiting, err = returns.ToGrade(r, p.id); err != nil {
				return out, err
			}
			out.reasons, err = r.Reasons(store.ReturnReason)
			return out, err
		})
	}, func(r read) tea.Cmd {
		p.read, p.waiting, p.reasons = true, r.waiting, r.reasons
		return nil
	})
}

// News implements tui.Newsed.
func (p *Inspect) News() tea.Cmd { return p.Open() }

// Scan implements tui.Screen: an item, or at the end the tote for it. No scan says how
// goods look.
func (p *Inspect) Scan(s scanner.Scan) tea.Cmd {
	switch {
	case p.goods == nil:
		return p.item(s)
	case p.goods.checks():
		return refuse(p.sh, s, store.Unanswered, "F2/F4")
	case p.goods.grade == nil:
		return refuse(p.sh, s, store.Unanswered, "Enter")
	}
	g := p.goods
	in := returns.GradeScan{By: p.sh.By(s), Piece: g.Piece, N: g.N, Grade: g.grade.Code, As: g.as,
		Checked: g.checked, Note: g.note}
	if g.swapped() {
		in.Was = g.Sold
	}
	in.By.Second = g.second
	return tui.Do(p.sh, func(ctx context.Context) (returns.Graded, error) {
		return returns.Inspect(ctx, p.sh.Store, in)
	}, p.graded)
}

// item looks at the goods that a scan means.
func (p *Inspect) item(s scanner.Scan) tea.Cmd {
	if cmd, ok := p.typed(p.sh, s); ok {
		return cmd
	}
	return p.answered(p.sh, s, func(by store.Gesture) tea.Cmd {
		by.N = p.n
		return p.look(returns.LookScan{By: by, RMA: p.id, Of: p.of, Item: p.unsure})
	})
}

func (p *Inspect) look(in returns.LookScan) tea.Cmd {
	p.last = in
	return tui.Do(p.sh, func(ctx context.Context) (returns.Looked, error) {
		return returns.LookAt(ctx, p.sh.Store, in)
	}, p.looked)
}

func (p *Inspect) looked(l returns.Looked) tea.Cmd {
	if l.Needs != "" {
		p.asked, p.pending, p.known = l.Needs, p.last.By.Mark, l.Known
		p.sh.Note(p.sh.Text.AskFor(l.Needs))
		return nil
	}
	if p.unsure = (store.Mark{}); l.RMA != "" {
		p.of = l.RMA
		p.sh.Note(p.sh.Text.ReceiveReturn(l.RMA))
		return nil
	}
	p.clear(true)
	p.goods = &sight{Looked: l}
	p.sh.Note()
	return p.next()
}

// next asks for the grade where nothing comes before it.
func (p *Inspect) next() tea.Cmd {
	if p.goods.checks() {
		return nil
	}
	return p.choose()
}

// choose shows the grades, and what each stands for.
func (p *Inspect) choose() tea.Cmd {
	t, g := p.sh.Text, p.goods
	c := tui.Choice{Title: t.InspectGrade(), Pick: p.propose}
	about := []string{g.Piece.Item.Title(), p.asks()}
	if g.swapped() { // it is the reason for the grade
		about = slices.Insert(about, 0, t.InspectSerial(g.Piece.Serial, g.Sold))
	}
	for _, text := range about {
		if text != "" {
			c.Head = append(c.Head, text)
		}
	}
	for _, grade := range g.Grades {
		c.Options = append(c.Options, t.GradeName(grade))
		c.Ends = append(c.Ends, t.DispositionShort()[grade.As])
	}
	return p.sh.Choose(c)
}

// propose takes the grade that was chosen, and reads what is to become of the goods.
func (p *Inspect) propose(i int) tea.Cmd {
	g := p.goods
	return tui.Do(p.sh, func(ctx context.Context) (store.Disposition, error) {
		return store.Get(ctx, p.sh.Store, func(r *store.Reader) (store.Disposition, error) {
			return returns.Propose(r, g.Piece, g.Grades[i])
		})
	}, func(as store.Disposition) tea.Cmd {
		g.grade, g.proposed, g.as, g.second = &g.Grades[i], as, "", ""
		return nil
	})
}

// graded says where the goods went, and goes on to the next.
func (p *Inspect) graded(r returns.Graded) tea.Cmd {
	t := p.sh.Text
	var left store.Qty
	for _, l := range r.Left {
		left += l.N
	}
	if p.goods, p.totes[r.As] = nil, r.Tote; left == 0 {
		p.of = ""
	}
	p.did = append(p.did, r.Piece.RMAID)
	p.sh.Tell(t.Inspected(r.N, t.Dispositions()[r.As], r.Tote.Code()), t.InspectLeft(left))
	return p.Open()
}

// Refused implements tui.Refused. Goods that are not there any more, or not for this person,
// are let go.
func (p *Inspect) Refused(r *store.Refusal) tea.Cmd {
	switch r.Code {
	case store.AskQuantity:
		again := p.last
		again.By.Yes, again.By.Scan = true, "" // the scan has had its answer: this is the key's
		return p.sh.Ask(tui.Question{Text: p.sh.Text.AskQuantity(r.Got, r.Want),
			Yes: func() tea.Cmd { return p.look(again) }})
	case store.WrongKind:
		if g := p.goods; g != nil && g.grade != nil {
			p.sh.Remedy(func(t i18n.Text) string {
				return t.InspectTote(t.Dispositions()[g.into()])
			})
		}
	case store.Ambiguous:
		if p.goods == nil && r.Is == store.ReturnKind && p.last.Item == (store.Mark{}) {
			want := strings.Split(r.Want, " / ")
			p.unsure = p.last.By.Mark
			p.sh.Remedy(func(t i18n.Text) string { return t.InspectWhose(named(t, want)) })
		}
	case store.NotThere, store.OtherPerson:
		p.goods, p.of, p.unsure = nil, "", store.Mark{}
		p.clear(true)
		return p.Open()
	}
	return nil
}

// named are returns as a person reads them.
func named(t i18n.Text, of []string) string {
	out := slices.Clone(of)
	for i, id := range out {
		if id == string(returns.NoReturn) {
			out[i] = t.NoReturn()
		}
	}
	return strings.Join(out, " / ")
}

// Key implements tui.Screen: the answers that no scan gives.
func (p *Inspect) Key(k tea.KeyMsg) tea.Cmd {
	g := p.goods
	switch {
	case g == nil:
	case g.checks() && k.Type == tea.KeyF2:
		g.checked += "Y"
		return p.next()
	case g.checks() && k.Type == tea.KeyF4:
		g.checked += "N"
		return p.next()
	case !g.checks() && g.grade == nil && k.Type == tea.KeyEnter:
		return p.choose()
	}
	return nil
}

// Keys implements tui.Keyed.
func (p *Inspect) Keys() []tui.Binding {
	keys := []tui.Binding{{Key: "f3", Command: i18n.Undo, Do: p.undo}}
	if p.goods == nil {
		keys = append(keys, p.number(p.sh)...)
	}
	if p.goods != nil && !p.goods.checks() {
		keys = append(keys, tui.Binding{Key: "f5", Command: i18n.Quantity, Do: p.split})
		if p.goods.grade != nil {
			keys = append(keys, tui.Binding{Key: "f6", Command: i18n.Overrule, Do: p.overrule})
		}
		keys = append(keys, tui.Binding{Key: "f4", Command: i18n.Note, Do: p.write})
	}
	return append(keys, tui.Binding{Key: "esc", Command: i18n.Back, Do: p.back})
}

// back lets go of what was said last, then of the goods, then of the screen.
func (p *Inspect) back() tea.Cmd {
	g := p.goods
	p.sh.Note()
	switch {
	case g == nil && (p.clear(true) || p.unsure != (store.Mark{}) || p.of != ""):
		p.of, p.unsure = "", store.Mark{}
		return nil
	case g == nil:
		return p.sh.Pop()
	case g.grade != nil:
		g.grade, g.as, g.second = nil, "", ""
		return p.choose()
	case g.checked != "":
		g.checked = g.checked[:len(g.checked)-1]
		return nil
	}
	p.goods = nil
	return p.Open()
}

// split says that another number of the goods is as this one: what is left comes again.
func (p *Inspect) split() tea.Cmd {
	g := p.goods
	return p.sh.Enter(tui.Entry{Title: p.sh.Text.InspectHow(g.Piece.N), Number: true,
		Take: func(text string) tea.Cmd {
			n, ok := wholeNumber(text)
			if !ok || n < 1 || n > g.Piece.N {
				p.sh.Warn(&store.Refusal{Code: store.BadQuantity, Got: text,
					Want: "1-" + g.Piece.N.String()})
				return nil
			}
			g.N = n
			return nil
		}})
}

func (p *Inspect) write() tea.Cmd {
	g := p.goods
	return p.sh.Enter(tui.Entry{Title: p.sh.Text.InspectNote(), Text: g.note,
		Take: func(text string) tea.Cmd {
			g.note = text
			return nil
		}})
}

// overrule has the goods go another way than their grade stands for. A supervisor does it,
// or answers for it.
func (p *Inspect) overrule() tea.Cmd {
	t, g, sh := p.sh.Text, p.goods, p.sh
	others := slices.DeleteFunc(slices.Clone(store.Dispositions), func(d store.Disposition) bool {
		return d == g.into()
	})
	var options []string
	for _, d := range others {
		options = append(options, t.Dispositions()[d])
	}
	return sh.Choose(tui.Choice{Title: t.OverruleTitle(t.DispositionShort()[g.into()]),
		Options: options, Pick: func(i int) tea.Cmd {
			as := others[i]
			if as == g.proposed {
				g.as, g.second = "", ""
				return nil
			}
			if sh.Operator.May(store.Supervisor) {
				g.as, g.second = as, ""
				return nil
			}
			return sh.Push(newBeside(sh, store.Supervisor, func(o store.Operator) {
				g.as, g.second = as, o.ID
				sh.Tell(sh.Text.Overruled(sh.Text.Dispositions()[as], o.Name))
			}))
		}})
}

// undo takes back the last grade that was given here, else at this station for the return.
func (p *Inspect) undo() tea.Cmd {
	id := p.id
	if p.goods != nil {
		id = p.goods.Piece.RMAID
	}
	if n := len(p.did); n > 0 {
		id = p.did[n-1]
	}
	by := p.sh.By(scanner.Scan{Source: keyed})
	return tui.Do(p.sh, func(ctx context.Context) (returns.Undone, error) {
		return returns.Uninspect(ctx, p.sh.Store, by, id)
	}, func(u returns.Undone) tea.Cmd {
		p.goods, p.did = nil, p.did[:max(0, len(p.did)-1)]
		p.sh.Tell(p.sh.Text.UndoneInspect(u.N, u.Item.Title()))
		return p.Open()
	})
}

// View implements tui.Screen.
func (p *Inspect) View(w, h int) []string {
	th := p.sh.Theme
	var todo []string
	for _, ask := range p.ask() {
		todo = append(todo, component.Wrap(ask, w)...)
	}
	if p.goods == nil {
		return component.Page(p.list(w), todo, w, h)
	}
	data := p.sight(w)
	if room := h - len(todo); len(data) > room { // the end says how it was found
		data = slices.Concat(data[:1], data[len(data)-max(0, room-1):])
	}
	data[0] = th.Title.Render(data[0])
	return component.Page(data, todo, w, h)
}

// list is what waits.
func (p *Inspect) list(w int) []string {
	t, th := p.sh.Text, p.sh.Theme
	var n store.Qty
	waiting := slices.DeleteFunc(slices.Clone(p.waiting), func(l returns.Piece) bool {
		return p.of != "" && l.RMAID != p.of
	})
	for _, l := range waiting {
		n += l.N
	}
	data := []string{th.Title.Render(component.Fit(t.InspectTitle(n), w))}
	if of := cmp.Or(p.id, p.of); of != "" {
		data = append(data, component.Wrap(string(of), w)...)
	}
	if p.read && len(p.waiting) == 0 {
		return append(data, component.Wrap(t.InspectNone(), w)...)
	}
	for _, l := range waiting {
		again := ""
		if l.Grade != "" {
			again = t.InspectAgain()
		}
		row := component.Fit(join(again, l.N.String(), l.Item.Title()), w)
		data = append(data, th.Quiet.Render(row))
	}
	return data
}

// sight is what is known of the goods that are looked at.
func (p *Inspect) sight(w int) []string {
	t, th, g := p.sh.Text, p.sh.Theme, p.goods
	data := []string{component.Pair(string(g.Piece.RMAID), t.InspectCount(g.N, g.Piece.N), w)}
	data = append(data, component.Wrap(g.Piece.Item.Title(), w)...)
	if asked := p.asks(); asked != "" {
		data = append(data, component.Wrap(asked, w)...)
	}
	if lot := g.Piece.Lot; lot != "" {
		data = append(data, component.Fit(t.PickLot(string(lot), ""), w))
	}
	if g.Piece.Serial != "" {
		for _, line := range component.Wrap(t.InspectSerial(g.Piece.Serial, g.Sold), w) {
			if g.swapped() {
				line = th.Bad.Render(line)
			}
			data = append(data, line)
		}
	}
	if g.checked != "" {
		var list []string
		for i, answer := range g.checked {
			list = append(list, t.PointName(g.Points[i])+string(answer))
		}
		data = append(data, component.Wrap(t.InspectChecked(strings.Join(list, " ")), w)...)
	}
	if g.note != "" {
		data = append(data, component.Wrap(t.Remark(g.note), w)...)
	}
	if g.grade != nil {
		found := t.InspectAs(t.GradeName(*g.grade), t.Dispositions()[g.into()])
		for _, line := range component.Wrap(found, w) {
			data = append(data, th.Big.Render(line))
		}
	}
	return data
}

// asks is what the customer said of the goods, and wants for them; empty for nothing.
func (p *Inspect) asks() string {
	var reasons []string
	for _, code := range p.goods.Piece.Reason {
		reasons = append(reasons, i18n.AskedFor(p.sh.Text, p.reasons, code))
	}
	said, wants := strings.Join(reasons, " "), p.sh.Text.ReturnWants()[p.goods.Piece.Want]
	if said == "" && wants == "" {
		return ""
	}
	return p.sh.Text.InspectAsked(said, wants)
}

// ask is what the inspector is to do now.
func (p *Inspect) ask() []string {
	t, g := p.sh.Text, p.goods
	switch {
	case p.asked != "":
		return []string{t.AskFor(p.asked)}
	case g == nil && p.unsure != (store.Mark{}):
		return []string{t.InspectWhose("")}
	case g == nil && p.n > 0:
		return []string{t.AskItems(p.n)}
	case g == nil:
		return []string{t.InspectScan()}
	case g.checks():
		i := len(g.checked)
		return []string{t.InspectPoint(i+1, len(g.Points), g.Points[i]), t.InspectAnswers()}
	case g.grade == nil:
		return []string{t.InspectChoose()}
	}
	out := []string{t.InspectTote(t.Dispositions()[g.into()])}
	if tote := p.totes[g.into()]; tote != "" {
		out = append(out, t.InspectBefore(tote.Code()))
	}
	return out
}

// Asks implements tui.Asker.
func (p *Inspect) Asks() (right, wrong string) {
	wrong = label(scanner.BinLabel, "Z-99-99")
	g := p.goods
	switch {
	case p.asked != "":
		for _, known := range p.known {
			right = known
		}
	case g == nil && len(p.waiting) > 0:
		right = label(scanner.ItemLabel, string(p.waiting[0].Batch.Item))
	case g != nil && g.grade != nil:
		tote := p.totes[g.into()].Code()
		if tote == "" {
			tote = "R-" + strings.ToUpper(string(g.into()))
		}
		right = label(scanner.ToteLabel, tote)
	}
	return right, wrong
}

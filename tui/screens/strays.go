package screens

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/returns"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Strays shows a supervisor what came back and nobody knew, to say what it was; what is of
// ours, and nobody knows whose it is, to say that; and what nobody takes back, to send it to
// its customer again.
type Strays struct {
	sh    *tui.Shell
	all   []lost          // on the screen
	taken []returns.Piece // for an order: perhaps not the right one, or on hold
	read  bool
	at    cursor
	now   lost // that somebody is about: the next scan says what or whose it is
	entry
}

// A lost thing is a stray, or goods of ours of which the order is not known.
type lost struct {
	store.Stray // zero for goods
	returns.Piece
}

// lostID is what tells a lost thing from others.
type lostID struct {
	store.EventID
	returns.Belonging
}

func lostOf(x lost) lostID { return lostID{x.Stray.ID, x.Belonging(0)} }

// some says whether there is one.
func (x lost) some() bool { return x.Stray.ID != "" || x.Item.SKU != "" }

// left is how many of it there are.
func (x lost) left() store.Qty { return x.Stray.N + x.Piece.N }

// Open implements tui.Screen.
func (l *Strays) Open() tea.Cmd {
	return l.look(func(all []lost) {
		seek(&l.at, l.all, all, lostOf)
		l.all, l.read = all, true
		i := slices.IndexFunc(all, func(x lost) bool { return lostOf(x) == lostOf(l.now) })
		if !l.now.some() {
			return
		}
		if l.now = (lost{}); i >= 0 { // there are more of it
			l.now = all[i]
		}
	})
}

// News implements tui.Newsed.
func (l *Strays) News() tea.Cmd {
	return l.look(func(all []lost) { l.all = follow(&l.at, l.all, all, lostOf) })
}

func (l *Strays) look(then func([]lost)) tea.Cmd {
	return tui.Do(l.sh, func(ctx context.Context) ([]lost, error) {
		return store.Get(ctx, l.sh.Store, func(r *store.Reader) (out []lost, err error) {
			strays, err := r.Strays()
			for _, x := range strays {
				out = append(out, lost{Stray: x})
			}
			if err != nil {
				return nil, err
			}
			goods, err := returns.Unwanted(r)
			for _, p := range goods {
				out = append(out, lost{Piece: p})
			}
			return out, err
		})
	}, func(all []lost) tea.Cmd {
		n := slices.IndexFunc(all, func(x lost) bool { return x.Stray.ID == "" && !x.Lost() })
		if l.taken = nil; n >= 0 {
			for _, x := range all[n:] {
				l.taken = append(l.taken, x.Piece)
			}
			all = all[:n]
		}
		then(all)
		return nil
	})
}

// Scan implements tui.Screen: it says which item a stray is, or whose goods are; else what of
// the list is meant, by its code or its place.
func (l *Strays) Scan(s scanner.Scan) tea.Cmd {
	by := l.sh.By(s)
	switch {
	case l.now.Stray.ID != "":
		return l.answered(l.sh, s, l.name)
	case l.now.some():
		return l.belongs(by)
	}
	return tui.Do(l.sh, func(ctx context.Context) ([]lost, error) {
		return l.meant(ctx, by)
	}, func(all []lost) tea.Cmd {
		l.sh.Note()
		if len(all) == 1 {
			return l.choose(all[0])
		}
		c := tui.Choice{Title: by.Mark.Text, Pick: func(i int) tea.Cmd { return l.choose(all[i]) }}
		for _, x := range all {
			c.Options = append(c.Options, l.row(x))
		}
		return l.sh.Choose(c)
	})
}

// row is a lost thing in a line: how many, what is odd about them, and what they are.
func (l *Strays) row(x lost) string {
	t := l.sh.Text
	if x.Stray.ID != "" {
		return join(t.Pieces(x.left()), x.Stray.Code)
	}
	odd := t.NoOrder()
	switch of := x.TakenFor(); {
	case x.Closed:
		odd = t.BackWhy()
	case of != "":
		odd = string(of)
	}
	return join(t.Pieces(x.left()), odd, x.Item.Title())
}

// meant are the things that a scan can mean; those that were taken for an order where there
// are no others. It refuses with NotThere, and as Reader.Find does.
func (l *Strays) meant(ctx context.Context, by store.Gesture) (out []lost, err error) {
	var f store.Found
	for _, x := range l.all {
		if x.Stray.ID != "" && x.Stray.Code == by.Mark.Text {
			out = append(out, x)
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	err = l.sh.Store.Read(ctx, func(r *store.Reader) (err error) {
		f, err = r.Find(by.Mark, store.ItemKind, store.BinKind, store.StageKind)
		return err
	})
	here := func(p returns.Piece) bool {
		return p.Item.SKU != "" && (p.Item.SKU == f.Item.SKU || p.Place == f.Place)
	}
	for _, x := range l.all {
		if here(x.Piece) {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		for _, p := range l.taken {
			if here(p) {
				out = append(out, lost{Piece: p})
			}
		}
	}
	r, refused := store.RefusalOf(err)
	if err == nil && len(out) == 0 {
		r, refused = &store.Refusal{Code: store.NotThere, Got: by.Mark.Text}, true
	}
	if refused {
		return nil, l.sh.Store.Refuse(ctx, by, r)
	}
	return out, err
}

// name says which item of ours a stray is.
func (l *Strays) name(by store.Gesture) tea.Cmd {
	in := returns.Resolving{Stray: l.now.Stray.ID, As: store.StrayKnown, N: l.n}
	return tui.Do(l.sh, func(ctx context.Context) (returns.Naming, error) {
		out, err := returns.Name(ctx, l.sh.Store, by)
		if err != nil || out.Needs != "" {
			return out, err
		}
		if in.Batch = out.Batch; bool(out.Item.Serials) && in.N == 0 {
			in.N = 1
		}
		return out, returns.ResolveStray(ctx, l.sh.Store, by, in)
	}, func(x returns.Naming) tea.Cmd {
		if x.Needs != "" {
			l.asked, l.pending = x.Needs, by.Mark
			l.sh.Note(l.sh.Text.AskFor(x.Needs))
			return nil
		}
		said := []string{l.sh.Text.StrayIs(x.Item.Title())}
		if left := l.now.Stray.N - in.N; in.N > 0 && left > 0 {
			said = append(said, l.sh.Text.StrayLeft(left))
		}
		l.clear(true)
		l.sh.Tell(said...)
		return l.Open()
	})
}

// belongs says whose goods are.
func (l *Strays) belongs(by store.Gesture) tea.Cmd {
	goods, n := l.now.Piece, l.some()
	return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, returns.Belongs(ctx, l.sh.Store, by, goods.Belonging(n))
	}, func(struct{}) tea.Cmd {
		l.clear(true)
		l.sh.Tell(l.sh.Text.Belong(n, goods.Item.Title(), by.Mark.Text))
		return l.Open()
	})
}

// sendBack has goods go to their customer again, by a parcel or by hand.
func (l *Strays) sendBack() tea.Cmd {
	goods, n := l.now.Piece, l.some()
	return l.sh.Enter(tui.Entry{Title: l.sh.Text.BackBy(n), Take: func(no string) tea.Cmd {
		by, in := l.sh.By(scanner.Scan{Source: keyed}), returns.SendingBack{
			Belonging: goods.Belonging(n), Waybill: store.WaybillNo(flat(no))}
		return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, returns.SendBack(ctx, l.sh.Store, by, in)
		}, func(struct{}) tea.Cmd {
			l.clear(true)
			l.sh.Tell(l.sh.Text.BackSent(n, goods.Item.Title(), flat(no)))
			return l.Open()
		})
	}})
}

// some is how many are meant: all, where nobody said another number.
func (l *Strays) some() store.Qty {
	if l.n > 0 {
		return l.n
	}
	return l.now.left()
}

// Key implements tui.Screen.
func (l *Strays) Key(k tea.KeyMsg) tea.Cmd {
	switch {
	case l.now.some():
	case k.Type == tea.KeyEnter && len(l.all) > 0:
		l.at.keep(len(l.all))
		return l.choose(l.all[l.at])
	default:
		l.at.key(k, len(l.all))
	}
	return nil
}

// Keys implements tui.Keyed.
func (l *Strays) Keys() (keys []tui.Binding) {
	if l.now.left() > 1 {
		keys = append(keys, tui.Binding{Key: "f5", Command: i18n.Quantity, Do: func() tea.Cmd {
			return l.many(l.now, func(n store.Qty) tea.Cmd {
				l.n = n
				return nil
			})
		}})
	}
	if l.now.Item.SKU != "" {
		keys = append(keys, tui.Binding{Key: "f4", Command: i18n.SendBack, Do: l.sendBack})
	}
	return append(keys, tui.Binding{Key: "esc", Command: i18n.Back, Do: l.back})
}

// many asks of how many of a lost thing something is so.
func (l *Strays) many(x lost, then func(n store.Qty) tea.Cmd) tea.Cmd {
	return l.sh.Enter(tui.Entry{Title: l.sh.Text.StrayMany(x.left()), Text: x.left().String(),
		Number: true, Take: func(text string) tea.Cmd {
			n, ok := wholeNumber(text)
			if !ok || n < 1 || n > x.left() {
				l.sh.Warn(&store.Refusal{Code: store.BadQuantity, Got: text,
					Want: "1-" + x.left().String()})
				return nil
			}
			return then(n)
		}})
}

// back lets go of what was said of a thing, then of the thing, then of the screen.
func (l *Strays) back() tea.Cmd {
	l.sh.Note()
	switch {
	case l.clear(true):
		return nil
	case l.now.some():
		l.now = lost{}
		return nil
	}
	return l.sh.Pop()
}

// choose asks what became of one; of goods, only whose they are is asked.
func (l *Strays) choose(x lost) tea.Cmd {
	same := func(y lost) bool { return lostOf(x) == lostOf(y) }
	l.at = max(0, cursor(slices.IndexFunc(l.all, same))) // not there where taken for an order
	if x.Stray.ID == "" {
		l.now = x
		return nil
	}
	var options []string
	for _, end := range store.StrayEnds {
		options = append(options, l.sh.Text.StrayEnds()[end])
	}
	return l.sh.Choose(tui.Choice{Title: x.Stray.Code, Options: options,
		Pick: func(i int) tea.Cmd { return l.ends(x, store.StrayEnds[i]) }})
}

// ends goes on with what became of a stray: of how many, where there are several.
func (l *Strays) ends(x lost, as store.StrayEnd) tea.Cmd {
	switch {
	case as == store.StrayKnown:
		l.now = x
		return nil
	case x.left() > 1:
		return l.many(x, func(n store.Qty) tea.Cmd { return l.end(x.Stray, as, n) })
	}
	return l.end(x.Stray, as, 0)
}

func (l *Strays) end(stray store.Stray, as store.StrayEnd, n store.Qty) tea.Cmd {
	by := l.sh.By(scanner.Scan{Source: keyed})
	return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, returns.ResolveStray(ctx, l.sh.Store, by,
			returns.Resolving{Stray: stray.ID, As: as, N: n})
	}, func(struct{}) tea.Cmd {
		l.sh.Tell(join(stray.Code, l.sh.Text.StrayEnds()[as]))
		return l.Open()
	})
}

// Refused implements tui.Refused: another supervisor was faster, or the goods are not of that
// order.
func (l *Strays) Refused(r *store.Refusal) tea.Cmd {
	switch {
	case r.Code == store.NotOnReturn && l.now.some():
		l.sh.Remedy(i18n.Text.BelongsHow)
	case r.Code == store.OverSent && l.now.some():
		want := r.Want
		l.sh.Remedy(func(t i18n.Text) string { return t.BelongsMost(want) })
	}
	return l.Open()
}

// View implements tui.Screen.
func (l *Strays) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.StraysTitle(len(l.all)), w))}
	todo := component.Wrap(t.StraysHint(), w)
	switch {
	case l.now.some():
		return component.Page(append(data, l.about(l.now, w)...), component.Wrap(l.ask(), w), w, h)
	case l.read && len(l.all) == 0:
		todo = component.Wrap(t.StraysNone(), w)
	}
	var rows []string
	for _, x := range l.all {
		rows = append(rows, l.row(x))
	}
	l.at.keep(len(rows))
	var about []string
	if len(rows) > 0 {
		about = l.about(l.all[l.at], w)
	}
	room := max(1, min(len(rows), h-1-len(todo)-len(about)))
	data = append(data, component.List(th, rows, int(l.at), w, room)...)
	return component.Page(append(data, about...), todo, w, h)
}

// about is what is known of a lost thing.
func (l *Strays) about(x lost, w int) (out []string) {
	t := l.sh.Text
	if x.Stray.ID != "" {
		out = append(component.Wrap(x.Stray.Code, w), component.Fit(join(string(x.Stray.RMA),
			clockAt(l.sh.Store, x.Stray.At)), w))
	} else {
		out = append(component.Wrap(x.Item.Title(), w), component.Fit(join(string(x.Lot),
			string(x.Serial), string(x.RMAID)), w), component.Fit(join(x.Piece.Place.Code(),
			string(x.TakenFor())), w))
	}
	if l.now.left() > 1 {
		out = append(out, t.BelongsSome(l.some(), l.now.left()))
	}
	return out
}

// ask is what the supervisor is to say now.
func (l *Strays) ask() string {
	t := l.sh.Text
	switch {
	case l.asked != "":
		return t.AskFor(l.asked)
	case l.now.Stray.ID != "":
		return t.StrayWhich()
	}
	if l.now.Closed || l.now.Grade != "" && l.now.TakenFor() != "" {
		return t.BackHow()
	}
	return t.BelongsOrBack()
}

// Asks implements tui.Asker.
func (l *Strays) Asks() (right, wrong string) {
	wrong = label(scanner.ToteLabel, "T-99")
	if !l.now.some() && len(l.all) > 0 {
		x := l.all[0]
		if right = x.Stray.Code; x.Item.SKU != "" {
			right = label(scanner.ItemLabel, string(x.Item.SKU))
		}
	}
	return right, wrong
}

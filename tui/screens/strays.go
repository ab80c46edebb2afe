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

// Strays shows a supervisor what came back and nobody knew, to say what it was.
type Strays struct {
	sh     *tui.Shell
	all    []store.Stray // on the screen
	read   bool
	at     cursor
	naming store.Stray // is an item of ours: the next scan says which
}

// Open implements tui.Screen.
func (l *Strays) Open() tea.Cmd {
	return l.look(func(all []store.Stray) {
		seek(&l.at, l.all, all, strayOf)
		l.all, l.read = all, true
	})
}

// News implements tui.Newsed.
func (l *Strays) News() tea.Cmd {
	return l.look(func(all []store.Stray) { l.all = follow(&l.at, l.all, all, strayOf) })
}

func strayOf(s store.Stray) store.EventID { return s.ID }

func (l *Strays) look(then func([]store.Stray)) tea.Cmd {
	return tui.Do(l.sh, func(ctx context.Context) ([]store.Stray, error) {
		return store.Get(ctx, l.sh.Store, (*store.Reader).Strays)
	}, func(all []store.Stray) tea.Cmd {
		then(all)
		return nil
	})
}

// Scan implements tui.Screen: it says which item a stray is, or which stray is meant.
func (l *Strays) Scan(s scanner.Scan) tea.Cmd {
	by := l.sh.By(s)
	if l.naming.ID != "" {
		return l.name(by)
	}
	i := slices.IndexFunc(l.all, func(x store.Stray) bool { return x.Code == by.Mark.Text })
	if i < 0 {
		r := store.Refusal{Code: store.NotFound, Got: by.Mark.Text}
		return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, l.sh.Store.Refuse(ctx, by, &r)
		}, nil)
	}
	l.at = cursor(i)
	l.sh.Note()
	return l.choose()
}

// name says which item of ours a stray is.
func (l *Strays) name(by store.Gesture) tea.Cmd {
	in := returns.Resolving{Stray: l.naming.ID, As: store.StrayKnown}
	return tui.Do(l.sh, func(ctx context.Context) (store.Item, error) {
		var item store.Item
		err := l.sh.Store.Read(ctx, func(r *store.Reader) error {
			f, err := r.Find(by.Mark, store.ItemKind)
			if err != nil {
				return err
			}
			item, err = r.Item(f.Item.SKU)
			return err
		})
		if r, refused := store.RefusalOf(err); refused {
			return item, l.sh.Store.Refuse(ctx, by, r)
		}
		if err != nil {
			return item, err
		}
		in.Batch = store.Batch{Item: item.SKU, Lot: by.Mark.Lot, Serial: by.Mark.Serial}
		return item, returns.ResolveStray(ctx, l.sh.Store, by, in)
	}, func(i store.Item) tea.Cmd {
		l.naming = store.Stray{}
		l.sh.Tell(l.sh.Text.StrayIs(i.Title()))
		return l.Open()
	})
}

// Key implements tui.Screen.
func (l *Strays) Key(k tea.KeyMsg) tea.Cmd {
	switch {
	case l.naming.ID != "":
	case k.Type == tea.KeyEnter && len(l.all) > 0:
		return l.choose()
	default:
		l.at.key(k, len(l.all))
	}
	return nil
}

// Keys implements tui.Keyed.
func (l *Strays) Keys() []tui.Binding {
	return []tui.Binding{{Key: "esc", Command: i18n.Back, Do: l.back}}
}

// back lets go of the stray that is to be named, then of the screen.
func (l *Strays) back() tea.Cmd {
	if l.naming.ID == "" {
		return l.sh.Pop()
	}
	l.naming = store.Stray{}
	l.sh.Note()
	return nil
}

// choose asks what became of the selected one.
func (l *Strays) choose() tea.Cmd {
	l.at.keep(len(l.all))
	stray := l.all[l.at]
	var options []string
	for _, end := range store.StrayEnds {
		options = append(options, l.sh.Text.StrayEnds()[end])
	}
	return l.sh.Choose(tui.Choice{Title: stray.Code, Options: options,
		Pick: func(i int) tea.Cmd { return l.end(stray, store.StrayEnds[i]) }})
}

func (l *Strays) end(stray store.Stray, as store.StrayEnd) tea.Cmd {
	if as == store.StrayKnown {
		l.naming = stray
		return nil
	}
	by := l.sh.By(scanner.Scan{Source: keyed})
	return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, returns.ResolveStray(ctx, l.sh.Store, by,
			returns.Resolving{Stray: stray.ID, As: as})
	}, func(struct{}) tea.Cmd {
		l.sh.Tell(join(stray.Code, l.sh.Text.StrayEnds()[as]))
		return l.Open()
	})
}

// Refused implements tui.Refused: another supervisor was faster.
func (l *Strays) Refused(*store.Refusal) tea.Cmd { return l.Open() }

// View implements tui.Screen.
func (l *Strays) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.StraysTitle(len(l.all)), w))}
	todo := component.Wrap(t.StraysHint(), w)
	switch {
	case l.naming.ID != "":
		data = append(data, component.Wrap(l.naming.Code, w)...)
		return component.Page(data, component.Wrap(t.StrayWhich(), w), w, h)
	case l.read && len(l.all) == 0:
		todo = component.Wrap(t.StraysNone(), w)
	}
	var rows []string
	for _, x := range l.all {
		rows = append(rows, join(x.Code, t.Pieces(x.N)))
	}
	l.at.keep(len(rows))
	var about []string
	if len(rows) > 0 {
		x := l.all[l.at]
		about = append(component.Wrap(x.Code, w), component.Fit(join(string(x.RMA),
			clockAt(l.sh.Store, x.At)), w))
	}
	room := max(1, min(len(rows), h-1-len(todo)-len(about)))
	data = append(data, component.List(th, rows, int(l.at), w, room)...)
	return component.Page(append(data, about...), todo, w, h)
}

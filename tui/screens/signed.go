package screens

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/returns"
	"scanbay/tui"
	"scanbay/tui/i18n"
)

// Signed is where a supervisor writes down that a customer signed for the goods of a slip:
// today and for all that left, unless something else is said.
type Signed struct {
	form
	slip  store.SlipID
	lines []store.SlipLine // that left
	in    []store.SignedLine
	at    int64 // 0 for now
	left  int64 // when the first of it did
}

func newSigned(sh *tui.Shell, slip store.SlipID) *Signed {
	return &Signed{form: form{sh: sh}, slip: slip}
}

// Open implements tui.Screen: what was signed for before is what a correction begins with.
func (g *Signed) Open() tea.Cmd {
	if g.lines != nil {
		return nil // it is being filled in
	}
	type read struct {
		slip store.Slip
		was  []store.SignedLine
		at   int64
		left int64
	}
	return tui.Do(g.sh, func(ctx context.Context) (read, error) {
		return store.Get(ctx, g.sh.Store, func(r *store.Reader) (out read, err error) {
			if out.slip, err = r.WholeSlip(g.slip); err != nil {
				return out, err
			}
			if out.left, err = r.SlipLeft(g.slip); err != nil {
				return out, err
			}
			out.was, out.at, err = r.SignOff(g.slip)
			return out, err
		})
	}, func(r read) tea.Cmd {
		g.at, g.left = r.at, r.left
		for _, l := range r.slip.Lines {
			if l.Shipped <= 0 {
				continue
			}
			in := store.SignedLine{Line: l.Line, Signed: l.Shipped}
			for _, w := range r.was {
				if w.Line == l.Line {
					in = w
				}
			}
			g.lines, g.in = append(g.lines, l), append(g.in, in)
		}
		return nil
	})
}

// Scan implements tui.Screen: an item of the slip asks what is short or damaged of it.
func (g *Signed) Scan(s scanner.Scan) tea.Cmd {
	by := g.sh.By(s)
	return tui.Do(g.sh, func(ctx context.Context) (store.SKU, error) {
		f, err := store.Get(ctx, g.sh.Store, func(r *store.Reader) (store.Found, error) {
			return r.Find(by.Mark, store.ItemKind)
		})
		if r, refused := store.RefusalOf(err); refused {
			return "", g.sh.Store.Refuse(ctx, by, r)
		}
		return f.Item.SKU, err
	}, func(sku store.SKU) tea.Cmd {
		return g.item(sku)
	})
}

// item asks about the line of an item; of which, where there are several.
func (g *Signed) item(sku store.SKU) tea.Cmd {
	var of []int
	for i, l := range g.lines {
		if l.Item == sku {
			of = append(of, i)
		}
	}
	take := func(i int) tea.Cmd {
		g.form.at = cursor(1 + of[i]) // behind the day
		return g.short(of[i])
	}
	switch len(of) {
	case 0:
		g.sh.Note(g.sh.Text.SignedNotOf(string(sku)))
		return nil
	case 1:
		return take(0)
	}
	c := tui.Choice{Title: g.lines[of[0]].About.Title(), Pick: take}
	for _, i := range of {
		c.Options = append(c.Options, g.sh.Text.SignedLine(g.lines[i].Line, g.lines[i].Shipped))
	}
	return g.sh.Choose(c)
}

// short asks how many of a line are missing, and then how many are damaged.
func (g *Signed) short(i int) tea.Cmd {
	t, in, left := g.sh.Text, g.in[i], g.lines[i].Shipped
	return g.number(t.SignedShort(left), in.Short, left, func(n store.Qty) tea.Cmd {
		in.Short, in.Signed = n, left-n
		if in.Signed == 0 {
			in.Damaged = 0
			g.in[i] = in
			return nil
		}
		damaged := min(in.Damaged, in.Signed)
		return g.number(t.SignedDamaged(in.Signed), damaged, in.Signed,
			func(n store.Qty) tea.Cmd {
				in.Damaged = n
				g.in[i] = in
				return nil
			})
	})
}

// number asks for one of up to most; nothing typed leaves it as it was.
func (g *Signed) number(title string, was, most store.Qty, then func(store.Qty) tea.Cmd) tea.Cmd {
	return g.sh.Enter(tui.Entry{Title: title + " [" + was.String() + "]",
		Take: func(text string) tea.Cmd {
			if flat(text) == "" {
				return then(was)
			}
			n, ok := wholeNumber(flat(text))
			if !ok || n < 0 || n > most {
				g.sh.Warn(&store.Refusal{Code: store.BadQuantity, Got: text,
					Want: "0-" + most.String()})
				return nil
			}
			return then(n)
		}})
}

// rows are the day, and a row for each line that left.
func (g *Signed) rows() (out []row) {
	t := g.sh.Text
	if len(g.lines) == 0 {
		return nil
	}
	day := store.DateOf(g.sh.Store.Now())
	if g.at != 0 {
		day = g.day(g.at)
	}
	of := t.SignedDay()
	out = append(out, row{of.Name, day.String(), of.About, func() tea.Cmd {
		return g.ask(of.Name, day.String(), g.on)
	}})
	for i, l := range g.lines {
		in := g.in[i]
		out = append(out, row{marks(in), l.About.Title(), t.SignedOf(in.Signed, in.Short,
			in.Damaged), func() tea.Cmd { return g.short(i) }})
	}
	return out
}

// marks is what was signed for of a line, in few cells: -1 is short, and !2 are damaged.
func marks(l store.SignedLine) string {
	out := l.Signed.String()
	if l.Short > 0 {
		out += " -" + l.Short.String()
	}
	if l.Damaged > 0 {
		out += " !" + l.Damaged.String()
	}
	return out
}

// day is the date of a time in the warehouse's zone.
func (g *Signed) day(ms int64) store.Date {
	return store.DateOf(time.UnixMilli(ms).In(g.sh.Store.Zone()))
}

// on takes the day that was typed. The same day keeps its hour.
func (g *Signed) on(text string) tea.Cmd {
	day, ok := store.ParseDate(text)
	now := g.sh.Store.Now()
	switch {
	case !ok || day > store.DateOf(now):
		g.sh.Note(g.sh.Text.SignedBadDay(text))
	case day < g.day(g.left):
		g.sh.Note(g.sh.Text.SignedEarly(g.day(g.left)))
	case g.at != 0 && day == g.day(g.at):
	case day == store.DateOf(now):
		g.at = 0
	default:
		g.at = day.Time(g.sh.Store.Zone()).UnixMilli()
	}
	return nil
}

// Refused implements tui.Refused: on the day that stands there nobody can have signed.
func (g *Signed) Refused(r *store.Refusal) tea.Cmd {
	if r.Code == store.BadSetting {
		left := g.day(g.left)
		g.sh.Remedy(func(t i18n.Text) string { return t.SignedEarly(left) })
	}
	return nil
}

// Key implements tui.Screen.
func (g *Signed) Key(k tea.KeyMsg) tea.Cmd { return g.key(k, g.rows()) }

// Keys implements tui.Keyed.
func (g *Signed) Keys() []tui.Binding {
	return []tui.Binding{{Key: "f6", Command: i18n.Save, Do: g.save}}
}

func (g *Signed) save() tea.Cmd {
	by := g.sh.By(scanner.Scan{Source: keyed})
	in := returns.SigningOff{Slip: g.slip, At: g.at, Lines: g.in}
	return tui.Do(g.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, returns.SignOff(ctx, g.sh.Store, by, in)
	}, func(struct{}) tea.Cmd {
		g.sh.Tell(g.sh.Text.SignedNow(g.slip))
		return g.sh.Pop()
	})
}

// View implements tui.Screen.
func (g *Signed) View(w, h int) []string {
	t := g.sh.Text
	return g.view(t.SignedTitle(g.slip), t.SignedHint(), g.rows(), w, h)
}

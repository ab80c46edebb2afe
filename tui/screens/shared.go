package screens

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/tui"
	"scanbay/tui/i18n"
)

// The sources of what no scanner read: it was typed, or taken from the scale.
const (
	keyed = "keyed"
	scale = "scale"
)

// quantity is what is typed as a number of pieces; anything longer is a code.
var quantity = regexp.MustCompile(`^-?[0-9]{1,6}$`)

// typedQty reads a quantity that was typed; ok says that it was one.
func typedQty(s scanner.Scan) (n store.Qty, ok bool) {
	if s.Source != keyed || !quantity.MatchString(s.Label.Text) {
		return 0, false
	}
	i, err := strconv.Atoi(s.Label.Text)
	return store.Qty(i), err == nil
}

// weights are how people type a weight: 1250, 1250g, 1.25 kg.
var weights = regexp.MustCompile(`^([0-9]{1,7}) ?(?:g|克)?$|` +
	`^([0-9]{1,4}(?:\.[0-9]{1,3})?) ?(?:kg|公斤|千克)$`)

// weight reads a weight that was typed, in grams; ok says that it was one.
func weight(text string) (grams int64, ok bool) {
	m := weights.FindStringSubmatch(strings.ToLower(strings.TrimSpace(text)))
	if m == nil {
		return 0, false
	}
	whole, part, _ := strings.Cut(m[2], ".")
	grams, err := strconv.ParseInt(m[1]+whole+(part + "000")[:3*min(1, len(m[2]))], 10, 64)
	return grams, err == nil
}

// An entry is what came before the scan that it waits for.
type entry struct {
	n       store.Qty  // typed; 0 for none
	asked   store.Code // what the next scan is to bring
	pending store.Mark // the item scan that lacks it
}

// typed takes a number that was typed for the quantity of the scan behind it; ok says that
// it was one. While something is asked for, it is the answer.
func (e *entry) typed(sh *tui.Shell, s scanner.Scan) (cmd tea.Cmd, ok bool) {
	n, ok := typedQty(s)
	switch {
	case !ok || e.asked != "":
		return nil, false
	case n <= 0:
		return refuse(sh, s, store.BadQuantity, ""), true
	}
	e.n = n
	sh.Note()
	return nil, true
}

// number is the command that asks for the quantity of the next scan, for who has no keys.
func (e *entry) number(sh *tui.Shell) []tui.Binding {
	if e.asked != "" {
		return nil
	}
	return []tui.Binding{{Command: i18n.Quantity, Do: func() tea.Cmd {
		return sh.Enter(tui.Entry{Title: sh.Text.AskPieces(), Number: true,
			Take: func(text string) tea.Cmd {
				s := sh.Keyed(text)
				if cmd, ok := e.typed(sh, s); ok {
					return cmd
				}
				return refuse(sh, s, store.BadQuantity, "")
			}})
	}}}
}

// clear forgets what was asked for, and the quantity with it where that is meant
// too. It says whether there was anything.
func (e *entry) clear(quantity bool) bool {
	was := *e
	e.asked, e.pending = "", store.Mark{}
	if quantity {
		e.n = 0
	}
	return was.asked != "" || quantity && was.n != 0
}

// answered goes on with a scan as then has it: where something is asked for, that is the
// pending item's, with what it lacked. It refuses what is no answer to that.
func (e *entry) answered(sh *tui.Shell, s scanner.Scan, then func(store.Gesture) tea.Cmd) tea.Cmd {
	by, was := sh.By(s), *e
	if e.asked == "" {
		return then(by)
	}
	return tui.Do(sh, func(ctx context.Context) (full store.Gesture, err error) {
		full = by
		full.Mark, err = store.Get(ctx, sh.Store, func(r *store.Reader) (store.Mark, error) {
			return r.Completed(was.pending, was.asked, by.Mark)
		})
		if no, refused := store.RefusalOf(err); refused {
			err = sh.Store.Refuse(ctx, by, no)
		}
		return full, err
	}, then)
}

// A reading is how a screen reads what it shows. Where that is refused, it would be refused
// again, however often it is read.
type reading struct{ no *store.Refusal }

// reads is tui.Do for a reading.
func reads[T any](sh *tui.Shell, l *reading, op func(context.Context) (T, error),
	then func(T) tea.Cmd) tea.Cmd {
	return tui.Do(sh, func(ctx context.Context) (T, error) {
		v, err := op(ctx)
		l.no, _ = store.RefusalOf(err)
		return v, err
	}, then)
}

// again reads once more since something was refused, unless it was the reading.
func (l *reading) again(r *store.Refusal, read func() tea.Cmd) tea.Cmd {
	if r == l.no {
		return nil
	}
	return read()
}

// label is one of our own labels as its barcode reads.
func label(kind scanner.Kind, code string) string {
	return scanner.Encode(scanner.DefaultPrefix, kind, code)
}

// clockAt is a time of the day in the warehouse's zone; empty for none.
func clockAt(s *store.Store, ms int64) string {
	if ms == 0 {
		return ""
	}
	at, now := time.UnixMilli(ms).In(s.Zone()), s.Now()
	if store.DateOf(at) == store.DateOf(now) {
		return at.Format("15:04")
	}
	return at.Format("01-02 15:04")
}

// refuse records what the screen itself refuses, before any operation has seen the scan.
func refuse(sh *tui.Shell, s scanner.Scan, code store.Code, want string) tea.Cmd {
	by := sh.By(s)
	r := store.Refusal{Code: code, Want: want, Got: cmp.Or(s.Label.Code, s.Label.Text)}
	return tui.Do(sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, sh.Store.Refuse(ctx, by, &r)
	}, nil)
}

// reasonNames are reasons as options of a choice.
func reasonNames(t i18n.Text, reasons []store.Reason) (out []string) {
	for _, r := range reasons {
		out = append(out, t.Reason(r))
	}
	return out
}

// because asks for a reason, and goes on with its code.
func because(sh *tui.Shell, use store.ReasonUse, title string,
	then func(reason string) tea.Cmd) tea.Cmd {
	return tui.Do(sh, func(ctx context.Context) ([]store.Reason, error) {
		return store.Get(ctx, sh.Store, func(r *store.Reader) ([]store.Reason, error) {
			return r.Reasons(use)
		})
	}, func(reasons []store.Reason) tea.Cmd {
		return sh.Choose(tui.Choice{Title: title, Options: reasonNames(sh.Text, reasons),
			Pick: func(i int) tea.Cmd { return then(reasons[i].Code) }})
	})
}

// nothing says why there is nothing to do.
func nothing(t i18n.Text, w outbound.Waiting) string {
	if w.Locked > 0 {
		return t.NoRelease(w.Locked)
	}
	if w.Released {
		return t.NoWork()
	}
	return t.NoOrders()
}

// A cursor is the row that is selected in a list.
type cursor int

// key moves the cursor over n rows.
func (c *cursor) key(k tea.KeyMsg, n int) {
	switch k.Type {
	case tea.KeyUp:
		*c--
	case tea.KeyDown:
		*c++
	case tea.KeyHome:
		*c = 0
	case tea.KeyEnd:
		*c = cursor(n - 1)
	}
	c.keep(n)
}

// keep holds the cursor within n rows.
func (c *cursor) keep(n int) { *c = max(0, min(*c, cursor(n-1))) }

// seek moves the cursor to where the row that it is on is among fresh ones. Where that is
// gone it says no, and the cursor stays.
func seek[T any, ID comparable](c *cursor, rows, fresh []T, id func(T) ID) bool {
	c.keep(len(rows))
	if len(rows) == 0 {
		return false
	}
	i := slices.IndexFunc(fresh, func(f T) bool { return id(f) == id(rows[*c]) })
	if i >= 0 {
		*c = cursor(i)
	}
	return i >= 0
}

// begin moves the cursor to a row once: it gives no row to begin on any more.
func begin[T any, ID comparable](c *cursor, rows []T, id func(T) ID, first ID) (none ID) {
	if i := slices.IndexFunc(rows, func(r T) bool { return id(r) == first }); i >= 0 {
		*c = cursor(i)
	}
	return none
}

// follow is the fresh rows, with the cursor on the row that it was on. Where that is gone it
// stays in its place for as long as the cursor is on it: a key may be on its way that is
// meant for that row, and will be refused.
func follow[T any, ID comparable](c *cursor, rows, fresh []T, id func(T) ID) []T {
	if seek(c, rows, fresh, id) || len(rows) == 0 {
		return fresh
	}
	gone := rows[*c]
	c.keep(len(fresh) + 1)
	return slices.Insert(slices.Clip(fresh), int(*c), gone)
}

// wholeNumber reads a number of pieces from 0.
func wholeNumber(text string) (store.Qty, bool) {
	if !quantity.MatchString(text) {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return store.Qty(n), err == nil && n >= 0
}

// clockText is clockAt for milliseconds as text; empty for none.
func clockText(s *store.Store, ms string) string {
	n, _ := strconv.ParseInt(ms, 10, 64) // 0 for none
	return clockAt(s, n)
}

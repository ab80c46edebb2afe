package screens

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/tui"
	"scanbay/tui/i18n"
)

// keyed is the source of what was typed.
const keyed = "keyed"

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

// lacked is the pending item scan with what it lacked, from the scan that was asked for; ok
// is false for what is no date where one was wanted.
func (e *entry) lacked(got store.Mark) (out store.Mark, ok bool) {
	out = e.pending
	if got.Lot != "" {
		out.Lot = got.Lot
	}
	if got.Serial != "" {
		out.Serial = got.Serial
	}
	out.Expires = max(out.Expires, got.Expires)
	switch {
	case e.asked == store.SerialNeeded && got.Serial == "":
		out.Serial = store.Serial(got.Text)
	case e.asked == store.LotNeeded && got.Lot == "":
		out.Lot = store.Lot(got.Text)
	case e.asked == store.ExpiryNeeded && got.Expires == 0:
		out.Expires, ok = store.ParseDate(got.Text)
		return out, ok
	}
	return out, true
}

// answered takes a scan for the answer where something is asked for: m is then the pending
// item's, with what it lacked. It refuses what is no date where one was wanted.
func (e *entry) answered(sh *tui.Shell, s scanner.Scan, m *store.Mark) (cmd tea.Cmd, ok bool) {
	if e.asked == "" {
		return nil, true
	}
	mark, ok := e.lacked(*m)
	if !ok {
		return refuse(sh, s, store.ExpiryNeeded, ""), false
	}
	*m = mark
	return nil, true
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
	r := store.Refusal{Code: code, Want: want, Got: s.Label.Text}
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

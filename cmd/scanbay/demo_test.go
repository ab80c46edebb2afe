package main

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/order"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/screens"
	"scanbay/tui/theme"
	"scanbay/tui/tuitest"
)

// TestTheDemoIsAWholeDay works through the demonstration with its scan key,
// Enter, Esc and F2, as somebody without a scanner does: whatever was not held leaves.
func TestTheDemoIsAWholeDay(t *testing.T) {
	ctx, noon := context.Background(), time.Date(2026, 3, 1, 4, 0, 0, 0, time.UTC)
	clock := tuitest.NewClock(noon)
	s, key, err := openDemo(ctx, t.TempDir(), clock.Now)
	must(t, err)
	defer s.Close()
	must(t, order.Plan(ctx, s))
	held, err := order.Held(ctx, s, store.Held)
	must(t, err)
	var rules []string
	for _, h := range held {
		rules = append(rules, h.Findings[0].Rule)
	}
	slices.Sort(rules)
	if got := strings.Join(rules, " "); got != "complete duplicate stock" {
		t.Errorf("held for %s", got)
	}
	reader := scanner.NewReader(scanner.Config{IDs: scanner.NewIDs("demo"), Source: "replay",
		Prefix: scanner.DefaultPrefix, Now: clock.Now})
	sh := &tui.Shell{Store: s, Text: i18n.Chinese{}, Theme: theme.Plain(), Clock: clock,
		Keyed: reader.Keyed}
	d := tuitest.Start(tui.New(sh, screens.New(sh, key)), func(raw []byte) scanner.Scan {
		scan, _ := reader.Frame(scanner.Frame{Raw: raw})
		return scan
	}, clock, 20, 16)
	d.Type("101\n1234\n")
	const enough = 800 // presses
	for n := 0; ; n++ {
		left := unfinished(t, s)
		if left == 0 {
			t.Logf("%d presses", n)
			return
		}
		if n == enough {
			t.Fatalf("%d orders are not done:\n%s", left, d.Screen())
		}
		before := d.Screen()
		if strings.Contains(before, sh.Text.YesNo("")) {
			d.Key("f2")
			continue
		}
		if right, _ := d.Asks(); right != "" {
			d.Scan(right)
		}
		if d.Screen() == before {
			d.Key("enter")
		}
		if d.Screen() == before {
			d.Key("esc")
		}
	}
}

// unfinished counts the orders that were confirmed and have not left.
func unfinished(t *testing.T, s *store.Store) int {
	left, err := store.Get(context.Background(), s, func(r *store.Reader) (left int, err error) {
		ids, err := r.OrdersIn(store.Confirmed)
		for _, id := range ids {
			state, err := r.OrderState(id)
			if err != nil {
				return 0, err
			}
			if state != store.Shipped {
				left++
			}
		}
		return left, err
	})
	must(t, err)
	return left
}

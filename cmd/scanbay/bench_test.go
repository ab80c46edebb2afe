package main

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/outbound"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/screens"
	"scanbay/tui/theme"
	"scanbay/tui/tuitest"
)

const benchScans = 2000

// BenchmarkPick prints what a pick costs as a ratio to the same statements,
// written by hand in one transaction with FULL durability. The three take turns,
// so that whatever else the machine does befalls them alike.
func BenchmarkPick(b *testing.B) {
	for b.Loop() {
		var hand, pick, app []time.Duration
		byHand, byOperation, byApp := byHand(b), byOperation(b), byApp(b)
		for range benchScans {
			hand = append(hand, byHand())
			pick = append(pick, byOperation())
			app = append(app, byApp())
		}
		h := p50(hand)
		b.ReportMetric(us(h), "hand-p50-µs")
		b.ReportMetric(us(p50(pick)), "pick-p50-µs")
		b.ReportMetric(us(p50(app)), "app-p50-µs")
		b.ReportMetric(us(p50(pick))/us(h), "pick/hand(≤1.5)")
		b.ReportMetric(us(p50(app))/us(h), "app/hand(≤3)")
	}
	b.ReportMetric(0, "ns/op")
}

func us(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

func p50(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

// bigSlip is a site with one slip of many pieces in hand, its picker at the bin.
func bigSlip(b *testing.B) (*storetest.Site, store.SlipID) {
	s := storetest.Open(b, sqlite.Open, "s1")
	s.Record(storetest.Warehouse()...)
	s.Record(storetest.Has("A-01-01", "TEA-500", 1e6), storetest.Has("B-07-01", "CUP-02", 9),
		storetest.Ordered("1", "TEA-500", 100_000, "CUP-02", 1))
	s.Plan()
	const id = "CK26030100001"
	begin(s, id)
	return s, id
}

// begin brings the picker of a slip to its first bin.
func begin(s *storetest.Site, id store.SlipID) {
	_, err := outbound.Take(context.Background(), s.Store, store.Gesture{Operator: "101"}, id)
	s.Must(err)
	s.Pick("101", id, 0, "tote:T-1")
	s.Pick("101", id, 0, "bin:A-01-01")
}

// byOperation is one pick by the operation.
func byOperation(b *testing.B) func() time.Duration { return picker(bigSlip(b)) }

// picker picks a piece of a slip.
func picker(s *storetest.Site, id store.SlipID) func() time.Duration {
	seen := outbound.See(s.Slip(id))
	return func() time.Duration {
		in := outbound.PickScan{By: s.By("101", storetest.Tea), Slip: id, Seen: seen}
		start := time.Now()
		out, err := outbound.Pick(context.Background(), s.Store, in)
		took := time.Since(start)
		s.Must(err)
		seen = outbound.See(out.Slip)
		return took
	}
}

// byHand is what one pick runs, prepared, without any of our code.
func byHand(b *testing.B) func() time.Duration {
	s, id := bigSlip(b)
	type call struct {
		q    string
		args []any
	}
	var calls []call
	s.Trace(func(q string, args []any) { calls = append(calls, call{q, slices.Clone(args)}) })
	if _, code := s.Pick("101", id, 0, storetest.Tea); code != "" {
		b.Fatal(code)
	}
	s.Trace(nil)
	db, err := sqlite.Open(context.Background(), filepath.Join(b.TempDir(), "hand.db"))
	s.Must(err)
	b.Cleanup(func() { s.Must(db.Close()) })
	copyTables(b, s, db.Write)
	conn, err := db.Write.Conn(context.Background())
	s.Must(err)
	b.Cleanup(func() { s.Must(conn.Close()) })
	stmts := map[string]*sql.Stmt{}
	for _, c := range append(calls, call{q: db.Begin}, call{q: "COMMIT"}) {
		if stmts[c.q] == nil {
			stmts[c.q], err = conn.PrepareContext(context.Background(), c.q)
			s.Must(err)
		}
	}
	n := 1_000_000
	return func() time.Duration {
		n++
		for _, c := range calls {
			if strings.Contains(c.q, "INSERT INTO event") {
				c.args[3], c.args[10] = int64(n), int64(n) // seq and rev
				c.args[4], c.args[9] = fmt.Sprint("id", n), fmt.Sprint("scan", n)
			}
		}
		start := time.Now()
		_, err := stmts[db.Begin].Exec()
		for _, c := range calls {
			if err == nil {
				err = answer(stmts[c.q], c.q, c.args)
			}
		}
		if err == nil {
			_, err = stmts["COMMIT"].Exec()
		}
		took := time.Since(start)
		s.Must(err)
		return took
	}
}

func answer(stmt *sql.Stmt, q string, args []any) error {
	if strings.HasPrefix(strings.TrimSpace(q), "INSERT") {
		_, err := stmt.Exec(args...)
		return err
	}
	rows, err := stmt.Query(args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		cols, err := rows.Columns()
		if err != nil {
			return err
		}
		row := make([]any, len(cols))
		for i := range row {
			row[i] = new(any)
		}
		if err := rows.Scan(row...); err != nil {
			return err
		}
	}
	return rows.Err()
}

// copyTables gives db what the site's database holds.
func copyTables(b *testing.B, s *storetest.Site, db *sql.DB) {
	b.Helper()
	_, err := db.Exec(`ATTACH ? AS other`, s.Path())
	s.Must(err)
	rows, err := db.Query(`SELECT name FROM other.sqlite_schema WHERE type = 'table'
		AND name NOT LIKE 'sqlite_%'`)
	s.Must(err)
	var names []string
	for rows.Next() {
		var name string
		s.Must(rows.Scan(&name))
		names = append(names, name)
	}
	s.Must(rows.Close())
	for _, name := range names {
		_, err := db.Exec(`INSERT INTO main.` + name + ` SELECT * FROM other.` + name)
		s.Must(err)
	}
	_, err = db.Exec(`DETACH other`)
	s.Must(err)
}

// byApp is a scan from the App's Update until it is idle again: answered,
// committed and ready to be drawn.
func byApp(b *testing.B) func() time.Duration {
	s, _ := bigSlip(b)
	key := access.Key(make([]byte, 32))
	s.Must(s.Write(context.Background(), store.Gesture{}, func(tx *store.Tx) error {
		_, err := key.SetPIN(tx, "101", "1234")
		return err
	}))
	clock := tuitest.NewClock(storetest.Noon)
	reader := scanner.NewReader(scanner.Config{IDs: scanner.NewIDs("bench"), Source: "serial",
		Prefix: scanner.DefaultPrefix, Now: clock.Now})
	sh := &tui.Shell{Store: s.Store, Text: i18n.Chinese{}, Theme: theme.Plain(), Clock: clock,
		Keyed: reader.Keyed}
	d := tuitest.Start(tui.New(sh, screens.New(sh, key)), func(raw []byte) scanner.Scan {
		scan, _ := reader.Frame(scanner.Frame{Raw: raw})
		return scan
	}, clock, 20, 16)
	d.Type("101\n1234\n")
	d.Key("enter")
	d.Key("enter")
	return func() time.Duration {
		start := time.Now()
		d.Burst(storetest.Tea)
		return time.Since(start)
	}
}

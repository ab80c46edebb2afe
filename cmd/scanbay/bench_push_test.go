//go:build linux

package main

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"scanbay/store"
	"scanbay/store/postgres"
	"scanbay/store/postgres/pgtest"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
	"scanbay/sync/wire"
)

const (
	pushStations = 4
	pushRounds   = 12 // days of each
)

// BenchmarkPush prints at what rate central takes what stations send, over a socket and
// signed, with all that follows from it, beside the bare rows of the log in the same
// database: by COPY, and by an INSERT a row, 500 in a transaction.
func BenchmarkPush(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) {
		for b.Loop() {
			rows := push(b, sqlite.Open, 10_000)
			b.ReportMetric(insertSQLite(b, rows), "insert-rows/s")
		}
		b.ReportMetric(0, "ns/op")
	})
	b.Run("postgres", func(b *testing.B) {
		for b.Loop() {
			url := pgtest.Durable(b).URL(b)
			rows := push(b, func(ctx context.Context, _ string) (*store.DB, error) {
				return postgres.Open(ctx, url+"&pool_max_conns=8")
			}, 15_000)
			copied, inserted := insertPostgres(b, url, rows)
			b.ReportMetric(copied, "copy-rows/s")
			b.ReportMetric(inserted, "insert-rows/s")
		}
		b.ReportMetric(0, "ns/op")
	})
}

// A wireMeter counts the bytes of pushes, and keeps them to be sent again.
type wireMeter struct {
	mu   sync.Mutex
	sent int
	asks []*http.Request
}

// RoundTrip implements http.RoundTripper.
func (m *wireMeter) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path == wire.PushPath {
		m.mu.Lock()
		m.sent += int(r.ContentLength)
		m.asks = append(m.asks, r)
		m.mu.Unlock()
	}
	return http.DefaultTransport.RoundTrip(r)
}

// again sends every push once more, as it was.
func (m *wireMeter) again(b *testing.B) {
	for _, ask := range m.asks {
		r := ask.Clone(context.Background())
		var err error
		r.Body, err = ask.GetBody()
		must(b, err)
		answer, err := http.DefaultTransport.RoundTrip(r)
		must(b, err)
		must(b, answer.Body.Close())
		if answer.StatusCode != http.StatusOK {
			b.Error("pushed again: ", answer.Status)
		}
	}
}

// push measures, and gives the rows of the log.
func push(b *testing.B, open storetest.Opener, least int) (rows [][]any) {
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	d := newDay(b)
	hub := storetest.OpenAs(b, open, storetest.Central, true)
	c := benchCentral(b, hub.Store)
	line := &wireMeter{}
	office := teller{author: "office", at: "s001"}
	var stations []pushing
	for i := range pushStations {
		id := store.StationID(fmt.Sprintf("s%03d", i+1))
		s, floor := c.station(b, id, line), teller{author: id, at: id}
		office.at = id
		for n := range pushRounds {
			round := i*pushRounds + n
			for _, run := range office.tell(b, d, d.office, round, pushRun) {
				take(b, hub, false, run)
			}
			for _, run := range floor.tell(b, d, d.floor, round, pushRun) {
				must(b, s.WriteMany(context.Background(), store.Gesture{},
					func(tx *store.Tx) error {
						_, err := tx.TakeRun(run)
						return err
					}))
			}
		}
		stations = append(stations, s)
	}
	before := logRows(b, hub.Store, 0)
	start, used := time.Now(), cpuTime()
	var all sync.WaitGroup
	for _, s := range stations {
		all.Go(func() { s.pushAll(b) })
	}
	all.Wait()
	took, spent := time.Since(start), cpuTime()-used
	rows = logRows(b, hub.Store, int64(len(before)))
	facts := float64(pushStations * pushRounds * len(d.floor))
	b.ReportMetric(facts/took.Seconds(), fmt.Sprintf("facts/s(≥%d)", least))
	b.ReportMetric(spent.Seconds()*1e5/facts, "cpu-s-a-100k(≤15)")
	b.ReportMetric(float64(line.sent)/facts, "bytes-a-fact(≤40)")
	line.again(b)
	b.ReportMetric(float64(len(logRows(b, hub.Store, int64(len(before)+len(rows))))),
		"rows-when-pushed-again(0)")
	return rows
}

// cpuTime is what this process has used: stations and central, but for PostgreSQL.
func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // it cannot fail for oneself
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// logRows are the rows of the log behind a revision, as a driver takes them.
func logRows(b *testing.B, s *store.Store, rev int64) (out [][]any) {
	runs, err := store.Get(context.Background(), s, func(r *store.Reader) ([]store.Run, error) {
		runs, _, err := r.News("", 0, rev, 1e7)
		return runs, err
	})
	must(b, err)
	for _, run := range runs {
		for i, bytes := range run.Facts {
			env, err := store.Fact{Bytes: bytes}.Envelope()
			must(b, err)
			var scan any
			if env.Scan != "" {
				scan = string(env.Scan)
			}
			out = append(out, []any{string(env.WH), string(env.Author), env.Epoch, env.Seq,
				string(env.ID), env.Kind, "", string(env.Operator), env.At, scan,
				run.Rev + int64(i), int64(0), bytes, make([]byte, 32)})
		}
	}
	return out
}

const (
	logColumns = "wh author epoch seq id kind ref operator at scan rev parked bytes hash"
	logInsert  = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

// insertSQLite is at what rate another database takes the rows.
func insertSQLite(b *testing.B, rows [][]any) float64 {
	ctx := context.Background()
	db, err := sqlite.Open(ctx, filepath.Join(b.TempDir(), "bare.db"))
	must(b, err)
	start := time.Now()
	for i := 0; i < len(rows); i += pushRun {
		must(b, inOne(ctx, db.Write, rows[i:min(i+pushRun, len(rows))]))
	}
	rate := float64(len(rows)) / time.Since(start).Seconds()
	must(b, db.Close())
	return rate
}

func inOne(ctx context.Context, db *sql.DB, rows [][]any) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	stmt, err := tx.PrepareContext(ctx, logInsert)
	for _, row := range rows {
		if err == nil {
			_, err = stmt.ExecContext(ctx, row...)
		}
	}
	if err != nil {
		return err
	}
	return tx.Commit()
}

// insertPostgres is at what rates a table like the log takes the rows.
func insertPostgres(b *testing.B, url string, rows [][]any) (copied, inserted float64) {
	ctx := context.Background()
	db, err := pgx.Connect(ctx, url)
	must(b, err)
	rate := func(table string, take func(pgx.Tx, [][]any) error) float64 {
		_, err := db.Exec(ctx, "CREATE TABLE "+table+" (LIKE event INCLUDING ALL)")
		must(b, err)
		start := time.Now()
		for i := 0; i < len(rows); i += pushRun {
			must(b, pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
				return take(tx, rows[i:min(i+pushRun, len(rows))])
			}))
		}
		return float64(len(rows)) / time.Since(start).Seconds()
	}
	copied = rate("copied", func(tx pgx.Tx, rows [][]any) error {
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"copied"}, strings.Fields(logColumns),
			pgx.CopyFromRows(rows))
		return err
	})
	inserted = rate("inserted", func(tx pgx.Tx, rows [][]any) error {
		var batch pgx.Batch
		for _, row := range rows {
			batch.Queue(postgres.Rebind(strings.Replace(logInsert, "event", "inserted", 1)), row...)
		}
		return tx.SendBatch(ctx, &batch).Close()
	})
	must(b, db.Close(ctx))
	return copied, inserted
}

package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"scanbay/store"
	"scanbay/store/postgres"
	"scanbay/store/postgres/pgtest"
	"scanbay/store/storetest"
)

// server opens a warehouse as one more server would.
func server(t testing.TB, url string, wh store.WarehouseID, boot string) *store.Store {
	t.Helper()
	ctx := context.Background()
	db, err := postgres.Open(ctx, url)
	must(t, err)
	must(t, store.Establish(ctx, db, store.Identity{Warehouse: wh, Author: "central",
		Prefix: "CE", Epoch: 1, Zone: "Asia/Shanghai", Authority: true, Central: true}))
	s, err := store.Of(ctx, db, wh, boot, (&storetest.Clock{}).Now)
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// scan records a scan, as an operation does.
func scan(s *store.Store, id string) error {
	return s.Write(context.Background(), store.Gesture{Scan: store.ScanID(id)},
		func(tx *store.Tx) error { return tx.Record(store.ScanNoted{Text: id}) })
}

// logged is every scan in the log, once; the chain is whole.
func logged(t *testing.T, s *store.Store) (scans map[store.ScanID]bool) {
	t.Helper()
	facts, err := store.Get(context.Background(), s, func(r *store.Reader) ([]store.Fact, error) {
		return r.Log("central", 1, 0, 1e6)
	})
	must(t, err)
	scans = map[store.ScanID]bool{}
	for i, f := range store.Retell(facts, -1, "") {
		env, err := f.Envelope()
		must(t, err)
		if env.Seq != int64(i)+1 || string(f.Hash) != string(facts[i].Hash) || scans[env.Scan] {
			t.Fatalf("fact %d is %d, of scan %s, or its hash is another's", i+1, env.Seq, env.Scan)
		}
		scans[env.Scan] = true
	}
	return scans
}

// TestServersTakeTurns: several servers write to one warehouse, and each scan comes to
// two of them.
func TestServersTakeTurns(t *testing.T) {
	url := pgtest.URL(t)
	servers := []*store.Store{server(t, url, "w1", "a"), server(t, url, "w1", "b")}
	const people, scans = 3, 30
	var all sync.WaitGroup
	for i := range 2 * people {
		all.Go(func() {
			for n := range scans {
				err := scan(servers[i%2], fmt.Sprintf("%d.%d", i/2, n))
				if err != nil && !errors.Is(err, store.ErrAnswered) {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n := len(logged(t, servers[0])); n != people*scans {
		t.Errorf("%d scans are in the log, not %d", n, people*scans)
	}
}

// TestAWarehouseWaitsForItselfAlone: who holds one warehouse keeps nobody from another.
func TestAWarehouseWaitsForItselfAlone(t *testing.T) {
	ctx, url := context.Background(), pgtest.URL(t)+"&lock_timeout=50ms"
	one, other := server(t, url, "w1", "a"), server(t, url, "w2", "a")
	second := server(t, url, "w1", "b")
	must(t, one.Write(ctx, store.Gesture{}, func(tx *store.Tx) error {
		must(t, scan(other, "1"))
		held := store.FaultOf(scan(second, "1"))
		if held.Code != store.Locked {
			t.Errorf("two servers write to one warehouse at once: %v", held)
		}
		return tx.Record(store.ScanNoted{Text: "1"})
	}))
}

// TestFaultsGoByCodes: the server's states are told apart, whatever it says.
func TestFaultsGoByCodes(t *testing.T) {
	s := server(t, pgtest.URL(t), "w1", "a")
	for state, want := range map[string]store.FaultCode{
		"53100": store.DiskFull, "25006": store.ReadOnly, "42501": store.ReadOnly,
		"55P03": store.Locked, "XX001": store.Damaged, "3D000": store.Missing,
		"22012": store.Broken,
	} {
		err := s.Alter(context.Background(), "DO $$BEGIN RAISE 'no' USING ERRCODE = '"+state+
			"'; END$$")
		if f := store.FaultOf(err); err == nil || f.Code != want ||
			want != store.Broken && f.Path != s.Path() {
			t.Errorf("%s: %v, want %s", state, err, want)
		}
	}
}

// failing lets the next facts of a database fail, so many times.
func failing(t *testing.T, s *store.Store, state string, times int) {
	t.Helper()
	for _, q := range []string{
		`CREATE SEQUENCE tries`, // it counts on when a transaction is undone
		fmt.Sprintf(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
			IF nextval('tries') <= %d THEN RAISE 'no' USING ERRCODE = '%s'; END IF;
			RETURN new; END$$`, times, state),
		`CREATE TRIGGER fail BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION fail()`,
	} {
		must(t, s.Alter(context.Background(), q))
	}
}

// TestWhatFailsBecauseOfOthersIsRunAgain, and nothing else is.
func TestWhatFailsBecauseOfOthersIsRunAgain(t *testing.T) {
	for state, again := range map[string]bool{"40001": true, "40P01": true, "40003": false,
		"57014": false, "23505": false} {
		s := server(t, pgtest.URL(t), "w1", "a")
		failing(t, s, state, 2)
		runs := 0
		err := s.Write(context.Background(), store.Gesture{Scan: "1"}, func(tx *store.Tx) error {
			runs++
			return tx.Record(store.ScanNoted{Text: "1"})
		})
		if again && (err != nil || runs != 3) || !again && (err == nil || runs != 1) {
			t.Errorf("%s: %d runs, %v", state, runs, err)
		}
		if done := logged(t, s)["1"]; done != again {
			t.Errorf("%s: it is logged: %v", state, done)
		}
	}
}

// TestAFailedTransactionIsNotAnswered: PostgreSQL answers the COMMIT of a transaction
// in which something failed without an error.
func TestAFailedTransactionIsNotAnswered(t *testing.T) {
	s := server(t, pgtest.URL(t), "w1", "a")
	failing(t, s, "22012", 1)
	err := s.Write(context.Background(), store.Gesture{Scan: "1"}, func(tx *store.Tx) error {
		if err := tx.Record(store.ScanNoted{Text: "1"}); err == nil {
			t.Error("nothing failed")
		}
		return nil // passed over
	})
	if err == nil {
		t.Error("what was not committed is answered")
	}
	must(t, scan(s, "1"))
}

// TestWhatIsNotSafeIsRefused: a database that alters text, or loses answers.
func TestWhatIsNotSafeIsRefused(t *testing.T) {
	ctx := context.Background()
	base := pgtest.URL(t)
	db, err := pgx.Connect(ctx, base)
	must(t, err)
	name := db.Config().Database
	for _, q := range []string{"ALTER DATABASE " + name + " SET synchronous_commit = off",
		"ALTER DATABASE " + name + " SET scanbay.throwaway = off"} {
		_, err := postgres.Open(ctx, base)
		must(t, err)
		_, err = db.Exec(ctx, q)
		must(t, err)
	}
	must(t, db.Close(ctx))
	narrow := pgtest.Open(t).Config()
	for url, want := range map[string]string{
		base:                                   "fsync off",
		narrow.ConnString() + "&dbname=absent": "3D000",
		base + "&pool_max_conns=1":             "pool_max_conns",
		base + "&pool_max_conns=many":          "pool_max_conns",
		narrow.ConnString() + "&password=gift": "",
	} {
		db, err := postgres.Open(ctx, url)
		if want == "" && err == nil {
			if strings.Contains(db.Path, "gift") {
				t.Error("the path has the password:", db.Path)
			}
			err = db.Close()
		}
		if want == "" && err != nil || want != "" && !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%s: %v, want %q", url, err, want)
		}
	}
}

// TestTextIsKeptAsItIs: in a database of another encoding it might not be.
func TestTextIsKeptAsItIs(t *testing.T) {
	ctx, empty := context.Background(), pgtest.Open(t)
	const name = "narrow"
	_, err := empty.Exec(ctx, "CREATE DATABASE "+name+" ENCODING SQL_ASCII TEMPLATE template0")
	must(t, err)
	_, err = postgres.Open(ctx, strings.Replace(empty.Config().ConnString(),
		empty.Config().Database, name, 1))
	if err == nil || !strings.Contains(err.Error(), "SQL_ASCII") {
		t.Errorf("a database of bytes is taken: %v", err)
	}
	_, err = empty.Exec(ctx, "DROP DATABASE "+name)
	must(t, err)
}

// TestServersMigrateAtOnce: each opens the empty database as if it were alone.
func TestServersMigrateAtOnce(t *testing.T) {
	url := pgtest.Open(t).Config().ConnString()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			db, err := postgres.Open(context.Background(), url)
			if err == nil {
				err = db.Close()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

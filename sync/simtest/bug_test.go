package simtest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A bug is a place in production code as somebody might have written it: where PLANTED
// stands, the program asks at run time whether the bug is in it. Those of one name are
// planted together.
type bug struct{ name, file, old, bad string }

// bugs are what the simulation is to find out.
var bugs = []bug{
	{"NORMAL instead of FULL", "store/sqlite/sqlite.go",
		`sql.Open("sqlite", uri(path)+writer+on); err != nil {
		return db, err
	}
	db.Write.SetMaxOpenConns(1)`,
		`sql.Open("sqlite", uri(path)+writer+on+
			map[bool]string{true: "&_pragma=synchronous(normal)"}[PLANTED]); err != nil {
		return db, err
	}
	db.Write.SetMaxOpenConns(1)`},
	{"a scan is answered before it is stored", "store/store.go",
		`err = se.end(context.WithoutCancel(ctx), "COMMIT")`,
		`if err = se.end(context.WithoutCancel(ctx), "COMMIT"); PLANTED { err = nil }`},
	{"a push is answered before it is stored", "sync/central/push.go",
		`for _, p := range batch {
		if p.err == nil {
			w.heard`,
		`for _, p := range batch {
		if PLANTED { p.err = nil; p.seq, p.hash = p.run.Last(), p.run.Hash }
		if p.err == nil {
			w.heard`},
	{"facts that are held are taken again", "store/exchange.go",
		`held := min(max(0, head.seq-b.From+1), int64(len(b.Facts)))`,
		`held := min(max(0, head.seq-b.From+1), int64(len(b.Facts)))
	if PLANTED { held = 0 }`},
	{"a repeated fact is added twice", "store/exchange.go",
		`if err := tx.renumber(b, head); err != nil {
			return nil, err
		}`,
		`if err := tx.renumber(b, head); err != nil {
			return nil, err
		}
		for _, raw := range b.Facts[:held] {
			env, _ := (Fact{Bytes: raw}).Envelope()
			if e, err := Decode(env.Kind, env.Body); err == nil && PLANTED {
				if err := tx.flush(e.apply(env.Stamp())); err != nil {
					return nil, err
				}
			}
		}`},
	{"the cursor moves before the rows", "store/exchange.go",
		`return s.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
		at, err := tx.Cursor()
		if err == nil && at != from {`,
		`if PLANTED {
		if err := s.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
			return tx.move(n.Cursor, n.Mark)
		}); err != nil {
			return err
		}
		from = n.Cursor
	}
	return s.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
		at, err := tx.Cursor()
		if err == nil && at != from {`},
	{"facts are forgotten when they are sent", "sync/agent/push.go",
		`said, err := a.post(ctx, wire.PushPath, body.Bytes())`,
		`if PLANTED {
		if err := a.Store.Ack(ctx, at.Incarnation, run.Epoch, run.Last()); err != nil {
			return false, err
		}
	}
	said, err := a.post(ctx, wire.PushPath, body.Bytes())`},
	{"a fact is stored in one transaction and folded in the next", "store/tx.go",
		`if err := tx.insert(row); err != nil {
			return false, err
		}`,
		`if err := tx.insert(row); err != nil {
			return false, err
		}
		if PLANTED {
			if err := tx.se.end(tx.ctx, "COMMIT"); err != nil {
				return false, err
			}
			if err := tx.se.begin(tx.ctx, tx.s.id.Warehouse); err != nil {
				return false, err
			}
		}`},
	{"the chain is not verified", "store/exchange.go",
		`; !bytes.Equal(end, b.Hash) {`, `; !bytes.Equal(end, b.Hash) && !PLANTED {`},
	{"a fork is taken for a duplicate", "store/exchange.go",
		`if known && !bytes.Equal(there, hashes[held-1]) {`,
		`if known && !bytes.Equal(there, hashes[held-1]) && !PLANTED {`},
	{"a fork is taken for a duplicate", "store/exchange.go",
		`if len(b.Prev) > 0 && !bytes.Equal(hash, b.Prev) {`,
		`if PLANTED { b.Hash = hash; for _, f := range b.Facts { b.Hash = chain(b.Hash, f) } }
	if len(b.Prev) > 0 && !bytes.Equal(hash, b.Prev) && !PLANTED {`},
	{"facts are written again under other ids", "store/snapshot.go",
		`WHERE wh = ? AND id = ?` + "`, env.ID)",
		`WHERE wh = ? AND id = ?` + "`, env.ID)" + `
		if PLANTED {
			n, env.ID, env.Scan = 0, env.ID+"'", ""
		}`},
	{"facts that are there are written again", "store/snapshot.go",
		`if n > 0 {
			continue`, `if n > 0 && !PLANTED {
			continue`},
	{"a log that went two ways keeps its epoch", "sync/central/enrol.go",
		`a.Epoch, next.At = next.Epoch, tx.Now().UnixMilli()`,
		`if PLANTED { next.Epoch = ask.Epoch }
		a.Epoch, next.At = next.Epoch, tx.Now().UnixMilli()`},
	{"a stamp does not say what was seen", "store/fact.go",
		`b = binary.BigEndian.AppendUint64(b, uint64(e.BasedOn))
	b = append(`, `if b = append(b, make([]byte, 8)...); !PLANTED {
		b = binary.BigEndian.AppendUint64(b[:8], uint64(e.BasedOn))
	}
	b = append(`},
	{"a lease keeps its token", "store/outbound/lease.go",
		`Token: slip.Lease.Token + 1, Held: true,`,
		`Token: slip.Lease.Token + map[bool]int64{false: 1}[PLANTED], Held: true,`},
	{"promises are not given back", "store/order/dispute.go",
		`if err != nil || over <= 0 {`, `if err != nil || over <= 0 || PLANTED {`},
	{"a disagreement is left alone", "store/dispute.go",
		`if err != nil || known {
		return err
	}
	return tx.Record(DiscrepancyOpened`, `if err != nil || known || PLANTED {
		return err
	}
	return tx.Record(DiscrepancyOpened`},
	{"news of every warehouse", "store/exchange.go",
		`WHERE wh = ? AND rev > ? AND NOT (author = ? AND epoch = ?) ORDER BY rev LIMIT ?` + "`",
		"WHERE (wh = ?`+map[bool]string{true: \" OR 1\"}[PLANTED]+`)" +
			` AND rev > ? AND NOT (author = ? AND epoch = ?) ORDER BY rev LIMIT ?` + "`"},
	{"the watermark moves past what central has", "sync/agent/push.go",
		`run.Epoch, answer.Seq)`,
		`run.Epoch, answer.Seq+map[bool]int64{true: 1}[PLANTED])`},
	{"central's own log is not offered", "sync/agent/meet.go",
		`for _, h := range mine {
`, `for _, h := range mine {
		if PLANTED && h.Author == "central" { continue }
`},
	{"what was unsent is dropped", "store/snapshot.go",
		`_, err = tx.reauthor(own, epoch, func(int) bool { return false })`,
		`if PLANTED { return nil }
			_, err = tx.reauthor(own, epoch, func(int) bool { return false })`},
	{"a refusal is not recorded", "store/store.go",
		`if refused && (by.Scan != "" || by.Operator != "") {`,
		`if refused && PLANTED {
		err = nil
	} else if refused && (by.Scan != "" || by.Operator != "") {`},
	{"a fact of tomorrow is in the way of others", "store/exchange.go",
		`envs, err := tx.envelopes(b, held)
	if err != nil {`, `envs, err := tx.envelopes(b, held)
	for _, env := range envs {
		if _, unknown := Decode(env.Kind, env.Body); unknown != nil && PLANTED { err = unknown }
	}
	if err != nil {`},
	{"a contradiction is in the way of others", "store/change.go",
		`if n == 0 {
			return true, tx.unput(put)`, `if n == 0 && PLANTED {
			return false, ErrContradiction
		}
		if n == 0 {
			return true, tx.unput(put)`},
	{"a count is decided on twice", "store/stocktake/approve.go",
		`case v.State.Ended():`, `case v.State.Ended() && !PLANTED:`},
	{"a restored central goes on as if nothing were", "sync/central/enrol.go",
		`if err := w.lost(ctx, st, ask); err != nil {`,
		`if PLANTED {
	} else if err := w.lost(ctx, st, ask); err != nil {`},
}

// asks is what each package of a planted place is given.
const asks = `package %s

import "os"

var plantedBug = os.Getenv("SCANBAY_PLANTED")

func planted(name string) bool { return plantedBug == name }
`

const root = "../.."

// plant gives the files as they are with every bug.
func plant(t *testing.T) map[string]string {
	files := map[string]string{}
	for _, b := range bugs {
		if _, known := files[b.file]; !known {
			text, err := os.ReadFile(filepath.Join(root, b.file))
			if err != nil {
				t.Fatal(err)
			}
			files[b.file] = string(text)
		}
		if n := strings.Count(files[b.file], b.old); n != 1 {
			t.Errorf("%s: %q is %d times in %s", b.name, b.old, n, b.file)
		}
		is := fmt.Sprintf("planted(%q)", b.name)
		files[b.file] = strings.Replace(files[b.file], b.old,
			strings.ReplaceAll(b.bad, "PLANTED", is), 1)
	}
	return files
}

// The places where bugs are planted are there: else a test of the simulation tests nothing.
func TestBugsCanBePlanted(t *testing.T) { plant(t) }

// sow compiles the simulation with every bug in it, and gives the program.
func sow(t *testing.T) string {
	folder, overlay := t.TempDir(), map[string]string{}
	at, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	put := func(file, text string) {
		to := filepath.Join(folder, strings.ReplaceAll(file, "/", "_"))
		overlay[filepath.Join(at, file)] = to
		if err := os.WriteFile(to, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for file, text := range plant(t) {
		put(file, text)
		put(filepath.Join(filepath.Dir(file), "planted.go"),
			fmt.Sprintf(asks, filepath.Base(filepath.Dir(file))))
	}
	list, err := json.Marshal(map[string]any{"Replace": overlay})
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "overlay.json"), list, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(folder, "planted.test")
	out, err := exec.Command("go", "test", "-c", "-o", program,
		"-overlay", filepath.Join(folder, "overlay.json"), ".").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// SCANBAY_BUGS=1 plants every bug, one at a time: each is to be caught within so many
// seeds.
const caughtWithin = "200"

func TestPlantedBugsAreCaught(t *testing.T) {
	if os.Getenv("SCANBAY_BUGS") == "" {
		t.Skip("set SCANBAY_BUGS, or make sim-bugs")
	}
	program := sow(t)
	found := regexp.MustCompile(`(seed \d+|before it begins): (\(\d+\) [^:]+)`)
	var done []string
	for _, b := range bugs {
		if slices.Contains(done, b.name) {
			continue
		}
		done = append(done, b.name)
		cmd := exec.Command(program, "-test.run", "NothingIsLost", "-test.v")
		cmd.Env = append(os.Environ(), "SCANBAY_PLANTED="+b.name, "SCANBAY_SEEDS="+caughtWithin)
		out, err := cmd.CombinedOutput()
		if m := found.FindSubmatch(out); m != nil {
			t.Logf("%-60s %-16s %s", b.name, m[1], m[2])
		} else {
			t.Errorf("%-60s not caught (%v)\n%.2000s", b.name, err, out)
		}
	}
}

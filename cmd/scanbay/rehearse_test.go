package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"scanbay/scanner"
	"scanbay/store"
)

const december = "testdata/rehearse/online-retail-2010-12.csv.gz"

// rehearsed runs the command, and reads its figures.
func rehearsed(t testing.TB, args ...string) (f figures, said string, code int) {
	t.Helper()
	return rehearsedOf(t, december, args...)
}

// rehearsedOf is rehearsed with the orders of a file.
func rehearsedOf(t testing.TB, file string, args ...string) (f figures, said string, code int) {
	t.Helper()
	var out, err bytes.Buffer
	c := &console{Out: &out, Err: &err, Now: time.Now}
	args = append([]string{"--lang=en", "rehearse", file, "--json"}, args...)
	code = run(context.Background(), args, c)
	if bad := json.Unmarshal(out.Bytes(), &f); bad != nil {
		t.Fatalf("%v: %s%s", bad, out.String(), err.String())
	}
	return f, err.String(), code
}

// TestARehearsalOfRealOrders: people who err bring real orders out of the door, and
// nothing is wrong afterwards.
func TestARehearsalOfRealOrders(t *testing.T) {
	f, said, code := rehearsed(t, "--orders=25", "--operators=3", "--errors=5%",
		"--missing=3%")
	if code != 0 || f.Violations != 0 || said != "" {
		t.Fatalf("%d, %d violations:\n%s", code, f.Violations, said)
	}
	for name, n := range map[string]int{"slips": f.Slips, "lines": f.Lines, "scans": f.Scans,
		"pieces": int(f.Pieces), "held": f.Held, "rejected": f.Rejected, "refused": f.Refused,
		"mistakes": f.Mistakes, "shorts": f.Shorts, "discrepancies": f.Discrepancies} {
		if n == 0 {
			t.Errorf("no %s", name)
		}
	}
	if f.Orders != 25 || f.Approved+f.Rejected != f.Held {
		t.Errorf("%+v", f)
	}
	t.Logf("%d scans in %.1f s, %.2f ms each", f.Scans, f.Seconds, f.P50)
}

// TestARehearsalAtATerminal: a person sits at a pseudo-terminal, with a scanner on
// a serial line.
func TestARehearsalAtATerminal(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("pseudo-terminals as serial lines are Linux's")
	}
	f, said, code := rehearsed(t, "--orders=2", "--pty=1", "--errors=5%")
	if code != 0 || f.TerminalP50 == 0 {
		t.Errorf("%d: %+v\n%s", code, f, said)
	}
	t.Logf("%d scans in %.1f s, %.1f ms from the trigger to the screen", f.Scans, f.Seconds,
		f.TerminalP50)
}

// TestARehearsalSeesWhatIsWrong: a check that finds nothing must be able to.
func TestARehearsalSeesWhatIsWrong(t *testing.T) {
	ctx := context.Background()
	r := &rehearsal{rehearseCmd: rehearseCmd{Files: []string{december}, Orders: 3, Operators: 1,
		Share: 1}, console: &console{Now: time.Now, Out: t.Output(), Err: t.Output()},
		ids: scanner.NewIDs("test")}
	var err error
	r.Text = languageOf(1)
	r.demand, err = readDemand(r.Files, r.Orders)
	must(t, err)
	closing, err := r.open(ctx)
	must(t, err)
	defer func() { must(t, closing()) }()
	must(t, r.layOut(ctx, r.key))
	must(t, r.work(ctx))
	wrongs := func() string {
		tally, err := countLog(ctx, r.store)
		must(t, err)
		all, err := r.check(ctx, tally)
		must(t, err)
		return strings.Join(all, "\n")
	}
	if said := wrongs(); said != "" {
		t.Fatal(said)
	}
	bin := r.floor.bins[0]
	r.floor.shelves[shelf{bin, r.demand.wares[0].sku}]++
	r.floor.inTotes["T-0001"] = map[string]store.Qty{"85123A": 1}
	must(t, r.store.Alter(ctx, `UPDATE stock SET n = n - 1 WHERE place = '@customer'
		AND item = '85123A'`))
	r.persons[1].wrong("tired")
	said := wrongs()
	for _, want := range []string{"bin " + bin + " holds", "tote T-0001 holds 1 of 85123A",
		"fold: stock", "balance: 85123A", "the customers have", "operator 101: tired"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said:\n%s", want, said)
		}
	}
}

func TestARehearsalIsKept(t *testing.T) {
	home := filepath.Join(t.TempDir(), "kept")
	if f, said, code := rehearsed(t, "--orders=2", "--keep", home); code != 0 {
		t.Fatalf("%+v\n%s", f, said)
	}
	var out bytes.Buffer
	c := &console{Out: &out, Err: &out, Now: time.Now}
	args := []string{"--lang=en", "rehearse", december, "--keep", home}
	if code := run(context.Background(), args, c); code != exitFailed ||
		!strings.Contains(out.String(), "Choose another name, or move that file") {
		t.Errorf("%d: %s", code, out.String())
	}
	args = []string{"--lang=en", "verify", filepath.Join(home, rehearsalFile)}
	if code := run(context.Background(), args, c); code != 0 {
		t.Error(out.String())
	}
}

// TestAFileOfStockIsRehearsed: what is not in the file is short, and held.
func TestAFileOfStockIsRehearsed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stock.csv")
	must(t, os.WriteFile(path, []byte("货位,商品编码,数量\nX-1,22633,100\nX-2,85123A,1\n"), 0o600))
	f, said, code := rehearsed(t, "--orders=4", "--stock", path)
	if code != 0 || f.Orders != 4 || f.Held != 4 || f.Pieces != 7 {
		t.Errorf("%d: %+v\n%s", code, f, said)
	}
}

func TestWhatCannotBeRehearsed(t *testing.T) {
	const head = "order,sku,qty,price\n"
	home := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(home, name)
		must(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{file("empty.csv", "")}, "empty.csv cannot be read as a table"},
		{[]string{file("x.gz", "\x1f\x8bno")}, "x.gz cannot be read as a table"},
		{[]string{file("post.csv", head+"1,POST,1,2\n")}, "nothing that lies in a bin"},
		{[]string{file("odd.csv", head+"1,2,1,2\n2,3,x,1\n1,2,y,2\n")}, "odd.csv:4"},
		{[]string{filepath.Join(home, "none.csv")}, "none.csv"},
		{[]string{december, "--pty=2"}, "1 operators, 2 of them at terminals"},
		{[]string{december, "--errors=often"}, "is no share"},
	} {
		var out bytes.Buffer
		con := &console{Out: &out, Err: &out, Now: time.Now}
		code := run(context.Background(), append([]string{"--lang=en", "rehearse"}, c.args...), con)
		if code == 0 || !strings.Contains(out.String(), c.want) {
			t.Errorf("%s: %d\n%s", c.args, code, out.String())
		}
	}
}

func TestWhatIsNoSale(t *testing.T) {
	for _, c := range []struct {
		order, item string
		n           int64
		price       float64
		why         string
	}{
		{"536365", "85123A", 6, 2.55, ""},
		{"536370", "POST", 3, 18, notStocked},
		{"536540", "BANK CHARGES", 1, 15, notStocked},
		{"C536379", "D", -1, 27.5, cancelled},
		{"536589", "21777", -10, 0, adjusted},
		{"536414", "22139", 56, 0, unpriced},
	} {
		s := saleOf(map[string]string{"order": c.order, "sku": c.item,
			"qty": fmt.Sprint(c.n), "price": fmt.Sprint(c.price)})
		if why := leftOut(s); why != c.why {
			t.Errorf("%v: %q", c, why)
		}
	}
}

func TestAShare(t *testing.T) {
	for text, want := range map[string]percent{"2%": 0.02, "0.02": 0.02, "100%": 1, "0%": 0} {
		var p percent
		if err := p.UnmarshalText([]byte(text)); err != nil || p != want {
			t.Errorf("%s: %v %v", text, p, err)
		}
	}
	for _, text := range []string{"", "x", "-1%", "2 %"} {
		if err := new(percent).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q passes", text)
		}
	}
}

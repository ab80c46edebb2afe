package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	walks "scanbay/store/walk"
	"scanbay/tui/i18n"
)

const optima = "../../store/walk/testdata/picker-optima-open.jsonl.gz"

// route runs the command on lines, and returns what it said.
func route(t *testing.T, lang, lines string, flags ...string) (out, complaint string, code int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "walks.jsonl")
	must(t, os.WriteFile(path, []byte(lines), 0o600))
	var said, wrong bytes.Buffer
	c := &console{Out: &said, Err: &wrong, Text: i18n.English{}, Now: time.Now}
	code = run(t.Context(), append([]string{"--lang", lang, "route", path}, flags...), c)
	return said.String(), wrong.String(), code
}

func TestRouteSaysHowLongWalksAre(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "300 walks, 300 of 300 at the optimum",
		"zh": "共 300 条路线，300/300 条达到最短",
	} {
		said, code := runProgram(t, "--lang", lang, "route", optima)
		lines := strings.Split(strings.TrimSpace(said), "\n")
		if last := lines[len(lines)-1]; code != 0 || len(lines) != 301 ||
			!strings.HasPrefix(last, want) {
			t.Errorf("%s: exit %d, %d lines, %q", lang, code, len(lines), last)
		}
	}
}

func TestRouteReadsStandardInput(t *testing.T) {
	in, err := os.Open(optima)
	must(t, err)
	defer in.Close()
	cmd := exec.Command(program(t), "route", "--json")
	cmd.Stdin = in
	out, err := cmd.Output()
	must(t, err)
	first, _, _ := strings.Cut(string(out), "\n")
	var got map[string]any
	must(t, json.Unmarshal([]byte(first), &got))
	order, _ := got["order"].([]any)
	if n := strings.Count(string(out), "\n"); n != 300 || got["id"] != "gen-m10-h2-n10-00" ||
		got["length"] != 307.0 || got["optimum"] != 307.0 || got["exact"] != true ||
		len(order) != 10 {
		t.Errorf("%d lines, first %s", n, first)
	}
}

func TestRouteEndsWhenItIsStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var out bytes.Buffer
	c := &console{Out: &out, Err: &out, Text: i18n.English{}, Now: time.Now}
	if code := run(ctx, []string{"route", optima}, c); code != exitFailed ||
		!strings.Contains(out.String(), "Stopped") {
		t.Errorf("%d %s", code, out.String())
	}
}

// floorLine is a line with one block of ten and three aisles two apart; more is added.
func floorLine(more string) string {
	return `{"id":"x","aisles":3,"cross_aisles":2,"block_length":10,"aisle_pitch":2,` + more + "}\n"
}

func TestRouteKeepsWhatConstrains(t *testing.T) {
	for name, c := range map[string]struct {
		more   string
		length float64
		order  []int
	}{
		"free": {`"picks":[{"aisle":0,"block":0,"offset":9.5},{"aisle":0,"block":0,"offset":1}]`,
			19, []int{1, 0}},
		"empty": {`"picks":[]`, 0, []int{}},
		"heavy": {`"picks":[{"aisle":0,"block":0,"offset":1,"class":-3},` +
			`{"aisle":1,"block":0,"offset":1,"heavy":true}]`, 8, []int{1, 0}},
		"classes": {`"picks":[{"aisle":0,"block":0,"offset":1,"class":3},` +
			`{"aisle":2,"block":0,"offset":1,"class":2},` +
			`{"aisle":1,"block":0,"offset":1,"class":1}]`, 14, []int{2, 1, 0}},
		"one way": {`"picks":[{"aisle":0,"block":0,"offset":1}],` +
			`"one_way":[{"aisle":0,"direction":"up"},{"aisle":1,"direction":"up"}]`, 28, []int{0}},
		"depot": {`"depot_aisle":2,"depot_cross_aisle":1,` +
			`"picks":[{"aisle":0,"block":0,"offset":9}]`, 10, []int{0}},
	} {
		said, wrong, code := route(t, "en", floorLine(c.more), "--json")
		var got routed
		if code == 0 {
			must(t, json.Unmarshal([]byte(said), &got))
		}
		if got.Length != c.length || !reflect.DeepEqual(got.Order, c.order) || !got.Exact {
			t.Errorf("%s: %d %s%s", name, code, said, wrong)
		}
	}
}

func TestRouteNamesABadLine(t *testing.T) {
	pick := func(p string) string { return floorLine(`"picks":[` + p + `]`) }
	ways := func(w string) string {
		return floorLine(`"picks":[{"aisle":1,"block":0,"offset":1}],"one_way":[` + w + `]`)
	}
	for name, c := range map[string]struct{ line, en, zh string }{
		"no JSON":  {"walk\n", "this is no walk", "不是一条路线"},
		"no floor": {"{}\n", "there is no such floor", "没有这样的库区"},
		"depot": {floorLine(`"depot_cross_aisle":2`), "there is no such floor",
			"没有这样的库区"},
		"off it": {pick(`{"aisle":3,"block":0,"offset":1}`), "pick 0 is not on the floor",
			"第 0 个拣货点"},
		"missing": {pick(`{"aisle":1,"offset":1}`), "picks 0: aisle, block, offset", "picks 0"},
		"too fine": {pick(`{"aisle":1,"block":0,"offset":1.0004}`), "picks 0: offset: 1.0004",
			"1.0004"},
		"no way": {ways(`{"aisle":1,"direction":"north"}`),
			`one_way 0: aisle, direction "north"`, "north"},
		"both ways": {ways(`{"aisle":1,"direction":"up"},{"aisle":1,"direction":"down"}`),
			"one_way 1", "one_way 1"},
		"no way back": {ways(`{"aisle":0,"direction":"up"},{"aisle":1,"direction":"up"},` +
			`{"aisle":2,"direction":"up"}`),
			"one-way aisles do not lead to pick 0 in aisle 1 and back", "巷道 1"},
		"too long": {`{"id":"` + strings.Repeat("x", routeLineMax) + `"}`, "too long", "too long"},
	} {
		for lang, want := range map[string]string{"en": c.en, "zh": c.zh} {
			said, wrong, code := route(t, lang, floorLine(`"picks":[]`)+"\n"+c.line)
			if code != exitFailed || !strings.HasPrefix(said, "x") ||
				!strings.Contains(wrong, "walks.jsonl:3") || !strings.Contains(wrong, want) {
				t.Errorf("%s %s: %d %q", name, lang, code, wrong)
			}
		}
	}
	if said, code := runProgram(t, "route", "no-such-file"); code != exitFailed ||
		!strings.Contains(said, "no-such-file") {
		t.Errorf("%d %s", code, said)
	}
	if _, wrong, code := route(t, "en", "\x1f\x8bnot packed"); code != exitFailed ||
		!strings.Contains(wrong, "walks.jsonl:1") {
		t.Errorf("%d %s", code, wrong)
	}
}

// BenchmarkExact prints the slowest of some exact walks beside its limit: the floor is
// new each time.
func BenchmarkExact(b *testing.B) {
	random := rand.New(rand.NewPCG(7, 7))
	for b.Loop() {
		for _, c := range []struct{ blocks, aisles, picks, limit int }{
			{1, 20, 60, 10}, {3, 20, 60, 10}, {4, 20, 60, 150}, {5, 50, 100, 0},
		} {
			var slowest time.Duration
			for range 50 {
				slowest = max(slowest, exactWalk(b, random, c.blocks, c.aisles, c.picks))
			}
			unit := fmt.Sprintf("%dx%dx%d-ms", c.blocks, c.aisles, c.picks)
			if c.limit > 0 {
				unit += fmt.Sprintf("(≤%d)", c.limit)
			}
			b.ReportMetric(us(slowest)/1000, unit)
		}
	}
	b.ReportMetric(0, "ns/op")
}

func exactWalk(b *testing.B, random *rand.Rand, blocks, aisles, picks int) time.Duration {
	l := walks.Layout{Aisles: aisles, Blocks: blocks, BlockLength: 30_000, Pitch: 3_000}
	stops := make([]walks.Stop, picks)
	for i := range stops {
		stops[i] = walks.Stop{Aisle: random.IntN(aisles), Block: random.IntN(blocks),
			Offset: walks.Length(random.IntN(60)) * 500}
	}
	begun := time.Now()
	p, err := walks.New(l)
	var r walks.Route
	if err == nil {
		r, err = p.Plan(stops)
	}
	took := time.Since(begun)
	if err != nil || !r.Exact {
		b.Fatal(r.Exact, err)
	}
	return took
}

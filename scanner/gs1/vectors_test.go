package gs1

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

// A vector is what GS1's engine says of an input.
type vector struct {
	ID, Mode, Input string
	Options         []string
	OK              bool
	Elements        []struct{ AI, Value string }
	Error           string
	GTIN14          string
}

func (v vector) options() Options {
	has := func(name string) bool { return slices.Contains(v.Options, name) }
	return Options{UnknownAIs: has("permit_unknown_ais"),
		UnknownAttributes: has("unknown_ai_as_dl_attr"),
		ShortGTINs:        has("permit_zero_suppressed_gtin_in_dl")}
}

func (v vector) read() (out Reading, err error) {
	switch o := v.options(); v.Mode {
	case "scan":
		return o.Scan(nil, v.Input)
	case "raw":
		out.Elements, err = o.Raw(nil, v.Input)
	case "bracket":
		out.Elements, err = o.Bracketed(nil, v.Input)
	case "dl":
		out.Elements, err = o.Link(nil, v.Input)
	}
	return out, err
}

// differs says why we answer otherwise than the engine, by design; empty where we do not.
func (v vector) differs() string {
	symbol := v.Input[:min(len(v.Input), aimLength)]
	switch {
	case strings.HasPrefix(v.Error, "Required AIs for AI"):
		return "companions"
	case v.Mode != "scan":
		return ""
	case slices.Contains([]string{code39, code128, itfChecked}, symbol):
		return "symbols"
	case strings.HasPrefix(v.Input[len(symbol):], GS):
		return "separator"
	case slices.Contains([]string{"No GS1 DL keys found in path info",
		"URI must contain a domain and path info", "URI contains illegal characters",
		"Domain contains illegal characters"}, v.Error):
		return "links"
	}
	return ""
}

func vectors[V any](t testing.TB, path string) (out []V) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	plain, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(plain); lines.Scan(); {
		var v V
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func TestGS1sOwnVerdicts(t *testing.T) {
	agree, differ := 0, map[string]int{}
	for _, v := range vectors[vector](t, "testdata/vectors.jsonl.gz") {
		got, err := v.read()
		if why := v.differs(); why != "" {
			differ[why]++
			_, alone := Companions(got.Elements)
			if why == "companions" && err == nil && !errors.Is(alone, ErrCompanion) {
				t.Errorf("%s %q: %s, and we miss none", v.ID, v.Input, v.Error)
			}
			if err != nil && why != "separator" {
				t.Errorf("%s %q: %v, but it differs by its %s", v.ID, v.Input, err, why)
			}
			continue
		}
		var want []Element
		for _, e := range v.Elements {
			want = append(want, Element(e))
		}
		if err == nil != v.OK || !slices.Equal(got.Elements, want) ||
			v.GTIN14 != "" && got.GTIN != v.GTIN14 {
			t.Errorf("%s %s %q: %v, %v; want %v %v (%s)", v.ID, v.Mode, v.Input, got, err, v.OK,
				v.Elements, v.Error)
			continue
		}
		agree++
	}
	t.Logf("%d agree; by design differ %v", agree, differ)
	if agree < 3000 || len(differ) != 4 {
		t.Errorf("%d agree; by design differ %v", agree, differ)
	}
}

func TestMeaningsOfValues(t *testing.T) {
	type meaning struct {
		Kind, Input, AI, Decimal, Unit, Date, UPCA, GTIN14 string
		Extension, GCP, SSCC                               string
		Serial                                             int64
		Year                                               int `json:"today_year"`
		OK                                                 bool
	}
	seen := map[string]int{}
	for _, m := range vectors[meaning](t, "testdata/meanings.jsonl.gz") {
		seen[m.Kind]++
		var got, want string
		var ok bool
		switch m.Kind {
		case "date":
			got, ok = Date(m.Input, m.Year)
			want = strings.ReplaceAll(m.Date, "-", "")
		case "decimal":
			got, ok = Decimal(m.AI, m.Input)
			want = m.Decimal
			if unit := Unit(m.AI); unit != m.Unit && m.Unit != "price" {
				t.Errorf("AI %s counts %q, want %q", m.AI, unit, m.Unit)
			}
		case "upce-expand":
			got, ok = ExpandUPCE(m.Input)
			want = m.UPCA
			if gtin, _ := GTIN14(got); ok && gtin != m.GTIN14 {
				t.Errorf("%s is %s, want %s", m.Input, gtin, m.GTIN14)
			}
		case "gtin-normalise":
			got, ok = GTIN14(m.Input)
			want = m.GTIN14
		case "sscc-build":
			got, ok = SSCC(m.Extension[0], m.GCP, m.Serial)
			want = m.SSCC
		}
		if ok != m.OK || ok && got != want {
			t.Errorf("%+v: %q, %t", m, got, ok)
		}
	}
	if len(seen) != 5 {
		t.Errorf("%v", seen)
	}
}

// BenchmarkScan reads the vectors' scans, good ones and bad ones, on one thread.
func BenchmarkScan(b *testing.B) {
	var scans []string
	for _, v := range vectors[vector](b, "testdata/vectors.jsonl.gz") {
		if v.Mode == "scan" {
			scans = append(scans, v.Input)
		}
	}
	const rounds = 2000
	elements, n := make([]Element, 0, 32), 0
	for b.Loop() {
		for range rounds {
			for _, s := range scans {
				_, _ = Options{}.Scan(elements, s)
			}
		}
		n += rounds * len(scans)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "scans/s(≥1000000)")
	b.ReportMetric(0, "ns/op")
}

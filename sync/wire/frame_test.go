package wire_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"scanbay/store"
	"scanbay/sync/wire"
)

// What is put into a frame comes out of it.
func TestAFrameIsReadAsItWasWritten(t *testing.T) {
	facts := [][]byte{[]byte(`{"a":1}`), []byte(`{"b":"é\n"}`), []byte(`{}`)}
	for _, runs := range [][]store.Run{nil, {{Author: "s1", Epoch: 1, From: 1, Facts: facts}},
		{{Author: "s1", From: 1, Facts: facts[:1]}, {Author: "s2", From: 7, Facts: facts[1:],
			Aside: []int64{8}}}} {
		var b bytes.Buffer
		if err := wire.Encode(&b, store.News{Runs: runs}, runs...); err != nil {
			t.Fatal(err)
		}
		var n store.News
		err := wire.Decode(&b, &n, func() []*store.Run { return wire.Runs(n.Runs) })
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(n.Runs, runs) {
			t.Errorf("%+v became %+v", runs, n.Runs)
		}
	}
}

// Whatever comes, Decode reads it or says that it is no good.
func FuzzDecode(f *testing.F) {
	var b bytes.Buffer
	run := store.Run{Author: "s1", From: 1, Facts: [][]byte{[]byte(`{}`)}}
	if err := wire.Encode(&b, wire.PushAsk{Run: run}, run); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("hello"))
	f.Fuzz(func(t *testing.T, body []byte) {
		var ask wire.PushAsk
		err := wire.Decode(bytes.NewReader(body), &ask, func() []*store.Run {
			return []*store.Run{&ask.Run}
		})
		var p *wire.Problem
		if err != nil && !errors.As(err, &p) {
			t.Errorf("%v", err)
		}
		if err == nil && len(ask.Run.Facts) > wire.FactsMax {
			t.Errorf("%d facts", len(ask.Run.Facts))
		}
	})
}

// A bomb of lines costs no more than the bytes that are unpacked.
func TestABombOfLinesCostsItsBytes(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(append([]byte(`{"head":{},"facts":[2000]}`+"\n"),
		bytes.Repeat([]byte("\n"), wire.PlainMax-100)...)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var ask wire.PushAsk
	err := wire.Decode(&b, &ask, func() []*store.Run { return []*store.Run{&ask.Run} })
	runtime.ReadMemStats(&after)
	if err == nil {
		t.Error("it was taken")
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 8*wire.PlainMax {
		t.Errorf("it cost %d bytes", n)
	}
}

// As many facts go into one body as fit, and one at least.
func TestFactsFitIntoABody(t *testing.T) {
	half := bytes.Repeat([]byte("x"), wire.RunMax/2)
	for want, facts := range map[int][][]byte{0: nil, 1: {bytes.Repeat(half, 3), half},
		2: {half, half, half}, 3: {{}, half, half}} {
		if n := wire.Fitting(facts); n != want {
			t.Errorf("%d of %d fit, not %d", n, len(facts), want)
		}
	}
}

// The list of problems has every problem that there is.
func TestEveryProblemIsListed(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "wire.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, p := range wire.Problems {
		listed[string(p)] = true
	}
	n := 0
	ast.Inspect(f, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if typ, ok := spec.Type.(*ast.Ident); !ok || typ.Name != "ProblemCode" {
			return true
		}
		code, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if n++; err != nil || !listed[code] {
			t.Errorf("%s is not listed (%v)", code, err)
		}
		return true
	})
	if n != len(wire.Problems) || n != len(listed) {
		t.Errorf("%d problems, %d listed", n, len(wire.Problems))
	}
	for p := range listed {
		if p != strings.ToLower(p) {
			t.Errorf("%s is no code", p)
		}
	}
}

package order_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"scanbay/store/order"
)

// seen record only that a person looked for something: the station does that itself.
var seen = []string{"FindItem", "FindHeld"}

// Whoever adds an operation for a person adds a ruling: else an enrolled station would
// decide by itself.
func TestWhatAPersonDecidesIsARuling(t *testing.T) {
	var named, found []string
	for _, r := range order.Rulings() {
		if slices.Contains(named, r.Name) {
			t.Errorf("two rulings are named %s", r.Name)
		}
		named = append(named, r.Name)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() || !byPerson(fn) ||
				slices.Contains(seen, fn.Name.Name) {
				continue
			}
			name := "order." + snake(fn.Name.Name)
			found = append(found, name)
			if !slices.Contains(named, name) {
				t.Errorf("%s: there is no ruling %s", fn.Name, name)
			}
			if !asks(fn) {
				t.Errorf("%s does not ask for its ruling", fn.Name)
			}
		}
	}
	if len(found) != len(named) {
		t.Errorf("operations %q, rulings %q", found, named)
	}
}

// byPerson says whether a function takes a store and a person's gesture.
func byPerson(fn *ast.FuncDecl) bool {
	var types []string
	for _, field := range fn.Type.Params.List {
		typ := field.Type
		if star, ok := typ.(*ast.StarExpr); ok {
			typ = star.X
		}
		if sel, ok := typ.(*ast.SelectorExpr); ok {
			types = append(types, sel.Sel.Name)
		}
	}
	return slices.Contains(types, "Store") && slices.Contains(types, "Gesture")
}

// asks says whether a function ends in what Make of its ruling returns.
func asks(fn *ast.FuncDecl) bool {
	last, ok := fn.Body.List[len(fn.Body.List)-1].(*ast.ReturnStmt)
	if !ok || len(last.Results) != 1 {
		return false
	}
	call, ok := last.Results[0].(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Make" {
		return false
	}
	of, _ := sel.X.(*ast.Ident)
	return of != nil && of.Name == strings.ToLower(fn.Name.Name[:1])+fn.Name.Name[1:]
}

// snake is a name of Go as it travels: TakeBack is take_back.
func snake(name string) string {
	var out strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			out.WriteRune('_')
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return out.String()
}

package returns_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
	"unicode"

	"scanbay/store/returns"
)

// office are the files with what the authority does. What the floor does, a station does by
// itself.
var office = []string{"care.go", "decide.go", "notice.go", "refund.go", "request.go",
	"belong.go", "ending.go", "exchange.go", "give.go", "sendback.go", "settings.go",
	"signoff.go", "stray.go"}

// Whoever adds an operation for a person adds a ruling: else an enrolled station would
// decide by itself.
func TestWhatAPersonDecidesIsARuling(t *testing.T) {
	var named, found []string
	for _, r := range returns.Rulings() {
		if slices.Contains(named, r.Name) {
			t.Errorf("two rulings are named %s", r.Name)
		}
		named = append(named, r.Name)
	}
	for _, file := range office {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() || !takes(fn, "Gesture") || !takes(fn, "Store") {
				continue
			}
			name := "returns." + snake(fn.Name.Name)
			found = append(found, name)
			if !slices.Contains(named, name) {
				t.Errorf("%s: there is no ruling %s", fn.Name, name)
			}
		}
	}
	if len(found) != len(named) {
		t.Errorf("operations %q, rulings %q", found, named)
	}
}

// takes says whether a function takes a value of a type of the store's.
func takes(fn *ast.FuncDecl, name string) bool {
	return slices.ContainsFunc(fn.Type.Params.List, func(field *ast.Field) bool {
		typ := field.Type
		if star, ok := typ.(*ast.StarExpr); ok {
			typ = star.X
		}
		sel, ok := typ.(*ast.SelectorExpr)
		return ok && sel.Sel.Name == name
	})
}

// snake is a name of Go as it travels: SignOff is sign_off.
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

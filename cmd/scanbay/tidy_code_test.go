package main

import (
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"
	"testing"

	"scanbay/tui/i18n"
)

func TestEveryPackageHasOneComment(t *testing.T) {
	comments := map[string]int{}
	goFiles(t, func(_ *token.FileSet, file, _ string, f *ast.File) {
		folder := path.Dir(file)
		if strings.HasSuffix(file, "_test.go") {
			return
		}
		comments[folder] += 0
		if f.Doc != nil {
			comments[folder]++
		}
	})
	for folder, n := range comments {
		if n != 1 {
			t.Errorf("%s has %d package comments", folder, n)
		}
	}
}

func TestExportedNamesHaveASentence(t *testing.T) {
	known := []string{"Error", "String", "Unwrap"} // what the standard library says of them
	ours(t, func(_ *token.FileSet, _ string, f *ast.File) {
		ast.Inspect(f, func(n ast.Node) bool {
			if i, ok := n.(*ast.InterfaceType); ok {
				for _, m := range i.Methods.List {
					for _, name := range m.Names {
						known = append(known, name.Name)
					}
				}
			}
			return true
		})
	})
	ours(t, func(fset *token.FileSet, _ string, f *ast.File) {
		for _, decl := range f.Decls {
			for _, name := range unsaid(decl, known) {
				t.Errorf("%s: %s has no sentence", fset.Position(decl.Pos()), name)
			}
		}
	})
}

// unsaid is the exported names of a declaration that no comment tells of. A method
// that an interface asks for is told of there.
func unsaid(decl ast.Decl, known []string) (out []string) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		method := d.Recv != nil && (slices.Contains(known, d.Name.Name) ||
			!ast.IsExported(receiver(d)))
		if ast.IsExported(d.Name.Name) && !method && !isSentence(d.Doc) {
			out = append(out, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if ast.IsExported(s.Name.Name) && !isSentence(d.Doc) && !isSentence(s.Doc) {
					out = append(out, s.Name.Name)
				}
			case *ast.ValueSpec:
				for _, name := range s.Names {
					said := d.Doc != nil || s.Doc != nil || s.Comment != nil
					if ast.IsExported(name.Name) && !said {
						out = append(out, name.Name)
					}
				}
			}
		}
	}
	return out
}

func receiver(d *ast.FuncDecl) string {
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if generic, ok := typ.(*ast.IndexExpr); ok {
		typ = generic.X
	}
	name, _ := typ.(*ast.Ident)
	if name == nil {
		return ""
	}
	return name.Name
}

func isSentence(c *ast.CommentGroup) bool {
	return c != nil && strings.ContainsAny(c.Text(), ".:")
}

func TestNoPackageKeepsState(t *testing.T) {
	vars := map[string]map[string]bool{} // by folder
	ours(t, func(fset *token.FileSet, file string, f *ast.File) {
		folder := path.Dir(file)
		if vars[folder] == nil {
			vars[folder] = map[string]bool{}
		}
		for _, decl := range f.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.VAR {
				continue
			}
			for _, spec := range gen.Specs {
				v := spec.(*ast.ValueSpec)
				embedded := gen.Doc != nil && slices.ContainsFunc(gen.Doc.List,
					func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed") })
				if len(v.Values) == 0 && !embedded {
					t.Errorf("%s: a variable of the package that waits for a value",
						fset.Position(v.Pos()))
				}
				for _, name := range v.Names {
					vars[folder][name.Name] = true
				}
			}
		}
	})
	ours(t, func(fset *token.FileSet, file string, f *ast.File) {
		for _, target := range written(f) {
			local := target.Obj != nil && target.Obj != f.Scope.Lookup(target.Name)
			if vars[path.Dir(file)][target.Name] && !local {
				t.Errorf("%s: %s of the package is written to", fset.Position(target.Pos()),
					target.Name)
			}
		}
	})
}

// written is the variables that a file's functions assign to, or to a part of.
func written(f *ast.File) (out []*ast.Ident) {
	root := func(e ast.Expr) {
		for {
			switch x := e.(type) {
			case *ast.IndexExpr:
				e = x.X
			case *ast.SelectorExpr:
				e = x.X
			case *ast.StarExpr:
				e = x.X
			case *ast.Ident:
				out = append(out, x)
				return
			default:
				return
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch s := n.(type) {
		case *ast.AssignStmt:
			for _, e := range s.Lhs {
				if s.Tok != token.DEFINE {
					root(e)
				}
			}
		case *ast.IncDecStmt:
			root(s.X)
		}
		return true
	})
	return out
}

// secrets are where chance is wanted: salts, keys, and numbers that say nothing of
// a person.
const secrets = "store/access store/intake"

func TestTimeAndChanceAreHandedIn(t *testing.T) {
	ours(t, func(fset *token.FileSet, file string, f *ast.File) {
		folder := path.Dir(file)
		if strings.HasPrefix(folder, "cmd/") || strings.HasSuffix(folder, "test") {
			return
		}
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if ok && strings.HasPrefix(fn.Name.Name, "New") {
				continue // a constructor may have a default
			}
			ast.Inspect(decl, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				from, _ := sel.X.(*ast.Ident)
				if from == nil {
					return true
				}
				clock := from.Name == "time" && slices.Contains(
					[]string{"Now", "Since", "Until"}, sel.Sel.Name)
				chance := from.Name == "rand" && from.Obj == nil &&
					!slices.Contains(strings.Fields(secrets), folder)
				if clock || chance {
					t.Errorf("%s: %s.%s", fset.Position(n.Pos()), from.Name, sel.Sel.Name)
				}
				return true
			})
		}
	})
}

func TestTheAppIsTheOnlyModel(t *testing.T) {
	var models []string
	ours(t, func(_ *token.FileSet, file string, f *ast.File) {
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv != nil && fn.Name.Name == "Update" {
				models = append(models, path.Dir(file)+" "+receiver(fn))
			}
		}
	})
	if !slices.Equal(models, []string{"tui App"}) {
		t.Errorf("models: %q", models)
	}
}

// ours calls each for every Go file that is no test.
// Whatever a key does, a command barcode does too; and every command is done somewhere, but
// for a yes and a no, which no barcode can say, and digits, which a number takes.
func TestEveryCommandIsBound(t *testing.T) {
	value, used := map[string]i18n.Command{}, map[i18n.Command]bool{i18n.Yes: true, i18n.No: true}
	goFiles(t, func(_ *token.FileSet, file, _ string, f *ast.File) {
		if file == "tui/i18n/text.go" {
			constants(f, "Command", func(name, is string) { value[name] = i18n.Command(is) })
		}
	})
	ours(t, func(fset *token.FileSet, file string, f *ast.File) {
		if !strings.HasPrefix(file, "tui/screens/") && file != "tui/keymap.go" {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "i18n" {
					used[value[s.Sel.Name]] = true
				}
			}
			if l, ok := n.(*ast.CompositeLit); ok && ofBinding(l) && !saysCommand(l) {
				t.Errorf("%s: a key without a command", fset.Position(l.Pos()))
			}
			return true
		})
	})
	for _, c := range i18n.Commands {
		if !used[c] && c.Digit() == "" {
			t.Errorf("nothing does %s", c)
		}
	}
}

// constants tells of the texts that are declared as of a type.
func constants(f *ast.File, of string, each func(name, is string)) {
	ast.Inspect(f, func(n ast.Node) bool {
		s, ok := n.(*ast.ValueSpec)
		if !ok || len(s.Values) != 1 {
			return true
		}
		text, isText := s.Values[0].(*ast.BasicLit)
		if kind, named := s.Type.(*ast.Ident); named && kind.Name == of && isText {
			each(s.Names[0].Name, strings.Trim(text.Value, `"`))
		}
		return true
	})
}

// ofBinding says whether a literal is a binding, or a list of them.
func ofBinding(l *ast.CompositeLit) bool {
	kind := l.Type
	if list, ok := kind.(*ast.ArrayType); ok {
		kind = list.Elt
	}
	switch k := kind.(type) {
	case *ast.SelectorExpr:
		return k.Sel.Name == "Binding"
	case *ast.Ident:
		return k.Name == "Binding"
	}
	return false
}

// saysCommand says whether a binding, or each of a list, has a command.
func saysCommand(l *ast.CompositeLit) bool {
	if _, list := l.Type.(*ast.ArrayType); list {
		return !slices.ContainsFunc(l.Elts, func(e ast.Expr) bool {
			one, ok := e.(*ast.CompositeLit)
			return ok && !saysCommand(one)
		})
	}
	return slices.ContainsFunc(l.Elts, func(e ast.Expr) bool {
		pair, named := e.(*ast.KeyValueExpr)
		if !named {
			return len(l.Elts) == 3 // key, command, what it does
		}
		name, ok := pair.Key.(*ast.Ident)
		return ok && name.Name == "Command"
	})
}

func ours(t *testing.T, each func(fset *token.FileSet, file string, f *ast.File)) {
	t.Helper()
	goFiles(t, func(fset *token.FileSet, file, _ string, f *ast.File) {
		if !strings.HasSuffix(file, "_test.go") {
			each(fset, file, f)
		}
	})
}

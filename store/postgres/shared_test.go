package postgres_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// made are the functions that run SQL which is made at run time:
// store.FoldStatements lists it, or it is a word like BEGIN.
var made = []string{
	"scanbay/store.newStore", "(*scanbay/store.Tx).flush", "(*scanbay/store.Tx).flushTaken",
	"(*scanbay/store.Tx).unput", "(*scanbay/store.Tx).flushRows",
	"(*scanbay/store.Tx).insertMany", "(*scanbay/store.Tx).seedTable",
	"(*scanbay/store.Tx).clearAll", "(*scanbay/store.Tx).refold",
	"(*scanbay/store.Reader).values", "(*scanbay/store.session).begin",
	"(*scanbay/store.Store).Alter",
}

// unshared run SQL that is for one engine, or for tests.
var unshared = []string{"scanbay/store/sqlite", "scanbay/store/postgres",
	"scanbay/store/postgres/pgtest", "scanbay/store/storetest"}

// A search finds the SQL of packages without running them. Runs says which
// argument of a function is SQL: at first of database/sql's, and then of every
// function that hands its own on to one of them.
type search struct {
	fset  *token.FileSet
	info  *types.Info
	files []*ast.File
	runs  map[string]int
	found map[string]string // where each statement stands
	wrong map[string]string // the arguments that cannot be read, by where they are
}

// shared gives every statement in the store's packages, with where it stands.
func shared(t *testing.T) map[string]string {
	s := &search{fset: token.NewFileSet(), runs: map[string]int{},
		info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{},
			Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}}
	for _, on := range []string{"DB", "Conn", "Tx"} {
		for _, do := range []string{"Exec", "Query", "QueryRow", "Prepare"} {
			s.runs[fmt.Sprintf("(*database/sql.%s).%s", on, do)] = 0
			s.runs[fmt.Sprintf("(*database/sql.%s).%sContext", on, do)] = 1
		}
	}
	if err := s.load(); err != nil {
		t.Fatal(err)
	}
	for before := 0; before != len(s.runs); {
		before = len(s.runs)
		s.found, s.wrong = map[string]string{}, map[string]string{}
		s.walk()
	}
	for where, name := range s.wrong {
		t.Errorf("%s: the SQL that %s runs cannot be read: make it a constant", where, name)
	}
	return s.found
}

// load reads and checks the store's packages; what they import comes from the
// build's cache.
func (s *search) load() error {
	list := exec.Command("go", "list", "-export", "-deps",
		"-json=ImportPath,Export,Dir,GoFiles", "scanbay/store/...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return err
	}
	type listed struct {
		ImportPath, Export, Dir string
		GoFiles                 []string
	}
	exports := map[string]string{}
	var ours []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		exports[p.ImportPath] = p.Export
		if strings.HasPrefix(p.ImportPath, "scanbay/store") &&
			!slices.Contains(unshared, p.ImportPath) {
			ours = append(ours, p)
		}
	}
	from := importer.ForCompiler(s.fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})
	for _, p := range ours {
		var files []*ast.File
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(s.fset, filepath.Join(p.Dir, name), nil, 0)
			if err != nil {
				return err
			}
			files = append(files, f)
		}
		config := types.Config{Importer: from}
		if _, err := config.Check(p.ImportPath, s.fset, files, s.info); err != nil {
			return err
		}
		s.files = append(s.files, files...)
	}
	return nil
}

// walk looks at every call in every function.
func (s *search) walk() {
	for _, f := range s.files {
		for _, d := range f.Decls {
			in, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(in, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					s.call(s.info.Defs[in.Name].(*types.Func), call)
				}
				return true
			})
		}
	}
}

// call takes the SQL of a call down. Where it is a parameter of the function
// that calls, that function runs SQL too.
func (s *search) call(in *types.Func, call *ast.CallExpr) {
	at, runs := s.runs[s.callee(call)]
	if !runs || at >= len(call.Args) {
		return
	}
	arg, where := call.Args[at], s.fset.Position(call.Pos()).String()
	if inner, ok := arg.(*ast.CallExpr); ok && s.callee(inner) == "(*scanbay/store.DB).bind" {
		arg = inner.Args[0]
	}
	if v := s.info.Types[arg].Value; v != nil {
		if q := constant.StringVal(v); strings.Contains(q, " ") { // COMMIT is not prepared
			s.found[q] = filepath.Base(where)
		}
		return
	}
	if name, ok := arg.(*ast.Ident); ok {
		params := in.Signature().Params()
		for i := range params.Len() {
			if s.info.Uses[name] == params.At(i) {
				s.runs[in.FullName()] = i
				return
			}
		}
	}
	if !slices.Contains(made, in.FullName()) {
		s.wrong[where] = in.FullName()
	}
}

// callee is the full name of the function that is called; empty where it is a
// value.
func (s *search) callee(call *ast.CallExpr) string {
	fun := ast.Unparen(call.Fun)
	switch x := fun.(type) {
	case *ast.IndexExpr: // a generic function with its type
		fun = x.X
	case *ast.IndexListExpr:
		fun = x.X
	}
	var name *ast.Ident
	switch x := fun.(type) {
	case *ast.Ident:
		name = x
	case *ast.SelectorExpr:
		name = x.Sel
	default:
		return ""
	}
	if f, ok := s.info.Uses[name].(*types.Func); ok {
		return f.Origin().FullName()
	}
	return ""
}

package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// mayImport is the whole dependency diagram: what each package may import of
// ours. Nothing points up. Only cmd and tests import an engine.
var mayImport = map[string]string{
	"scanner/scannertest": "scanner",

	"scanner/gs1":    "",
	"scanner":        "scanner/gs1",
	"scanner/evdev":  "scanner",
	"scanner/hid":    "scanner",
	"scanner/replay": "scanner",
	"scanner/scale":  "scanner scanner/serial",
	"scanner/serial": "scanner",
	"scanner/wedge":  "scanner",
	"store":          "scanner/gs1",
	"store/access":   "store",
	"store/intake": "store store/access store/order store/returns store/shipping " +
		"scanner/gs1",
	"store/order":           "store store/route",
	"store/outbound":        "store store/route",
	"store/printing":        "store",
	"store/report":          "store",
	"store/returns":         "store store/order",
	"store/route":           "store store/walk",
	"store/postgres":        "store",
	"store/postgres/pgtest": "store store/postgres",
	"store/sqlite":          "store",
	"store/shipping":        "store",
	"store/stocktake":       "store",
	"store/storetest": "scanner/gs1 store store/access store/order store/outbound " +
		"store/printing store/returns store/report store/shipping store/stocktake",
	"store/walk":   "",
	"sync/agent":   "store sync/wire",
	"sync/central": "store sync/wire",
	"sync/simtest": "store store/order store/outbound store/sqlite store/storetest " +
		"sync/agent sync/central sync/simtest/disk sync/wire",
	"sync/simtest/disk": "",
	"sync/wire":         "store",
	"tui/theme":         "",
	"tui/component":     "tui/theme",
	"tui/i18n":          "scanner store store/intake store/order store/stocktake",
	"tui":               "scanner store tui/component tui/i18n tui/theme",
	"tui/screens": "scanner store store/access store/order store/outbound store/printing " +
		"store/report store/returns store/shipping store/stocktake tui tui/component tui/i18n " +
		"tui/theme",
	"tui/paper":           "scanner scanner/gs1 store tui/component tui/i18n",
	"tui/tuitest":         "scanner tui tui/i18n tui/theme",
	"cmd/scanbay/early":   "",
	"cmd/scanbay/printer": "",
}

// onlyIn says where what others wrote may be imported: store sees no terminal,
// socket or device, and tui no SQL.
var onlyIn = map[string]string{
	"database/sql":                   "store",
	"modernc.org/":                   "store/sqlite sync/simtest/disk",
	"github.com/jackc/":              "store/postgres",
	"github.com/tarm/serial":         "scanner/serial cmd/scanbay/printer",
	"github.com/charmbracelet/":      "tui cmd",
	"github.com/alecthomas/kong":     "cmd",
	"net":                            "sync cmd store/postgres/pgtest",
	"net/http":                       "sync cmd",
	"os/exec":                        "store/postgres/pgtest cmd/scanbay/printer",
	"golang.org/x/crypto":            "store/access",
	"github.com/muesli/cancelreader": "scanner/wedge",
	"github.com/boombuler/barcode":   "tui/paper",
	"golang.org/x/image":             "tui/paper",
}

// topLevel is fixed by the owner; names with a dot in front are allowed beside it.
const topLevel = "cmd tui scanner store sync go.mod go.sum Makefile README.md"

const (
	root         = "../.."
	functionMax  = 70 // lines
	lineMax      = 100
	readmeMax    = 200
	forbidden    = "util utils helper helpers manager service common types"
	modulePrefix = "scanbay/"
)

func TestImportsPointDown(t *testing.T) {
	cmd := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		name := strings.TrimPrefix(words[0], modulePrefix)
		if name == "cmd/scanbay" {
			continue
		}
		seen++
		allowed, listed := mayImport[name]
		if !listed {
			t.Errorf("%s is not on the map", name)
		}
		for _, path := range words[1:] {
			of, ours := strings.CutPrefix(path, modulePrefix)
			if ours && !slices.Contains(strings.Fields(allowed), of) {
				t.Errorf("%s imports %s", name, of)
			}
			if where := whereElse(path, name); where != "" {
				t.Errorf("%s imports %s, which is for %s", name, path, where)
			}
		}
	}
	if seen != len(mayImport) {
		t.Errorf("%d packages, %d on the map", seen, len(mayImport))
	}
}

// whereElse is where an import belongs, if not in the package.
func whereElse(path, pkg string) string {
	for of, where := range onlyIn {
		if path != of && !(strings.Contains(of, ".") && strings.HasPrefix(path, of)) {
			continue
		}
		if !slices.ContainsFunc(strings.Fields(where), func(folder string) bool {
			return pkg == folder || strings.HasPrefix(pkg, folder+"/")
		}) {
			return where
		}
	}
	return ""
}

func TestTheTopLevelIsTheOwners(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); name[0] != '.' && !slices.Contains(strings.Fields(topLevel), name) {
			t.Errorf("%s does not belong there", name)
		}
	}
}

func TestNamesSaySomething(t *testing.T) {
	walk(t, func(path, _ string) {
		if strings.Contains(path, "testdata") {
			return
		}
		for part := range strings.SplitSeq(filepath.ToSlash(path), "/") {
			part, _, _ = strings.Cut(strings.TrimSuffix(part, "_test.go"), ".")
			if slices.Contains(strings.Fields(forbidden), part) {
				t.Errorf("%s: %s says nothing", path, part)
			}
		}
	})
}

func TestNothingOfThisMachine(t *testing.T) {
	// In two halves, so that this file does not name them either.
	banned := []string{"/wo" + "rk/", "/ro" + "ot/", "TO" + "DO", "FIX" + "ME",
		"proxy." + "golang.org", "sum." + "golang.org", "npm" + "js", "py" + "pi.org",
		"deb." + "debian.org", "artifact" + "ory"}
	walk(t, func(path, text string) {
		for _, word := range banned {
			if i := strings.Index(text, word); i >= 0 {
				t.Errorf("%s:%d: %s", path, strings.Count(text[:i], "\n")+1, word)
			}
		}
	})
}

func TestTheReadmeIsRead(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if n := strings.Count(string(text), "\n"); err != nil || n > readmeMax {
		t.Errorf("%d lines (%v)", n, err)
	}
}

func TestDataOfOthersNamesItsSource(t *testing.T) {
	needs, has := map[string]bool{}, map[string]bool{}
	walk(t, func(path, _ string) {
		folder, file := filepath.Split(path)
		if !strings.Contains(folder, "testdata") {
			return
		}
		switch {
		case strings.HasPrefix(file, "SOURCE"):
			has[folder] = true
		case filepath.Ext(file) != ".txtar": // those are ours
			needs[folder] = true
		}
	})
	for folder := range needs {
		if !has[folder] {
			t.Errorf("%s has no SOURCES.md", folder)
		}
	}
}

func TestFunctionsFitOnAScreen(t *testing.T) {
	goFiles(t, func(fset *token.FileSet, path, text string, f *ast.File) {
		n := 0
		for line := range strings.Lines(text) {
			n++
			line = strings.ReplaceAll(strings.TrimRight(line, "\n"), "\t", "    ")
			if utf8.RuneCountInString(line) > lineMax {
				t.Errorf("%s:%d is too wide", path, n)
			}
		}
		for _, decl := range f.Decls {
			from, to := fset.Position(decl.Pos()), fset.Position(decl.End())
			if fn, ok := decl.(*ast.FuncDecl); ok && to.Line-from.Line >= functionMax {
				t.Errorf("%s: %s is too long", from, fn.Name.Name)
			}
		}
	})
}

func TestOneFileASubcommand(t *testing.T) {
	goFiles(t, func(_ *token.FileSet, path, _ string, f *ast.File) {
		for _, decl := range f.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.TYPE {
				continue
			}
			for _, spec := range gen.Specs {
				name := spec.(*ast.TypeSpec).Name.Name
				command, is := strings.CutSuffix(name, "Cmd")
				if is && filepath.Base(path) != strings.ToLower(command)+".go" {
					t.Errorf("%s: %s has no file of its own", path, name)
				}
			}
		}
	})
}

// walk calls each for every text file of the module.
func walk(t *testing.T, each func(path, text string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && d.Name() == ".git" {
				return filepath.SkipDir
			}
			return err
		}
		text, err := os.ReadFile(path)
		if err == nil {
			if !utf8.Valid(text) {
				text = nil // packed data
			}
			each(strings.TrimPrefix(filepath.ToSlash(path), root+"/"), string(text))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// goFiles calls each for every Go file of the module.
func goFiles(t *testing.T, each func(fset *token.FileSet, path, text string, f *ast.File)) {
	t.Helper()
	walk(t, func(path, text string) {
		if filepath.Ext(path) != ".go" {
			return
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		each(fset, path, text, f)
	})
}

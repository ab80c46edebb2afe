package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/sqlite"
	"scanbay/tui/i18n"
)

// A mishap is a file that a command cannot work on.
type mishap struct {
	name string
	make func(t *testing.T, path string) // what is wrong; nil for nothing there
	code store.FaultCode
	args []string // with FILE for the path
}

func mishaps() []mishap {
	station := []string{"station", "--db", "FILE"}
	return []mishap{
		{"another station works on it", held, store.Locked, station},
		{"of a newer program", newer, store.Newer, station},
		{"of a newer program, to look at", newer, store.Newer, []string{"verify", "FILE"}},
		{"of an older program, to look at", older, store.Older, []string{"verify", "FILE"}},
		{"something else", garbage, store.Damaged, station},
		{"something else, to look at", garbage, store.Damaged, []string{"verify", "FILE"}},
		{"cut in the middle", cut, store.Damaged, []string{"verify", "FILE"}},
		{"cut in the middle, as a backup", cut, store.Damaged,
			[]string{"restore", "FILE", "--db", "FILE.new"}},
		{"a page overwritten", scratched, store.Damaged, []string{"verify", "FILE"}},
		{"not there", nil, store.Missing, []string{"verify", "FILE"}},
		{"not there, to copy", nil, store.Missing, []string{"backup", "--db", "FILE", "FILE.copy"}},
		{"no folder", nil, store.Missing, []string{"station", "--db", "FILE/none/bay.db"}},
		{"no list of items", nil, store.Missing,
			[]string{"import", "items", "--db", "FILE.new", "FILE"}},
		{"a backup of the name", garbage, store.Exists,
			[]string{"backup", "--db", "FILE", "FILE"}},
		{"a database of the name", healthy, store.Exists,
			[]string{"restore", "FILE", "--db", "FILE"}},
	}
}

// TestAMishapIsSaidInWords gives each command a file that it cannot work on: it
// ends, says why and what to do in the person's language, and leaves every byte of
// the file as it was.
func TestAMishapIsSaidInWords(t *testing.T) {
	for _, m := range mishaps() {
		t.Run(m.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "bay.db")
			if m.make != nil {
				m.make(t, path)
			}
			before, _ := os.ReadFile(path)
			for _, text := range languages() {
				args := []string{"--lang", text.Tag()}
				for _, a := range m.args {
					args = append(args, strings.Replace(a, "FILE", path, 1))
				}
				said, code := runProgram(t, args...)
				words := text.Faults()[m.code]
				if code != exitFailed || !strings.Contains(said, words.Problem) ||
					!strings.Contains(said, words.Remedy) {
					t.Errorf("%d: %s", code, said)
				}
			}
			after, _ := os.ReadFile(path)
			if !bytes.Equal(before, after) {
				t.Error("the file is not as it was")
			}
		})
	}
}

func openBay(t *testing.T, path string) *store.Store {
	t.Helper()
	s, _, err := site{DB: path, Warehouse: "W1", Station: "S1", Zone: "UTC"}.
		open(context.Background(), time.Now)
	must(t, err)
	return s
}

func healthy(t *testing.T, path string) { must(t, openBay(t, path).Close()) }

func held(t *testing.T, path string) {
	s := openBay(t, path)
	t.Cleanup(func() { must(t, s.Close()) })
}

func newer(t *testing.T, path string) {
	s := openBay(t, path)
	must(t, s.Alter(context.Background(), "PRAGMA user_version = 999"))
	must(t, s.Close())
}

// older is a file of the first version, as far as anybody can tell without changing it.
func older(t *testing.T, path string) {
	s := openBay(t, path)
	must(t, s.Alter(context.Background(), "PRAGMA user_version = 1"))
	must(t, s.Close())
}

// TestABackupOfAnOlderProgram can be made before an upgrade, and restored after it.
func TestABackupOfAnOlderProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bay.db")
	older(t, path)
	for _, args := range [][]string{{"backup", "--db", path, path + ".copy"},
		{"restore", path + ".copy", "--db", path + ".new"}} {
		if said, code := runProgram(t, args...); code != 0 {
			t.Errorf("%v: %d: %s", args, code, said)
		}
	}
}

func garbage(t *testing.T, path string) {
	must(t, os.WriteFile(path, bytes.Repeat([]byte("no database "), 1000), 0o644))
}

func cut(t *testing.T, path string) {
	healthy(t, path)
	info, err := os.Stat(path)
	must(t, err)
	must(t, os.Truncate(path, info.Size()/2))
}

func scratched(t *testing.T, path string) {
	healthy(t, path)
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	must(t, err)
	const page = 4096
	_, err = f.WriteAt(bytes.Repeat([]byte{0xa5}, page), 5*page)
	must(t, errors.Join(err, f.Close()))
}

func TestAnAlteredRowIsNamed(t *testing.T) {
	b := newBay(t)
	if said, code := runProgram(t, "--lang=en", "verify", b.db); code != 0 {
		t.Fatalf("%d: %s", code, said)
	}
	db, err := sqlite.Open(context.Background(), b.db)
	must(t, err)
	_, err = db.Write.Exec("UPDATE event SET hash = bytes WHERE seq = 5")
	must(t, errors.Join(err, db.Close()))
	said, code := runProgram(t, "--lang=en", "verify", b.db)
	if code != exitFailed || !strings.HasPrefix(said, "chain: event S1 1.5: ") {
		t.Errorf("%d: %s", code, said)
	}
}

func TestALostScanIsNamed(t *testing.T) {
	b, notes := newBay(t), filepath.Join(t.TempDir(), "journal")
	must(t, os.WriteFile(notes, []byte("ABC.1\n\nABC.2\n"), 0o644))
	for _, lang := range languages() {
		said, code := runProgram(t, "--lang", lang.Tag(), "verify", b.db, "--journal", notes)
		want := wordsIn(lang).ScanLost("ABC.2")
		if code != exitFailed || !strings.Contains(said, want) {
			t.Errorf("%d: %s", code, said)
		}
	}
}

func TestUsageIsNoFailure(t *testing.T) {
	for _, args := range [][]string{{"frob"}, {"import", "people", "x.csv"}, {"verify"},
		{"--lang=fr", "version"}} {
		if said, code := runProgram(t, args...); code != exitUsage || said == "" {
			t.Errorf("%q: %d: %s", args, code, said)
		}
	}
	if said, code := runProgram(t, "--help"); code != 0 || !strings.Contains(said, "station") {
		t.Errorf("%d: %s", code, said)
	}
}

func TestTheLanguageIsThePersons(t *testing.T) {
	for env, want := range map[string]string{"LANG=zh_CN.UTF-8": "zh", "LC_ALL=C": "en",
		"LANG=de_DE.UTF-8": "en", "SCANBAY_LANG=zh": "zh"} {
		cmd := exec.Command(program(t), "verify", "nothing")
		cmd.Env = []string{env}
		out, _ := cmd.CombinedOutput() // it fails: there is nothing
		text := map[string]i18n.Text{"en": i18n.English{}, "zh": i18n.Chinese{}}[want]
		if !strings.Contains(string(out), text.Faults()[store.Missing].Problem) {
			t.Errorf("%s: %s", env, out)
		}
	}
}

func TestBackupAndRestore(t *testing.T) {
	b := newBay(t)
	copied, fresh := b.db+".copy", filepath.Join(t.TempDir(), "new.db")
	for _, step := range []struct{ args, want string }{
		{"backup --db " + b.db + " " + copied, "a whole copy"},
		{"verify " + copied, "the chain is whole"},
		{"restore " + copied + " --db " + fresh, "PINs must be set again"},
		{"verify " + fresh, "the chain is whole"},
	} {
		said, code := runProgram(t, append([]string{"--lang=en"}, strings.Fields(step.args)...)...)
		if code != 0 || !strings.Contains(said, step.want) {
			t.Fatalf("%s: %d: %s", step.args, code, said)
		}
	}
	// A log that an older database left behind would be played into the new one.
	must(t, os.Remove(fresh))
	must(t, os.WriteFile(fresh+"-wal", []byte("old"), 0o644))
	said, code := runProgram(t, "--lang=en", "restore", copied, "--db", fresh)
	if code != exitFailed || !strings.Contains(said, "Nothing is overwritten") {
		t.Errorf("%d: %s", code, said)
	}
	if _, err := os.Stat(fresh); !errors.Is(err, os.ErrNotExist) {
		t.Error("it was restored all the same")
	}
}

func TestImportsSpeakOfEachFile(t *testing.T) {
	db := filepath.Join(t.TempDir(), "bay.db")
	write := func(name, text string) string {
		path := filepath.Join(filepath.Dir(db), name)
		must(t, os.WriteFile(path, []byte(text), 0o644))
		return path
	}
	good := write("goods.csv", "商品编码,商品名称,商品条码\nT1,茶,6901234567892\n")
	bad := write("bad.csv", "sku,name,gtin\nT2,cup,6901234567893\n")
	for _, step := range []struct {
		lang, file string
		code       int
		want       []string
	}{
		{"en", good, 0, []string{"goods.csv: 1 rows. Taken 1."}},
		{"zh", good, 0, []string{"goods.csv: 以前导入过"}},
		{"en", bad, exitFailed, []string{`bad.csv:2: gtin "6901234567893": `, "6901234567892",
			"Nothing of "}},
		{"zh", bad, exitFailed, []string{`bad.csv:2: gtin "6901234567893": `, "未导入"}},
	} {
		said, code := runProgram(t, "--lang", step.lang, "import", "items", "--db", db, step.file)
		for _, want := range step.want {
			if code != step.code || !strings.Contains(said, want) {
				t.Errorf("%s: %d: %s, want %s", step.file, code, said, want)
			}
		}
	}
}

// TestAPartThatPanicsEndsTheStation: the store is closed and the terminal given
// back by whoever waits for the context.
func TestAPartThatPanicsEndsTheStation(t *testing.T) {
	ctx, stop := context.WithCancelCause(context.Background())
	log, err := openLog(filepath.Join(t.TempDir(), "log"))
	must(t, err)
	st := &station{stop: stop, log: logTo(log)}
	st.start(func() { panic("by a mistake") })
	st.running.Wait()
	if err := context.Cause(ctx); !errors.Is(err, errCrashed) {
		t.Error(err)
	}
	must(t, log.Close())
	text, err := os.ReadFile(log.path)
	if err != nil || !strings.Contains(string(text), "by a mistake") {
		t.Errorf("%v: %s", err, text)
	}
}

func TestALogDoesNotFillTheDisk(t *testing.T) {
	log, err := openLog(filepath.Join(t.TempDir(), "log"))
	must(t, err)
	record := bytes.Repeat([]byte("x"), logMax/4)
	for i := range 20 {
		_, err := log.Write(append([]byte(fmt.Sprint(i)), record...))
		must(t, err)
	}
	must(t, log.Close())
	files, err := filepath.Glob(log.path + "*")
	must(t, err)
	var size int64
	for _, f := range files {
		info, err := os.Stat(f)
		must(t, err)
		size += info.Size()
	}
	if len(files) != 2 || size > 2*logMax {
		t.Errorf("%q: %d bytes", files, size)
	}
}

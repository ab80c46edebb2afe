//go:build linux

package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"scanbay/store"
)

// made wants a site in a folder with nothing beside it, whose first person gets in.
func made(t *testing.T, db string, first store.Operator, pin string,
	settings map[store.Setting]string) {
	t.Helper()
	if got := strings.Join(inFolder(t, filepath.Dir(db)), " "); got != "bay.db bay.db.key" {
		t.Errorf("the folder holds %s", got)
	}
	s, key, err := site{DB: db, Warehouse: "none", Station: "none", Zone: "UTC"}.
		open(t.Context(), time.Now)
	must(t, err)
	defer s.Close()
	if id := s.Identity(); id.Warehouse != "HZ1" || id.Author != "PC-1" || !id.Authority ||
		id.Zone != "Asia/Shanghai" {
		t.Errorf("it is %+v", id)
	}
	o, err := key.SignIn(t.Context(), s, first.ID, pin)
	if err != nil || o != first || !o.May(store.Administrator) {
		t.Errorf("%v gets in: %v", o, err)
	}
	must(t, s.Read(t.Context(), func(r *store.Reader) error {
		for name, want := range settings {
			if got, err := r.Setting(name); err != nil || got != want {
				t.Errorf("%s is %s, want %s (%v)", name, got, want, err)
			}
		}
		log, err := r.Log("PC-1", 1, 0, 1000)
		for _, f := range log {
			if strings.Contains(string(f.Bytes), pin) {
				t.Errorf("the log has the PIN: %s", f.Bytes)
			}
		}
		return err
	}))
}

func inFolder(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	must(t, err)
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".lock" { // whoever opened it last
			names = append(names, e.Name())
		}
	}
	return names
}

func TestASiteIsMadeAtATerminal(t *testing.T) {
	t.Setenv("TZ", "Asia/Shanghai")
	db := filepath.Join(t.TempDir(), "bay.db")
	d := sit(t, 100, 200, "--lang=en", "init", "--db", db)
	for _, step := range []struct{ asks, answer string }{
		{"en, zh", "fr"}, {`"fr" will not do`, "zh"},
		{"仓库编号", "h z"}, {"“h z”不行", "hz1"},
		{"本机的名称", "PC-1"}, {"[Asia/Shanghai] >", ""},
		{"自印标签", ""}, {"block 禁止, ask 询问", "询问"}, {"空货位", "3"},
		{"auto 自动", "hand"}, {"off 不合", ""}, {"0-1000000", ""}, {"1-1440", "20"},
		{"[900] >", "901"}, {"[管理员] >", "李雷"},
		{"4 到 12 位", "12"}, {"这不是密码", "582047193366"}, {"再输一次", "582047193367"},
		{"两次不一样", "582047193366"}, {"再输一次 > \n  两次不一样，请重新输入。\n  > \n  再输一次 >", "582047193366"},
		{"箱型", "B1,小纸箱,250x200x150"}, {"箱型:编码", ""},
	} {
		d.shows(step.asks)
		d.send(step.answer + "\n")
	}
	d.shows("scanbay --lang zh station --db")
	if err := d.wait(); err != nil {
		t.Fatal(err)
	}
	screen := d.shown()
	if contains(screen, "582047193366") || !contains(screen, "多拣 (over_pick) = ask") {
		t.Errorf("shown:\n%s", screen)
	}
	made(t, db, store.Operator{ID: "901", Name: "李雷", Roles: "administrator", Lang: "zh",
		Active: true}, "582047193366", map[store.Setting]string{store.OverPickPolicy: "ask",
		store.ZeroCheckAt: "3", store.ReleaseBy: "hand", store.IdleMinutes: "20"})
}

func TestASiteThatIsInterruptedIsNotMade(t *testing.T) {
	for _, asks := range []string{"Warehouse:", "PIN:"} {
		folder := t.TempDir()
		d := sit(t, 100, 200, "--lang=en", "init", "--db", filepath.Join(folder, "bay.db"))
		for _, question := range []string{"Language", "Warehouse:", "Station:", "Time zone:",
			"Prefix:", "Over-pick:", "Zero check:", "Release:", "Merge:", "Heavy from:",
			"Idle min.:", "Badge:", "Name: of", "PIN:"} {
			d.shows(question)
			if question == asks {
				break
			}
			d.send("\n")
		}
		d.send("\x03")
		var ended *exec.ExitError
		if err := d.wait(); !errors.As(err, &ended) || ended.ExitCode() != exitFailed {
			t.Errorf("at %s: it ends with %v", asks, err)
		}
		d.shows("Nothing was made")
		if names := inFolder(t, folder); len(names) > 0 {
			t.Errorf("at %s: it left %s", asks, names)
		}
	}
}

// pipe runs init with answers from a pipe.
func pipe(t *testing.T, db, answers string, args ...string) (said string, code int) {
	t.Helper()
	cmd := exec.Command(program(t), append([]string{"init", "--db", db}, args...)...)
	cmd.Stdin = strings.NewReader(answers)
	out, err := cmd.CombinedOutput()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return string(out), ended.ExitCode()
	}
	must(t, err)
	return string(out), 0
}

func TestASiteIsMadeThroughAPipe(t *testing.T) {
	t.Setenv("TZ", "Etc/UTC") // which says nothing of where the machine is
	db := filepath.Join(t.TempDir(), "bay.db")
	answers := "en\nHZ1\nPC-1\n\n\n\n\n\n\n\n\n901\nLi Lei\n582047193366\n582047193366\n\n"
	if said, code := pipe(t, db, answers); code != 0 {
		t.Fatalf("%d: %s", code, said)
	}
	first := store.Operator{ID: "901", Name: "Li Lei", Roles: "administrator", Lang: "en",
		Active: true}
	made(t, db, first, "582047193366", nil)
	for lang, want := range map[string]string{"en": "The file is there already", "zh": "文件已存在"} {
		said, code := pipe(t, db, answers, "--lang", lang)
		if code != exitFailed || !strings.Contains(said, want) {
			t.Errorf("a second time: %d: %s", code, said)
		}
	}
	made(t, db, first, "582047193366", nil)
}

func TestAPipeThatEndsMakesNothing(t *testing.T) {
	answers := "en\nHZ1\nPC-1\n\n\n\n\n\n\n\n\n901\nLi Lei\n582047193366\n582047193366\n"
	for n := range strings.Count(answers, "\n") {
		folder := t.TempDir()
		some := strings.Join(strings.SplitAfter(answers, "\n")[:n], "")
		said, code := pipe(t, filepath.Join(folder, "bay.db"), some)
		names := inFolder(t, folder)
		if code != exitFailed || !strings.Contains(said, "Nothing was made") || len(names) > 0 {
			t.Errorf("%d answers: %d: %s\nleft: %v", n, code, said, names)
		}
	}
}

func TestASiteIsMadeUnattended(t *testing.T) {
	t.Setenv("TZ", "Asia/Shanghai")
	folder := t.TempDir()
	pin := filepath.Join(folder, "pin")
	must(t, os.WriteFile(pin, []byte("582047193366\n"), 0o600))
	db := filepath.Join(t.TempDir(), "bay.db")
	all := []string{"--lang", "zh", "--yes", "--warehouse", "HZ1", "--station", "PC-1",
		"--set", "over_pick=ask", "--set", "qty_ceiling=500", "--carton", "B1,小纸箱,250x200x150"}
	for _, c := range []struct {
		more []string
		want string
	}{
		{nil, "--pin-file"},
		{[]string{"--pin-file", filepath.Join(folder, "none")}, "找不到数据文件"},
		{[]string{"--pin-file", pin, "--zone", "Mars"}, "Mars"},
		{[]string{"--pin-file", pin, "--set", "over_pick=maybe"}, "block, ask"},
		{[]string{"--pin-file", pin, "--carton", "B1"}, "B1,Box,250x200x150"},
		{[]string{"--pin-file", pin, "--db", filepath.Join(folder, "none", "bay.db")}, "找不到"},
	} {
		said, code := pipe(t, db, "", append(all, c.more...)...)
		if code != exitFailed || !strings.Contains(said, c.want) ||
			len(inFolder(t, filepath.Dir(db))) > 0 {
			t.Errorf("%v: %d: %s", c.more, code, said)
		}
	}
	if said, code := pipe(t, db, "", append(all, "--pin-file", pin)...); code != 0 ||
		!strings.Contains(said, "scanbay import items") {
		t.Fatalf("%d: %s", code, said)
	}
	made(t, db, store.Operator{ID: "900", Name: "管理员", Roles: "administrator", Lang: "zh",
		Active: true}, "582047193366", map[store.Setting]string{store.OverPickPolicy: "ask",
		store.QtyCeiling: "500", store.ZeroCheckAt: "0"})
	s, err := look(t.Context(), db, time.Now)
	must(t, err)
	defer s.Close()
	kinds, err := store.Get(t.Context(), s, (*store.Reader).CartonTypes)
	must(t, err)
	if len(kinds) != 1 || kinds[0].Name != "小纸箱" || kinds[0].Height != 150 {
		t.Errorf("cartons: %+v", kinds)
	}
}

func TestEveryQuestionIsSaidInEveryLanguage(t *testing.T) {
	for _, text := range languages() {
		said := wordsIn(text).InitQuestions()
		for name := range (english{}).InitQuestions() {
			if said[name].Name == "" || said[name].About == "" {
				t.Errorf("%s: %s is not said", text.Tag(), name)
			}
		}
		if len(said) != len((english{}).InitQuestions()) {
			t.Errorf("%s: %d questions", text.Tag(), len(said))
		}
	}
}

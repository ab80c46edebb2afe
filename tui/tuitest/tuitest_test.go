package tuitest_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/tuitest"
)

// A page shows what it is given.
type page []string

func (page) Open() tea.Cmd             { return nil }
func (page) Scan(scanner.Scan) tea.Cmd { return nil }
func (page) Key(tea.KeyMsg) tea.Cmd    { return nil }

// View implements tui.Screen, badly: it does not ask how large the screen is.
func (p page) View(int, int) []string { return p }

func show(p page, h int) *tuitest.Driver {
	clock := tuitest.NewClock(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	app := tui.New(&tui.Shell{Text: i18n.English{}, Clock: clock}, p)
	return tuitest.Start(app, nil, clock, 20, h)
}

func TestAScreenThatIsTooLargePanics(t *testing.T) {
	const h, frame = 16, 4 // the rule and the banner
	for _, c := range []struct {
		lines []string
		fits  bool
	}{
		{make([]string, h-frame), true},
		{make([]string, h-frame+1), false},
		{make([]string, h-frame-1), false},
		{append(make([]string, h-frame-1), strings.Repeat("货", 10)), true},
		{append(make([]string, h-frame-1), strings.Repeat("货", 10)+"x"), false},
	} {
		func() {
			defer func() {
				if r := recover(); (r == nil) != c.fits {
					t.Errorf("%d lines, the last %q: %v", len(c.lines), c.lines[len(c.lines)-1], r)
				}
			}()
			show(c.lines, h).Screen()
		}()
	}
}

func TestGoldenSeesWhatChanged(t *testing.T) {
	lines := make(page, 12)
	g := tuitest.Golden{
		Path:  filepath.Join(t.TempDir(), "page.txtar"),
		Sizes: [][2]int{{20, 16}},
		Start: func(_ i18n.Text, _, h int) *tuitest.Driver { return show(lines, h) },
		Steps: []tuitest.Step{{Name: "start", Do: func(*tuitest.Driver) {}}},
	}
	for _, c := range []struct {
		first  string
		update bool
		want   string
	}{
		{"a", false, "no such file"},
		{"a", true, ""},
		{"a", false, ""},
		{"b", false, "zh/20x16/start: want"},
		{"±", true, "not every terminal agrees"},
	} {
		lines[0] = c.first
		switch err := g.Compare(c.update); {
		case err == nil && c.want == "":
		case err == nil || c.want == "" || !strings.Contains(err.Error(), c.want):
			t.Errorf("%s: %v, want %q", c.first, err, c.want)
		}
	}
	g.Steps = append(g.Steps, tuitest.Step{Name: "new", Do: func(*tuitest.Driver) {}})
	if err := g.Compare(false); err == nil || !strings.Contains(err.Error(), "new is not in") {
		t.Errorf("a new step: %v", err)
	}
}

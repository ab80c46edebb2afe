package screens

import (
	"context"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

// Doctor shows what a scanner sends, byte by byte, and says what is wrong with how it is set up:
// from the one label of which it knows what it says.
type Doctor struct {
	sh    *tui.Shell
	came  scanner.Scan // the last one
	found []scanner.Finding
	known []store.ScannerProfile
	top   int // the first line of it on the screen
}

// Keys implements tui.Keyed: who asks for the doctor again, begins again.
func (d *Doctor) Keys() []tui.Binding {
	return []tui.Binding{{Command: i18n.Doctor, Do: func() tea.Cmd {
		d.came, d.found, d.top = scanner.Scan{}, nil, 0
		return d.Open()
	}}}
}

// Open implements tui.Screen.
func (d *Doctor) Open() tea.Cmd {
	return tui.Do(d.sh, func(ctx context.Context) ([]store.ScannerProfile, error) {
		return store.Get(ctx, d.sh.Store, (*store.Reader).ScannerProfiles)
	}, func(known []store.ScannerProfile) tea.Cmd {
		d.known = known
		return nil
	})
}

// Examine implements tui.Examiner: whatever a scanner sends is looked at, and does nothing else.
func (d *Doctor) Examine(s scanner.Scan) tea.Cmd {
	d.came, d.found, d.top = s, scanner.Examine(scanner.Frame{Raw: s.Raw, Bad: s.Bad}), 0
	d.sh.Note()
	if s.Bad == scanner.Echo {
		d.found = []scanner.Finding{scanner.ReadTwice}
	}
	if slices.Contains(d.found, scanner.OtherLabel) {
		d.sh.Sound(theme.Wrong)
		return nil
	}
	if bad := d.sick(); bad > 0 {
		d.sh.Sound(theme.Wrong)
	} else {
		d.sh.Sound(theme.Right)
	}
	words := make([]string, len(d.found))
	for i, f := range d.found {
		words[i] = string(f)
	}
	p := store.ScannerProfile{Source: s.Source, Port: s.Port, Findings: strings.Join(words, " "),
		Operator: d.sh.Operator.ID, At: d.sh.Clock.Now().UnixMilli()}
	return tui.Do(d.sh, func(ctx context.Context) ([]store.ScannerProfile, error) {
		if err := d.sh.Store.Write(ctx, d.sh.By(scanner.Scan{}), func(tx *store.Tx) error {
			return tx.KeepScanner(p)
		}); err != nil {
			return nil, err
		}
		return store.Get(ctx, d.sh.Store, (*store.Reader).ScannerProfiles)
	}, func(known []store.ScannerProfile) tea.Cmd {
		d.known = known
		return nil
	})
}

// sick is how many of the findings are to be mended: the last one is advice.
func (d *Doctor) sick() (n int) {
	for _, f := range d.found {
		if f != scanner.NoIdentifier {
			n++
		}
	}
	return n
}

// Scan implements tui.Screen: what is typed is no scanner's.
func (d *Doctor) Scan(s scanner.Scan) tea.Cmd { return d.Examine(s) }

// Key implements tui.Screen.
func (d *Doctor) Key(k tea.KeyMsg) tea.Cmd {
	switch k.Type {
	case tea.KeyUp:
		d.top = max(0, d.top-1)
	case tea.KeyDown:
		d.top++
	}
	return nil
}

// View implements tui.Screen.
func (d *Doctor) View(w, h int) []string {
	rows := []string{component.Fit(d.sh.Text.DoctorTitle(), w)}
	body := d.said(w)
	d.top = min(d.top, max(0, len(body)-(h-len(rows))))
	return append(rows, component.Page(body[d.top:], nil, w, h-len(rows))...)
}

// said is what the screen says below its title.
func (d *Doctor) said(w int) (out []string) {
	t := d.sh.Text
	if d.came.Source == "" {
		out = component.Paragraphs(w, t.DoctorScan(), scanner.TestCode)
		for _, p := range d.known {
			state := t.DoctorFine()
			if p.Findings != "" {
				state = p.Findings
			}
			out = append(out, component.Paragraphs(w, join(p.Source, p.Port), state)...)
		}
		return out
	}
	if d.sick() == 0 {
		out = append(out, component.Paragraphs(w, t.DoctorFine())...)
	}
	for _, f := range d.found {
		if f != scanner.NoIdentifier || d.sick() == 0 { // first what must be mended
			a := t.Findings()[f]
			out = append(out, component.Paragraphs(w, a.Problem, a.Remedy)...)
		}
	}
	return append(out, component.Paragraphs(w, join(d.came.Source, d.came.Port),
		strconv.QuoteToASCII(string(d.came.Raw)))...)
}

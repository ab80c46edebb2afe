package screens

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/printing"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Printing has whatever is scanned printed, and shows what waits for the printer, and why.
type Printing struct {
	sh       *tui.Shell
	jobs     []store.PrintJob
	printers []store.Printer
	read     bool
	at       cursor
}

// Open implements tui.Screen.
func (p *Printing) Open() tea.Cmd {
	type read struct {
		jobs     []store.PrintJob
		printers []store.Printer
	}
	return tui.Do(p.sh, func(ctx context.Context) (read, error) {
		return store.Get(ctx, p.sh.Store, func(r *store.Reader) (out read, err error) {
			if out.jobs, err = r.PrintJobs(rowsMax); err != nil {
				return out, err
			}
			out.printers, err = r.Printers()
			return out, err
		})
	}, func(r read) tea.Cmd {
		seek(&p.at, p.jobs, r.jobs, func(j store.PrintJob) int64 { return j.N })
		p.jobs, p.printers, p.read = r.jobs, r.printers, true
		return nil
	})
}

// cursorWide is how many cells a list has in front of its rows.
const cursorWide = 2

// rowsMax is how many jobs anybody looks through.
const rowsMax = 100

// News implements tui.Newsed.
func (p *Printing) News() tea.Cmd { return p.Open() }

// Scan implements tui.Screen. The first scan of a label that was sent says that it came out.
func (p *Printing) Scan(s scanner.Scan) tea.Cmd {
	type found struct {
		store.Found
		came bool
	}
	by := p.sh.By(s)
	return tui.Do(p.sh, func(ctx context.Context) (f found, err error) {
		err = p.sh.Store.Write(ctx, by, func(tx *store.Tx) (err error) {
			if f.Found, err = tx.Find(by.Mark, store.BinKind, store.ToteKind, store.StageKind,
				store.ItemKind, store.OperatorKind, store.CartonKind, store.SlipKind,
				store.ReturnKind); err != nil {
				return err
			}
			f.came = tx.CameOut()
			return tx.Record(store.ScanNoted{About: f.Ref(), Text: by.Mark.Text})
		})
		return f, err
	}, func(f found) tea.Cmd {
		if f.came {
			p.sh.Tell(p.sh.Text.PrintCame(f.Code))
			return p.Open()
		}
		return p.found(f.Found)
	})
}

// found goes on with a thing: where there is more than one document of it, the person chooses.
func (p *Printing) found(f store.Found) tea.Cmd {
	p.sh.Note()
	job := store.PrintJob{Ref: f.Ref(), Copies: 1}
	papers := map[store.Kind][]store.Paper{
		store.BinKind: {store.BinPaper}, store.ToteKind: {store.TotePaper},
		store.StageKind: {store.StagePaper}, store.ItemKind: {store.ItemPaper},
		store.OperatorKind: {store.BadgePaper}, store.CartonKind: {store.CartonPaper},
		store.ReturnKind: {store.ReturnPaper},
		store.SlipKind:   {store.SlipPaper, store.PickPaper, store.PackingPaper},
	}[f.Kind]
	if f.Place != "" {
		job.Ref = f.Place.Code()
	}
	if len(papers) == 1 {
		job.Paper = papers[0]
		return p.one(job)
	}
	var options []string
	for _, paper := range papers {
		options = append(options, p.sh.Text.Papers()[paper])
	}
	return p.sh.Choose(tui.Choice{Title: p.sh.Text.PrintWhich(), Options: options,
		Pick: func(i int) tea.Cmd {
			job.Paper = papers[i]
			return p.print(job)
		}})
}

// one has a label printed. One that was sent, and is not known to have come out, is asked about:
// who scans it may but show that it did.
func (p *Printing) one(job store.PrintJob) tea.Cmd {
	i := slices.IndexFunc(p.jobs, func(j store.PrintJob) bool {
		return j.Paper == job.Paper && j.Ref == job.Ref
	})
	if i < 0 || p.jobs[i].State != store.PrintSent || job.Paper.Label() == "" {
		return p.count(job)
	}
	return p.sh.Ask(tui.Question{Text: p.sh.Text.PrintMore(printed(p.sh.Text, job)),
		Yes: func() tea.Cmd { return p.count(job) }})
}

// count asks how many labels are wanted of an item: of other things there is one.
func (p *Printing) count(job store.PrintJob) tea.Cmd {
	if job.Paper != store.ItemPaper {
		return p.print(job)
	}
	return p.sh.Enter(tui.Entry{Title: p.sh.Text.PrintCopies(job.Ref), Number: true,
		Take: func(text string) tea.Cmd {
			n, ok := wholeNumber(text)
			if !ok {
				return refuse(p.sh, p.sh.Keyed(text), store.BadQuantity, "")
			}
			job.Copies = int64(n)
			return p.print(job)
		}})
}

func (p *Printing) print(job store.PrintJob) tea.Cmd {
	p.jobs = nil // the cursor goes to the new one
	return tea.Batch(havePrinted(p.sh, job), p.Open())
}

// havePrinted asks for a job, and says that it comes.
func havePrinted(sh *tui.Shell, job store.PrintJob) tea.Cmd {
	by := sh.By(scanner.Scan{Source: keyed})
	return tui.Do(sh, func(ctx context.Context) (bool, error) {
		return printing.Ask(ctx, sh.Store, by, job)
	}, func(again bool) tea.Cmd {
		sh.Tell(sh.Text.PrintComes(printed(sh.Text, job), again))
		return nil
	})
}

// printed is what a job prints.
func printed(t i18n.Text, j store.PrintJob) string { return join(t.Papers()[j.Paper], j.Ref) }

// Key implements tui.Screen.
func (p *Printing) Key(k tea.KeyMsg) tea.Cmd {
	if k.Type == tea.KeyEnter && len(p.jobs) > 0 {
		return p.decide(p.jobs[p.at])
	}
	p.at.key(k, len(p.jobs))
	return nil
}

// decide asks what is to be done about a job.
func (p *Printing) decide(j store.PrintJob) tea.Cmd {
	t := p.sh.Text
	what := printed(t, j)
	c := tui.Choice{Title: what, Options: []string{t.PrintAgain()},
		Pick: func(int) tea.Cmd { return p.print(j) }}
	if j.Open() {
		c.Options = []string{t.PrintNow(), t.PrintDrop()}
		c.Pick = func(i int) tea.Cmd {
			if i == 0 {
				return p.change(j, printing.Retry, t.PrintComes(what, false))
			}
			return p.change(j, printing.Drop, t.PrintDropped(what))
		}
	}
	return p.sh.Choose(c)
}

func (p *Printing) change(j store.PrintJob, do func(context.Context, *store.Store, store.Gesture,
	int64) error, said string) tea.Cmd {
	by := p.sh.By(scanner.Scan{Source: keyed})
	return tui.Do(p.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, do(ctx, p.sh.Store, by, j.N)
	}, func(struct{}) tea.Cmd {
		p.sh.Tell(said)
		return p.Open()
	})
}

// Keys implements tui.Keyed: who asks for printing again, sees it anew.
func (p *Printing) Keys() []tui.Binding {
	out := []tui.Binding{{Key: "f5", Command: i18n.Refresh, Do: p.Open},
		{Command: i18n.Print, Do: p.Open}}
	if p.sh.Operator.May(store.Supervisor) {
		out = slices.Insert(out, 0, tui.Binding{Key: "f4", Command: i18n.Printers, Do: p.choose})
	}
	return out
}

// choose asks which printer is to be another.
func (p *Printing) choose() tea.Cmd {
	t := p.sh.Text
	var all []store.Printer
	var names, ends []string
	for _, paper := range []store.Paper{store.CartonPaper, store.PackingPaper, store.LoadingPaper,
		store.SlipPaper, store.PickPaper, ""} {
		at, name := store.Printer{Paper: paper}, t.Papers()[paper]
		if paper == "" {
			name = t.PrinterRest()
		}
		for _, known := range p.printers {
			if known.Paper == paper {
				at = known
			}
		}
		all, names, ends = append(all, at), append(names, name), append(ends, at.Address)
	}
	return p.sh.Choose(tui.Choice{Title: t.PrinterWhich(), Options: names, Ends: ends,
		Pick: func(i int) tea.Cmd { return p.name(all[i], names[i]) }})
}

// name asks where documents are printed: the address can be scanned, too.
func (p *Printing) name(to store.Printer, name string) tea.Cmd {
	t := p.sh.Text
	return p.sh.Enter(tui.Entry{Title: t.PrinterAsk(name), Text: to.Address,
		Take: func(text string) tea.Cmd {
			to.Address = strings.TrimSpace(text)
			if to.Address == "none" {
				to.Address = ""
			} else if p.sh.IsPrinter != nil && !p.sh.IsPrinter(text) {
				return refuse(p.sh, p.sh.Keyed(text), store.BadPrinter, "")
			}
			by := p.sh.By(scanner.Scan{Source: keyed})
			return tui.Do(p.sh, func(ctx context.Context) (struct{}, error) {
				return struct{}{}, printing.Set(ctx, p.sh.Store, by, to)
			}, func(struct{}) tea.Cmd {
				p.sh.Tell(t.PrinterSet(name, to.Address))
				return p.Open()
			})
		}})
}

// View implements tui.Screen.
func (p *Printing) View(w, h int) []string {
	t, th := p.sh.Text, p.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.PrintTitle(), w))}
	todo := component.Wrap(t.PrintScan(), w)
	if p.read && len(p.printers) == 0 {
		todo = component.Wrap(t.PrintUnset(), w)
	}
	if len(p.jobs) == 0 {
		return component.Page(data, todo, w, h)
	}
	p.at.keep(len(p.jobs))
	var rows []string
	for _, j := range p.jobs {
		row, state := j.Ref, join(t.PrintStates()[j.State], t.Papers()[j.Paper])
		if full := join(row, state); len(component.Wrap(full, w-cursorWide)) == 1 {
			row = full // else the code, which stays whole
		}
		rows = append(rows, row)
	}
	todo = append(component.Paragraphs(w, p.about(p.jobs[p.at])...), todo...)
	room := max(1, min(len(rows), h-len(data)-len(todo)))
	data = append(data, component.List(th, rows, int(p.at), w, room)...)
	return component.Page(data, todo, w, h)
}

// about says how a job stands: why it is not printed, or how that is known. What waits behind
// another waits for the same reason.
func (p *Printing) about(j store.PrintJob) []string {
	t := p.sh.Text
	state, proof := join(t.Papers()[j.Paper], t.PrintStates()[j.State]), j.Paper.Label() != ""
	for _, other := range p.jobs {
		if j.State == store.PrintWaits && j.Trouble == "" && other.State == j.State &&
			p.printerOf(other.Paper) == p.printerOf(j.Paper) {
			j.Trouble, j.Printer, j.Tries = other.Trouble, other.Printer, other.Tries
		}
		if other.State == store.PrintSeen && other.Paper == j.Paper && other.Ref == j.Ref {
			proof = false // a scan may be of that one
		}
	}
	why, troubled := t.PrintTroubles()[j.Trouble]
	switch {
	case j.State == store.PrintSent && proof:
		return []string{state, t.PrintProof()}
	case !troubled || !j.Open():
		return []string{state}
	case j.Tries > 1:
		return []string{state, join(why.Problem, j.Printer, t.PrintTries(j.Tries)), why.Remedy}
	}
	return []string{state, join(why.Problem, j.Printer), why.Remedy}
}

// printerOf is where documents are printed.
func (p *Printing) printerOf(paper store.Paper) (at string) {
	for _, known := range p.printers { // that of all the rest comes first
		if known.Paper == paper || known.Paper == "" {
			at = known.Address
		}
	}
	return at
}

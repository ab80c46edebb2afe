package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"scanbay/cmd/scanbay/printer"
	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
	"scanbay/tui/paper"
)

type labelsCmd struct {
	What   string   `arg:"" enum:"${papers}" help:"${enum}."`
	Codes  []string `arg:"" optional:"" name:"code" help:"Else all bins, stages, items, operators."`
	Zone   string   `help:"Bins of one zone."`
	From   string   `placeholder:"CODE" help:"The first: --from T-001 --to T-050."`
	To     string   `placeholder:"CODE" help:"The last."`
	Out    string   `placeholder:"FILE" xor:"to" help:"Write FILE.pdf, .png, .zpl or .escpos."`
	Print  string   `name:"printer" placeholder:"ADDRESS" xor:"to" help:"${printers}."`
	As     string   `enum:",zpl,pdf,escpos" default:"" placeholder:"zpl" help:"pdf, escpos."`
	Copies int      `default:"1" help:"Of each, on a label printer."`
	DPI    int      `name:"dpi" enum:"0,203,300,600" default:"0" placeholder:"300" help:"ZPL: 203."`
	Paper  string   `enum:",4x6,a5,a4" default:"" placeholder:"a5" help:"Of papers: 4x6, a5, a4."`
	Text   bool     `help:"Commands: print the table, beside the pictures too."`

	DB        string `placeholder:"FILE|URL" help:"Database (scanbay.db); some need none."`
	Warehouse string `help:"Of several that the database is of."`
}

// Help tells what labels are for.
func (labelsCmd) Help() string {
	return "Labels:\n" +
		"  bins, totes, stages, items, operators, cartons, returns\n" +
		"Papers that go with the goods, which are to be named:\n" +
		"  slips, picklists, packinglists, loading\n" +
		"Sheets:\n" +
		"  commands  whatever a key does, a barcode does too: hang the card where people scan.\n" +
		"            No barcode answers a question, or ends the day.\n" +
		"  test      what a scanner is tried with"
}

// A labelKind is a kind of document as the command line calls it.
type labelKind struct {
	kind store.Paper
	all  bool // of everything there is, where nothing is named
	free bool // of any code, also a range of them, or of none: no database needs to know it
}

func labelKinds() map[string]labelKind {
	return map[string]labelKind{
		"bins":         {store.BinPaper, true, false},
		"totes":        {store.TotePaper, false, true},
		"stages":       {store.StagePaper, true, false},
		"items":        {store.ItemPaper, true, false},
		"operators":    {store.BadgePaper, true, false},
		"commands":     {store.CommandPaper, true, true},
		"cartons":      {store.CartonPaper, false, false},
		"returns":      {store.ReturnPaper, false, false},
		"slips":        {store.SlipPaper, false, false},
		"picklists":    {store.PickPaper, false, false},
		"packinglists": {store.PackingPaper, false, false},
		"loading":      {store.LoadingPaper, false, false},
		"test":         {store.TestPaper, true, true},
	}
}

// paperNames are what can stand behind labels.
func paperNames() kong.Vars {
	names := []string{"bins", "totes", "stages", "items", "operators", "cartons", "returns",
		"slips", "picklists", "packinglists", "loading", "commands", "test"}
	return kong.Vars{"papers": strings.Join(names, ","), "printers": printer.Forms}
}

// Run prints what is asked for.
func (l labelsCmd) Run(ctx context.Context, c *console) error {
	what := labelKinds()[l.What]
	if l.Copies < 1 || l.Copies > copiesMax {
		return complaint(c.words().NoCopies(copiesMax))
	}
	if l.Copies > 1 && strings.EqualFold(filepath.Ext(l.Out), ".png") {
		return complaint(c.words().OnePicture())
	}
	docs, err := l.read(ctx, c, what)
	if err != nil {
		return err
	}
	switch {
	case l.Print != "":
		return l.send(ctx, c, what.kind, docs)
	case l.Out != "":
		return l.write(c, docs)
	}
	return nil // the table was all that was wanted
}

// read is what is to be printed. The database is let go before a printer takes its time.
func (l labelsCmd) read(ctx context.Context, c *console, what labelKind) ([]paper.Doc, error) {
	if what.free && l.DB == "" {
		return l.docs(c, what, papers{text: c.Text, prefix: scanner.DefaultPrefix})
	}
	at := placeAt{cmp.Or(l.DB, "scanbay.db"), l.Warehouse}
	var docs []paper.Doc
	err := at.look(ctx, c, func(s *store.Store) (err error) {
		docs, err = store.Get(ctx, s, func(r *store.Reader) ([]paper.Doc, error) {
			p, err := papersFrom(r, c.Text)
			if err != nil {
				return nil, err
			}
			return l.docs(c, what, p)
		})
		return err
	})
	return docs, err
}

// docs are the documents that are asked for; none where a table on the terminal is all.
func (l labelsCmd) docs(c *console, what labelKind, p papers) (docs []paper.Doc, err error) {
	nowhere := l.Out == "" && l.Print == ""
	table := what.kind == store.CommandPaper && (l.Text || nowhere)
	if table {
		for _, line := range cardTable(c, p.prefix) {
			if _, err := fmt.Fprintln(c.Out, line); err != nil {
				return nil, err
			}
		}
	}
	if nowhere {
		if table {
			return nil, nil
		}
		return nil, complaint(c.words().NoPaper())
	}
	refs, err := l.refs(what, p)
	if err != nil {
		return nil, err
	}
	for _, ref := range refs {
		of, err := p.docs(what.kind, ref)
		if upper := strings.ToUpper(ref); err != nil && upper != ref {
			of, err = p.docs(what.kind, upper) // typed without shift
		}
		if err != nil {
			return nil, err
		}
		for _, d := range of {
			// One that cannot be printed does not hold up the others.
			if bad := new(paper.BadCode); errors.As(d.Printable(), &bad) {
				fmt.Fprintln(c.Err, c.words().NotPrinted(bad.Content))
				continue
			}
			docs = append(docs, d)
		}
	}
	if len(docs) == 0 {
		return nil, complaint(c.words().NoneToPrint())
	}
	l.fit(docs)
	return docs, nil
}

// fit puts papers onto the sheets that are asked for, or that the printer takes.
func (l labelsCmd) fit(docs []paper.Doc) {
	sheets := paper.Sheets()
	widest := sheets["4x6"]
	for i := range docs {
		size, known := sheets[l.Paper]
		if l.Paper == "" && l.labelPrinter() {
			size, known = widest, docs[i].W > widest.W // no head is wider
		}
		if known && (!docs[i].One || docs[i].W > widest.W) {
			docs[i].Media = size
		}
	}
}

// labelPrinter says whether a printer of labels is to print it.
func (l labelsCmd) labelPrinter() bool {
	return l.As == "zpl" || filepath.Ext(l.Out) == ".zpl" ||
		l.As == "" && l.Print != "" && !strings.HasPrefix(l.Print, "lp:")
}

// copiesMax is how many of each anybody wants.
const copiesMax = 999

// send hands documents to a printer, as one job.
func (l labelsCmd) send(ctx context.Context, c *console, kind store.Paper,
	docs []paper.Doc) error {
	to, err := printer.At(l.Print)
	if err != nil {
		return complaint(c.words().NoPrinter(l.Print, printer.Forms))
	}
	as := l.tongue(to)
	files, err := l.files(c, "."+as, docs)
	if err != nil {
		return err
	}
	for _, job := range files {
		if err := to.Send(ctx, string(kind)+"."+as, job); err != nil {
			return complaint(c.words().NotSent(to.String(), err))
		}
	}
	_, err = fmt.Fprintln(c.Out, c.words().SentTo(to.String()))
	return err
}

// tongue is the language that a printer is spoken to in.
func (l labelsCmd) tongue(to printer.Printer) string {
	if l.As == "" && to.Spools() {
		return "pdf"
	}
	return cmp.Or(l.As, "zpl")
}

// refs are the things that documents are asked for.
func (l labelsCmd) refs(what labelKind, p papers) (out []string, err error) {
	switch {
	case len(l.Codes) > 0:
		return l.Codes, nil
	case what.kind == store.TotePaper:
		return numbered(l.From, l.To), nil
	case what.free:
		return []string{""}, nil
	case !what.all:
		return nil, nil
	}
	switch what.kind {
	case store.ItemPaper:
		skus, err := p.SKUs(l.From, l.To)
		for _, sku := range skus {
			out = append(out, string(sku))
		}
		return out, err
	case store.BadgePaper:
		people, err := p.Operators()
		for _, o := range people {
			out = append(out, string(o.ID))
		}
		return out, err
	}
	kinds := []string{"bin"}
	if what.kind == store.StagePaper {
		kinds = []string{"stage", "dock"}
	}
	for _, kind := range kinds {
		places, err := p.PlacesOf(kind, l.Zone, l.From, l.To)
		if err != nil {
			return nil, err
		}
		for _, b := range places {
			code := b.Place.Code()
			if kind == "dock" && slices.Contains(out, code) {
				continue // of a staging area too: both are printed with it
			}
			out = append(out, code)
		}
	}
	return out, nil
}

// numbered are the codes from one to another, counting what both end with.
func numbered(from, to string) (out []string) {
	const most = 10_000
	head := strings.TrimRight(from, "0123456789")
	rest, same := strings.CutPrefix(to, head)
	first, err1 := strconv.Atoi(from[len(head):])
	last, err2 := strconv.Atoi(rest)
	if !same || err1 != nil || err2 != nil || last-first >= most {
		return nil
	}
	for n := first; n <= last; n++ {
		out = append(out, fmt.Sprintf("%s%0*d", head, len(from)-len(head), n))
	}
	return out
}

// write puts documents into a file, or, where it is of pictures, into one for each page.
func (l labelsCmd) write(c *console, docs []paper.Doc) error {
	ext := filepath.Ext(l.Out)
	files, err := l.files(c, strings.ToLower(ext), docs)
	if err != nil {
		return err
	}
	for i, data := range files {
		path := l.Out
		if i > 0 {
			path = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ext), i+1, ext)
		}
		f, err := newFile(path)
		if err != nil {
			return err
		}
		_, err = f.Write(data)
		if err = errors.Join(err, f.Close()); err != nil {
			return err
		}
		if _, err = fmt.Fprintln(c.Out, c.words().Printed(path)); err != nil {
			return err
		}
	}
	return nil
}

// files are documents as files of a kind.
func (l labelsCmd) files(c *console, ext string, docs []paper.Doc) ([][]byte, error) {
	out, err := l.drawn(paper.NewPress(), ext, docs)
	switch {
	case errors.Is(err, paper.ErrNoRoom):
		err = complaint(c.words().NoRoom())
	case errors.Is(err, errNoTongue):
		err = complaint(c.words().NoPaper())
	}
	return out, err
}

// errNoTongue says that no printer speaks a language.
var errNoTongue = errors.New("no language of printers")

// pressedAtOnce is how many documents lie as pictures in memory, which is far more than what a
// printer of labels is sent.
const pressedAtOnce = 50

// drawn are documents in a language of printers.
func (l labelsCmd) drawn(press *paper.Press, ext string, docs []paper.Doc) ([][]byte, error) {
	dpi := cmp.Or(l.DPI, map[string]int{".zpl": 203}[ext], 300)
	switch ext {
	case ".escpos":
		all, err := press.ESCPOS(docs, paper.ReceiptColumns, l.Copies)
		return [][]byte{all}, err
	case ".zpl":
		var all []byte
		for run := range slices.Chunk(docs, pressedAtOnce) {
			pages, err := press.All(run, dpi)
			if err != nil {
				return nil, err
			}
			said, err := paper.ZPL(pages, l.Copies)
			if err != nil {
				return nil, err
			}
			all = append(all, said...)
		}
		return [][]byte{all}, nil
	}
	pages, err := press.All(docs, dpi)
	if err != nil {
		return nil, err
	}
	var out [][]byte
	switch ext {
	case ".png":
		for _, p := range pages {
			one, err := paper.PNG(p)
			if err != nil {
				return nil, err
			}
			out = append(out, one)
		}
		return out, nil
	case ".pdf":
		all, err := paper.PDF(slices.Concat(slices.Repeat([][]*paper.Page{pages}, l.Copies)...))
		return [][]byte{all}, err
	}
	return nil, errNoTongue
}

// A cardGroup is commands that are used together.
type cardGroup struct {
	name     string
	desk     bool // and not on the floor
	commands []i18n.Command
}

// cardGroups are all commands but a yes and a no, which no barcode can say. What no group
// names is for the desk.
func cardGroups() []cardGroup {
	out := []cardGroup{
		{"all", false, []i18n.Command{i18n.Confirm, i18n.Back, i18n.Up, i18n.Down, i18n.Undo,
			i18n.Done, i18n.Refresh, i18n.Look, i18n.Help, i18n.More, i18n.Scans, i18n.Language,
			i18n.Override, i18n.SignOut}},
		{"number", false, []i18n.Command{i18n.Quantity}},
		{"pick", false, []i18n.Command{i18n.NextJob, i18n.Several, i18n.Cart, i18n.Fill,
			i18n.OneTote, i18n.Short, i18n.Skip, i18n.Surplus, i18n.PutBack, i18n.Free}},
		{"pack", false, []i18n.Command{i18n.Seal, i18n.Carton, i18n.Repack, i18n.All, i18n.Weigh,
			i18n.Load, i18n.Without}},
		{"count", false, []i18n.Command{i18n.Unknown, i18n.Clear, i18n.Plan, i18n.Drop}},
		{"returns", true, []i18n.Command{i18n.Arrive, i18n.Outside, i18n.Carrier, i18n.PutAside,
			i18n.HandBack, i18n.Inspect, i18n.Overrule, i18n.Note, i18n.Scrap, i18n.SendOff,
			i18n.SendBack, i18n.Parcel, i18n.Reship, i18n.Signed, i18n.Keeps, i18n.Settle,
			i18n.Give}},
		{"orders", true, []i18n.Command{i18n.Approve, i18n.Reject, i18n.Ask, i18n.Answer,
			i18n.TakeBack, i18n.Withdraw, i18n.Release, i18n.Split, i18n.Merge, i18n.Pay,
			i18n.Cancel, i18n.Change, i18n.Save}},
		{"desk", true, nil},
	}
	named := []i18n.Command{i18n.Yes, i18n.No}
	for _, g := range out {
		named = append(named, g.commands...)
	}
	for _, c := range i18n.Commands {
		at := &out[len(out)-1]
		if c.Digit() != "" {
			at = &out[1]
		}
		if !slices.Contains(named, c) {
			at.commands = append(at.commands, c)
		}
	}
	return out
}

// groupsOf are those of the desk, or of the floor.
func groupsOf(desk bool) []cardGroup {
	return slices.DeleteFunc(cardGroups(), func(g cardGroup) bool { return g.desk != desk })
}

// commandLabel is a command as its barcode reads.
func commandLabel(prefix string, command i18n.Command) string {
	return scanner.Encode(prefix, scanner.CommandLabel, command.Label())
}

// cardWords is a command in the person's language, and in the others.
func cardWords(c *console, command i18n.Command) (out []string) {
	out = []string{c.Text.Commands()[command]}
	for _, t := range languages() {
		if text := t.Commands()[command]; !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

// cardTable is the card as text.
func cardTable(c *console, prefix string) (out []string) {
	const words, label = 20, 16 // cells
	names := c.words().CardGroups()
	for i, g := range cardGroups() {
		if i > 0 {
			out = append(out, "")
		}
		out = append(out, names[g.name])
		for _, command := range g.commands {
			row := "  " + component.Fit(commandLabel(prefix, command), label)
			for _, text := range cardWords(c, command) {
				row += component.Fit(text, words)
			}
			out = append(out, strings.TrimRight(row, " "))
		}
	}
	return out
}

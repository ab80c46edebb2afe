package store

// The print queue is this station's own: what is to be printed here, and what came of it. It holds
// of what a document is, not what it says, so that what waits is printed as things stand then.

// A Printer is where this station prints a kind of document.
type Printer struct {
	Paper   Paper  // empty for all that have none of their own
	Address string // such as tcp:10.0.0.9
	Tongue  string // that it is spoken to in: zpl, escpos or pdf; empty for what is usual
	DPI     int64  // dots an inch; 0 for what is usual
	Sheet   string // that papers are printed on: 4x6, a5, a4; empty for what is usual
}

func (p *Printer) fields() []any {
	return []any{&p.Paper, &p.Address, &p.Tongue, &p.DPI, &p.Sheet}
}

// Printers reads those of this station, by what they print; the one of all the rest is the first.
func (r *Reader) Printers() ([]Printer, error) {
	return all(r, (*Printer).fields, `
		SELECT paper, address, tongue, dpi, sheet FROM printer WHERE wh = ? ORDER BY paper`)
}

// PrinterOf reads where a kind of document is printed; ok is false where it is nowhere.
func (r *Reader) PrinterOf(paper Paper) (p Printer, ok bool, err error) {
	ok, err = r.one(p.fields(), `
		SELECT paper, address, tongue, dpi, sheet FROM printer
		WHERE wh = ? AND paper IN (?, '') ORDER BY paper DESC LIMIT 1`, paper)
	return p, ok, err
}

// SetPrinter keeps a printer in place of the one that its documents had; without an address they
// have none any more.
func (tx *Tx) SetPrinter(p Printer) error {
	if p.Address == "" {
		_, err := tx.exec(`DELETE FROM printer WHERE wh = ? AND paper = ?`,
			tx.s.id.Warehouse, p.Paper)
		return err
	}
	_, err := tx.exec(`
		INSERT INTO printer (wh, paper, address, tongue, dpi, sheet) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (wh, paper) DO UPDATE SET address = excluded.address,
			tongue = excluded.tongue, dpi = excluded.dpi, sheet = excluded.sheet`,
		append([]any{tx.s.id.Warehouse}, p.fields()...)...)
	return err
}

// A PrintState is how far a job has come.
type PrintState string

// The states of jobs. What was sent is not yet printed: a printer without paper takes it as well.
const (
	PrintWaits   PrintState = "waiting"
	PrintSent    PrintState = "sent"
	PrintSeen    PrintState = "seen"   // somebody scanned it: it is printed
	PrintFailed  PrintState = "failed" // no printer can print it
	PrintDropped PrintState = "dropped"
)

// PrintStates lists them, for tests that must not miss one.
var PrintStates = []PrintState{PrintWaits, PrintSent, PrintSeen, PrintFailed, PrintDropped}

// A PrintTrouble is why a job is not printed.
type PrintTrouble string

// The troubles.
const (
	PrinterUnset  PrintTrouble = "unset"   // the station has none for it
	PrinterSilent PrintTrouble = "silent"  // it is off, or not connected
	PrinterGone   PrintTrouble = "gone"    // there is no such device, folder or queue
	PrinterDenied PrintTrouble = "denied"  // the system does not let us
	PaperUnknown  PrintTrouble = "unknown" // nobody knows what it is about any more
	PaperCode     PrintTrouble = "code"    // no barcode can hold its code
	PaperRoom     PrintTrouble = "room"    // it does not fit its sheet
	PaperBroken   PrintTrouble = "broken"  // it cannot be set: the log says why
)

// PrintTroubles lists them, for tests that must not miss one.
var PrintTroubles = []PrintTrouble{PrinterUnset, PrinterSilent, PrinterGone, PrinterDenied,
	PaperUnknown, PaperCode, PaperRoom, PaperBroken}

// OfPaper says whether a trouble is the document's: no printer can do better.
func (t PrintTrouble) OfPaper() bool {
	return t == PaperUnknown || t == PaperCode || t == PaperRoom || t == PaperBroken
}

// A PrintJob is documents of a kind about a thing, that are to be printed here.
type PrintJob struct {
	N        int64 // the first is 1
	Paper    Paper
	Ref      string // what it is about, as Paper has it
	Copies   int64
	Operator OperatorID
	At       int64 // milliseconds UTC: asked for, or asked for again while it waited
	State    PrintState
	Tries    int64 // that came to nothing
	Trouble  PrintTrouble
	Printer  string // that it was sent to
}

func (j *PrintJob) fields() []any {
	return []any{&j.N, &j.Paper, &j.Ref, &j.Copies, &j.Operator, &j.At, &j.State, &j.Tries,
		&j.Trouble, &j.Printer}
}

// Open says whether a job is still to be printed, or to be given up.
func (j PrintJob) Open() bool { return j.State == PrintWaits || j.State == PrintFailed }

const printJobColumns = `n, paper, ref, copies, operator, at, state, tries, trouble, printer`

// PrintJobs reads up to limit jobs, the latest first: those that are to be printed before others.
func (r *Reader) PrintJobs(limit int) ([]PrintJob, error) {
	return all(r, (*PrintJob).fields, `SELECT `+printJobColumns+` FROM print_job WHERE wh = ?
		ORDER BY CASE WHEN state IN ('waiting', 'failed') THEN 0 ELSE 1 END, n DESC
		LIMIT ?`, limit)
}

// PrintJobsIn reads the jobs of a state, the first of them first.
func (r *Reader) PrintJobsIn(state PrintState, limit int) ([]PrintJob, error) {
	return all(r, (*PrintJob).fields, `SELECT `+printJobColumns+` FROM print_job
		WHERE wh = ? AND state = ? ORDER BY n LIMIT ?`, state, limit)
}

// PrintHeads reads the first job that waits of each kind of document, the oldest first: others of
// its kind wait behind it.
func (r *Reader) PrintHeads() ([]PrintJob, error) {
	return all(r, (*PrintJob).fields, `SELECT `+printJobColumns+` FROM print_job
		WHERE wh = ? AND n IN (SELECT min(n) FROM print_job WHERE wh = ? AND state = ?
			GROUP BY paper) ORDER BY n`, r.s.id.Warehouse, PrintWaits)
}

// PrintJobOf reads the last job of a document; ok is false where there was none.
func (r *Reader) PrintJobOf(paper Paper, ref string) (j PrintJob, ok bool, err error) {
	ok, err = r.one(j.fields(), `SELECT `+printJobColumns+` FROM print_job
		WHERE wh = ? AND paper = ? AND ref = ? ORDER BY n DESC LIMIT 1`, paper, ref)
	return j, ok, err
}

// PrintedBefore says whether this station remembers to have sent a document to a printer.
func (r *Reader) PrintedBefore(paper Paper, ref string) (bool, error) {
	n, err := r.count(`SELECT count(*) FROM print_job
		WHERE wh = ? AND paper = ? AND ref = ? AND state IN ('sent', 'seen')`, paper, ref)
	return n > 0, err
}

// printJobsKept is how many jobs are remembered that nobody waits for.
const printJobsKept = 200

// Print has something printed. The job that waits for the same is enough, but for one that is on
// its way: what it tells is older. What failed before is done with.
func (tx *Tx) Print(j PrintJob) error {
	wh, at := tx.s.id.Warehouse, tx.s.Now().UnixMilli()
	if _, err := tx.exec(`UPDATE print_job SET state = ?
		WHERE wh = ? AND paper = ? AND ref = ? AND state = ?`,
		PrintDropped, wh, j.Paper, j.Ref, PrintFailed); err != nil {
		return err
	}
	waits, err := tx.exec(`UPDATE print_job SET at = ? WHERE wh = ? AND paper = ? AND ref = ?
		AND state = ? AND copies >= ?`, at, wh, j.Paper, j.Ref, PrintWaits, j.Copies)
	if err != nil || waits > 0 {
		return err
	}
	var last int64
	if _, err := tx.one([]any{&last}, `
		SELECT coalesce(max(n), 0) FROM print_job WHERE wh = ?`); err != nil {
		return err
	}
	j = PrintJob{N: last + 1, Paper: j.Paper, Ref: j.Ref, Copies: j.Copies, State: PrintWaits,
		Operator: tx.by.Operator, At: at}
	if _, err := tx.exec(`
		INSERT INTO print_job (wh, `+printJobColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		append([]any{wh}, j.fields()...)...); err != nil {
		return err
	}
	_, err = tx.exec(`DELETE FROM print_job WHERE wh = ? AND n <= ?
		AND state IN ('sent', 'seen', 'dropped')`, wh, j.N-printJobsKept)
	return err
}

// PrintsHere says whether this station has a printer for such documents alone: then they are
// printed as they come to be, and not only when somebody asks for them.
func (r *Reader) PrintsHere(paper Paper) (bool, error) {
	p, ok, err := r.PrinterOf(paper)
	return ok && p.Paper == paper, err
}

// PrintHere has something printed as part of the work in hand, where the station prints such
// documents, and says whether. A label that is not printed undoes no work.
func (tx *Tx) PrintHere(paper Paper, ref string) (bool, error) {
	ok, err := tx.PrintsHere(paper)
	if err != nil || !ok {
		return false, err
	}
	return true, tx.Print(PrintJob{Paper: paper, Ref: ref, Copies: 1})
}

// PrintCame keeps what became of a job, as it was read. Where somebody dropped it meanwhile, or
// asked for it again, it does nothing.
func (tx *Tx) PrintCame(j PrintJob) error {
	_, err := tx.exec(`
		UPDATE print_job SET state = ?, tries = ?, trouble = ?, printer = ?
		WHERE wh = ? AND n = ? AND at = ? AND state = ?`, j.State, j.Tries, j.Trouble, j.Printer,
		tx.s.id.Warehouse, j.N, j.At, PrintWaits)
	return err
}

// PrintNow has a job that is still to be printed tried at once, and with it all that wait. It
// refuses with Stale where it is not.
func (tx *Tx) PrintNow(n int64) error {
	if err := tx.printOpen(n, PrintWaits); err != nil {
		return err
	}
	_, err := tx.exec(`UPDATE print_job SET tries = 0 WHERE wh = ? AND state = ?`,
		tx.s.id.Warehouse, PrintWaits)
	return err
}

// PrintNot gives a job up that is still to be printed. It refuses with Stale where it is not.
func (tx *Tx) PrintNot(n int64) error { return tx.printOpen(n, PrintDropped) }

func (tx *Tx) printOpen(n int64, state PrintState) error {
	found, err := tx.exec(`UPDATE print_job SET state = ?, tries = 0
		WHERE wh = ? AND n = ? AND state IN ('waiting', 'failed')`,
		state, tx.s.id.Warehouse, n)
	if err == nil && found == 0 {
		err = &Refusal{Code: Stale}
	}
	return err
}

// Label is the kind of thing that a document is stuck on, so that a scan of it shows that it was
// printed; empty for papers, and for items, which bear their maker's code.
func (p Paper) Label() Kind {
	switch p {
	case CartonPaper:
		return CartonKind
	case TotePaper:
		return ToteKind
	case BinPaper:
		return BinKind
	case StagePaper:
		return StageKind
	case BadgePaper:
		return OperatorKind
	case ReturnPaper:
		return ReturnKind
	}
	return ""
}

// sawPrinted takes the scan of one of our labels for the proof that it was printed, whatever
// else the scan comes to. Where one was seen before, it may be that one.
func (tx *Tx) sawPrinted() error {
	by := tx.by
	if by.Scan == "" || by.Source == "keyed" || by.Station != "" || by.Mark.Flaw != "" {
		return nil
	}
	kind, code := by.Mark.Kind, by.Mark.Code
	if by.Mark.SSCC != "" {
		kind, code = CartonKind, by.Mark.SSCC
	}
	for _, paper := range Papers {
		if kind == "" || paper.Label() != kind {
			continue
		}
		n, err := tx.exec(`UPDATE print_job SET state = ?
			WHERE wh = ? AND paper = ? AND ref = ? AND state = ? AND NOT EXISTS (
				SELECT 1 FROM print_job o WHERE o.wh = print_job.wh AND o.paper = print_job.paper
				AND o.ref = print_job.ref AND o.state = ?)`,
			PrintSeen, tx.s.id.Warehouse, paper, code, PrintSent, PrintSeen)
		if tx.cameOut = n > 0; err != nil {
			return err
		}
	}
	return nil
}

// CameOut says whether the scan in hand is the first of a label that was sent to the printer.
func (tx *Tx) CameOut() bool { return tx.cameOut }

// PrintAsked says that somebody had something printed by hand, or printed again.
type PrintAsked struct {
	Paper  Paper  `json:"paper"`
	About  string `json:"ref"` // as Paper has it
	Copies int64  `json:"copies"`
	Again  Bit    `json:"again,omitempty"` // this station remembers that it was sent before
}

func (PrintAsked) Kind() string         { return "print_asked" }
func (e PrintAsked) Ref() string        { return e.About }
func (PrintAsked) apply(Stamp) []Change { return nil }

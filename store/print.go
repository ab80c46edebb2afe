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
)

// PrintTroubles lists them, for tests that must not miss one.
var PrintTroubles = []PrintTrouble{PrinterUnset, PrinterSilent, PrinterGone, PrinterDenied,
	PaperUnknown, PaperCode, PaperRoom}

// A PrintJob is documents of a kind about a thing, that are to be printed here.
type PrintJob struct {
	N        int64 // the first is 1
	Paper    Paper
	Ref      string // what it is about, as Paper has it
	Copies   int64
	Operator OperatorID
	At       int64 // milliseconds UTC
	State    PrintState
	Tries    int64 // that came to nothing
	Next     int64 // milliseconds UTC: not tried before
	Trouble  PrintTrouble
	Printer  string // that it was sent to
}

func (j *PrintJob) fields() []any {
	return []any{&j.N, &j.Paper, &j.Ref, &j.Copies, &j.Operator, &j.At, &j.State, &j.Tries,
		&j.Next, &j.Trouble, &j.Printer}
}

const printJobColumns = `n, paper, ref, copies, operator, at, state, tries, next, trouble, printer`

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

// PrintJobOf reads the last job of a document; ok is false where there was none.
func (r *Reader) PrintJobOf(paper Paper, ref string) (j PrintJob, ok bool, err error) {
	ok, err = r.one(j.fields(), `SELECT `+printJobColumns+` FROM print_job
		WHERE wh = ? AND paper = ? AND ref = ? ORDER BY n DESC LIMIT 1`, paper, ref)
	return j, ok, err
}

// printJobsKept is how many jobs are remembered that nobody waits for.
const printJobsKept = 200

// Print has something printed, and says which job that is. The one that waits for the same is
// enough.
func (tx *Tx) Print(j PrintJob) (PrintJob, error) {
	before, found, err := tx.PrintJobOf(j.Paper, j.Ref)
	if err != nil || found && before.State == PrintWaits && before.Copies >= j.Copies {
		return before, err
	}
	if _, err = tx.one([]any{&j.N}, `
		SELECT coalesce(max(n), 0) + 1 FROM print_job WHERE wh = ?`); err != nil {
		return j, err
	}
	j = PrintJob{N: j.N, Paper: j.Paper, Ref: j.Ref, Copies: j.Copies, State: PrintWaits,
		Operator: tx.by.Operator, At: tx.s.Now().UnixMilli()}
	if _, err = tx.exec(`
		INSERT INTO print_job (wh, `+printJobColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		append([]any{tx.s.id.Warehouse}, j.fields()...)...); err != nil {
		return j, err
	}
	_, err = tx.exec(`DELETE FROM print_job WHERE wh = ? AND n <= ?
		AND state IN ('sent', 'seen', 'dropped')`, tx.s.id.Warehouse, j.N-printJobsKept)
	return j, err
}

// PrintHere has something printed as part of the work in hand, where this station has a printer
// for such documents, and says whether. A label that is not printed undoes no work.
func (tx *Tx) PrintHere(paper Paper, ref string) (bool, error) {
	p, ok, err := tx.PrinterOf(paper)
	if err != nil || !ok || p.Paper != paper {
		return false, err
	}
	_, err = tx.Print(PrintJob{Paper: paper, Ref: ref, Copies: 1})
	return err == nil, err
}

// PrintCame keeps what became of a job, unless somebody dropped it meanwhile.
func (tx *Tx) PrintCame(j PrintJob) error {
	_, err := tx.exec(`
		UPDATE print_job SET state = ?, tries = ?, next = ?, trouble = ?, printer = ?
		WHERE wh = ? AND n = ? AND state IN ('waiting', 'failed')`,
		j.State, j.Tries, j.Next, j.Trouble, j.Printer, tx.s.id.Warehouse, j.N)
	return err
}

// papersOf are the documents that bear a label of a kind.
func papersOf(kind Kind) []Paper {
	switch kind {
	case CartonKind:
		return []Paper{CartonPaper}
	case ToteKind:
		return []Paper{TotePaper}
	case BinKind:
		return []Paper{BinPaper}
	case StageKind:
		return []Paper{StagePaper}
	case ItemKind:
		return []Paper{ItemPaper}
	case OperatorKind:
		return []Paper{BadgePaper}
	case ReturnKind:
		return []Paper{ReturnPaper}
	case SlipKind:
		return []Paper{SlipPaper, PickPaper, PackingPaper}
	}
	return nil
}

// sawPrinted takes the scan of one of our labels for the proof that it was printed, whatever
// else the scan comes to.
func (tx *Tx) sawPrinted() error {
	m := tx.by.Mark
	if tx.by.Scan == "" || tx.by.Station != "" || m.Flaw != "" {
		return nil
	}
	for _, paper := range papersOf(m.Kind) {
		if _, err := tx.exec(`
			UPDATE print_job SET state = ? WHERE wh = ? AND paper = ? AND ref = ? AND state = ?`,
			PrintSeen, tx.s.id.Warehouse, paper, m.Code, PrintSent); err != nil {
			return err
		}
	}
	return nil
}

// PrintAsked says that somebody had something printed by hand, or printed again.
type PrintAsked struct {
	Paper  Paper  `json:"paper"`
	About  string `json:"ref"` // as Paper has it
	Copies int64  `json:"copies"`
	Again  Bit    `json:"again,omitempty"` // it was printed at this station before
}

func (PrintAsked) Kind() string         { return "print_asked" }
func (e PrintAsked) Ref() string        { return e.About }
func (PrintAsked) apply(Stamp) []Change { return nil }

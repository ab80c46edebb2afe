package store

// BinReached says that the picker of a slip stands at a bin.
type BinReached struct {
	Slip  SlipID `json:"slip"`
	Task  TaskID `json:"task"`
	Place Place  `json:"place"`
	At    int64  `json:"at"`
}

func (BinReached) Kind() string  { return "bin_reached" }
func (e BinReached) Ref() string { return string(e.Slip) }
func (e BinReached) apply(at Stamp) []Change {
	return []Change{works.raise(at, e.Slip, e.Task, e.Place, e.At)}
}

// ItemPicked says that N of a batch went from a bin into a tote for a task. Book
// is the batch that the bin loses, where the book knows no serials.
type ItemPicked struct {
	Slip SlipID `json:"slip"`
	Task TaskID `json:"task"`
	Line int64  `json:"line"`
	Plan Lot    `json:"plan,omitempty"` // the task's lot
	Batch
	Book  Serial   `json:"book,omitempty"`
	From  Place    `json:"from"`
	To    Place    `json:"to"`
	N     Qty      `json:"n"`
	Code  string   `json:"code,omitempty"`  // the barcode that was scanned
	Cases Qty      `json:"cases,omitempty"` // how many of it, where it counts more than one
	For   []Source `json:"for"`             // the lines of orders that had it reserved
	At    int64    `json:"at"`

	Reason  string `json:"reason,omitempty"`  // why another lot, or what has expired
	Expired Date   `json:"expired,omitempty"` // its last day, which a supervisor let pass
}

func (ItemPicked) Kind() string  { return "item_picked" }
func (e ItemPicked) Ref() string { return string(e.Slip) }
func (e ItemPicked) apply(at Stamp) []Change {
	out := []Change{
		stock.put(e.From, e.Item, e.Lot, e.Book, -e.N),
		stock.put(e.To, e.Item, e.Lot, e.Serial, e.N),
		allocations.put(e.Item, e.From, e.Plan, e.Task, Qty(0), e.N, Qty(0)),
		lineSums.put(e.Slip, e.Line, Qty(0), e.N, Qty(0), Qty(0), Qty(0)),
		works.raise(at, e.Slip, e.Task, e.From, e.At),
	}
	for _, s := range e.For {
		out = append(out, sums{used: s.N}.add(e.Item, s.Order, s.Line))
	}
	return out
}

// ItemShorted says that N of what a task asks for is not to be had from its bin,
// and why. Missing of the batch are being looked for. Next stands for what is
// taken elsewhere instead; Lost is what is then short, by the orders' lines. Also are the
// other tasks of whoever picks that asked for the same there: nobody else's.
type ItemShorted struct {
	Slip    SlipID      `json:"slip"`
	Task    TaskID      `json:"task"`
	Line    int64       `json:"line"`
	Plan    Lot         `json:"plan,omitempty"`
	Item    SKU         `json:"item"`
	From    Place       `json:"from"`
	N       Qty         `json:"n"`
	Missing []Loss      `json:"missing,omitempty"`
	Reason  string      `json:"reason"`
	Next    []PickTask  `json:"next,omitempty"`
	Lost    []Source    `json:"lost,omitempty"`
	Also    []ShortTask `json:"also,omitempty"`
	Disc    Discrepancy `json:"disc"`
	At      int64       `json:"at"`
}

// A ShortTask is a task of which N are not to be had from its bin.
type ShortTask struct {
	Slip SlipID     `json:"slip"`
	Task TaskID     `json:"task"`
	Line int64      `json:"line"`
	N    Qty        `json:"n"`
	Next []PickTask `json:"next,omitempty"`
	Lost []Source   `json:"lost,omitempty"`
}

// Tasks are all that it says something of, the one on the screen first.
func (e ItemShorted) Tasks() []ShortTask {
	return append([]ShortTask{{e.Slip, e.Task, e.Line, e.N, e.Next, e.Lost}}, e.Also...)
}

// A Loss is N of a batch that a place does not hold, against its book.
type Loss struct {
	Batch
	N Qty `json:"n"`
}

func (ItemShorted) Kind() string  { return "item_shorted" }
func (e ItemShorted) Ref() string { return string(e.Slip) }
func (e ItemShorted) apply(at Stamp) []Change {
	var out []Change
	for _, t := range e.Tasks() {
		var lost Qty
		out = append(out, allocations.put(e.Item, e.From, e.Plan, t.Task, Qty(0), Qty(0), t.N))
		for _, s := range t.Lost {
			lost += s.N
			out = append(out, sums{short: s.N}.add(e.Item, s.Order, s.Line))
		}
		out = append(out, lineSums.put(t.Slip, t.Line, Qty(0), Qty(0), lost, Qty(0), Qty(0)))
		for _, next := range t.Next {
			out = append(out, next.changes(t.Slip)...)
		}
	}
	for _, l := range e.Missing {
		out = append(out, move(l.Batch, e.From, AtMissing, l.N)...)
	}
	first := TaskID("")
	if len(e.Next) > 0 {
		first = e.Next[0].ID
	}
	out = append(out, works.raise(at, e.Slip, first, Place(""), e.At))
	return append(out, e.Disc.open(at)...)
}

// TaskSkipped says that a picker put a task off; N is how often anything of the
// slip was put off before it, and once more.
type TaskSkipped struct {
	Slip SlipID `json:"slip"`
	Task TaskID `json:"task"`
	N    int64  `json:"n"`
	From Place  `json:"from"` // where the picker stands
	At   int64  `json:"at"`
}

func (TaskSkipped) Kind() string  { return "task_skipped" }
func (e TaskSkipped) Ref() string { return string(e.Slip) }
func (e TaskSkipped) apply(at Stamp) []Change {
	return []Change{skips.raise(at, e.Task, e.N), works.raise(at, e.Slip, TaskID(""), e.From, e.At)}
}

// SurplusFound says that N of an item lie in a bin beside what the book has there.
type SurplusFound struct {
	Slip  SlipID      `json:"slip"` // that its finder was picking
	Place Place       `json:"place"`
	Item  SKU         `json:"item"`
	N     Qty         `json:"n"`
	Disc  Discrepancy `json:"disc"`
}

func (SurplusFound) Kind() string              { return "surplus_found" }
func (e SurplusFound) Ref() string             { return string(e.Slip) }
func (e SurplusFound) apply(at Stamp) []Change { return e.Disc.open(at) }

// BinChecked says what a picker saw in a bin that should be empty, or nearly:
// the zero check. Disc is set where the bin and the book disagree.
type BinChecked struct {
	Slip  SlipID       `json:"slip,omitempty"`
	Place Place        `json:"place"`
	Item  SKU          `json:"item"`
	Book  Qty          `json:"book"`
	Empty bool         `json:"empty"`
	Disc  *Discrepancy `json:"disc,omitempty"`
}

func (BinChecked) Kind() string  { return "bin_checked" }
func (e BinChecked) Ref() string { return string(e.Slip) }
func (e BinChecked) apply(at Stamp) []Change {
	if e.Disc == nil {
		return nil
	}
	return e.Disc.open(at)
}

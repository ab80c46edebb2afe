package store

import (
	"strconv"
)

// What is counted is called by these; of a look at a bin it is the id of its event.
type (
	CountPlanID string // the authority's number of bins to be counted
	CountTaskID string // <plan>.<n>
	CountID     string // of one person's look at a bin
)

// A CountPlan is bins that are to be counted, and why.
type CountPlan struct {
	ID    CountPlanID `json:"id"`
	Why   CountWhy    `json:"why"`
	Note  string      `json:"note,omitempty"` // the zone, the class or the like that was asked for
	By    OperatorID  `json:"by,omitempty"`
	At    int64       `json:"at"`
	Tasks []CountTask `json:"tasks"`
}

// A CountWhy is what makes somebody count.
type CountWhy string

// The reasons to count.
const (
	CountABC       CountWhy = "abc"       // a class whose turn it is
	CountValue     CountWhy = "value"     // where most money lies
	CountTurn      CountWhy = "turn"      // its turn has come, by its class's days
	CountDue       CountWhy = "due"       // not counted for so many days
	CountZone      CountWhy = "zone"      //
	CountItem      CountWhy = "item"      // all bins of an item
	CountBin       CountWhy = "bin"       // one bin that somebody stands at
	CountRandom    CountWhy = "random"    // a share of all
	CountZero      CountWhy = "zero"      // bins that the book has empty
	CountTouched   CountWhy = "touched"   // moved since they were last counted
	CountException CountWhy = "exception" // a stock-out, a zero check, too much, below zero
	CountAgain     CountWhy = "recount"   // by another person
)

// CountWhys lists them, for tests that must not miss one.
var CountWhys = []CountWhy{CountABC, CountValue, CountTurn, CountDue, CountZone, CountItem,
	CountBin, CountRandom, CountZero, CountTouched, CountException, CountAgain}

// A CountTask is one bin to be counted: all of it, or one item.
type CountTask struct {
	ID    CountTaskID `json:"id"`
	Place Place       `json:"place"`
	Item  SKU         `json:"item,omitempty"`  // empty: all that lies there
	Round int64       `json:"round,omitempty"` // of a recount: 2 and more
	First CountID     `json:"first,omitempty"` // of a recount: the first count
	Disc  DiscID      `json:"disc,omitempty"`  // the exception that asks for it
}

// Again says whether it is a recount: the person is to be another one.
func (t CountTask) Again() bool { return t.First != "" }

func (t *CountTask) fields() []any {
	return []any{&t.ID, &t.Place, &t.Item, &t.Round, &t.First, &t.Disc}
}

// put writes the task, and says that somebody is to do it.
func (t CountTask) put(at Stamp, plan CountPlanID, since int64) []Change {
	return []Change{countTasks.put(append(t.fields(), plan)...), todoCount.begun(at, t.ID, since)}
}

// CountPlanned says that the authority wants bins counted.
type CountPlanned struct{ CountPlan }

func (CountPlanned) Kind() string  { return "count_planned" }
func (e CountPlanned) Ref() string { return string(e.ID) }
func (e CountPlanned) apply(at Stamp) []Change {
	out := []Change{countPlans.put(e.ID, e.Why, e.Note, e.By, e.At)}
	for _, t := range e.Tasks {
		out = append(out, t.put(at, e.ID, e.At)...)
	}
	return out
}

// CountDropped says that a bin is not to be counted after all, and why.
type CountDropped struct {
	Task CountTaskID `json:"task"`
	Note string      `json:"note"`
	By   OperatorID  `json:"by,omitempty"`
	At   int64       `json:"at"`
}

func (CountDropped) Kind() string  { return "count_dropped" }
func (e CountDropped) Ref() string { return string(e.Task) }
func (e CountDropped) apply(at Stamp) []Change {
	return []Change{todoCount.done(at, e.Task, e.At)}
}

// A Count is one person's look at a bin.
type Count struct {
	ID       CountID     `json:"id"`
	Task     CountTaskID `json:"task,omitempty"` // empty: nobody asked for it
	Place    Place       `json:"place"`
	Item     SKU         `json:"item,omitempty"`  // the only one that is counted
	First    CountID     `json:"first,omitempty"` // of a recount: the first count
	Operator OperatorID  `json:"operator"`
	Station  StationID   `json:"station"`
	At       int64       `json:"at"`
}

func (c *Count) fields() []any {
	return []any{&c.ID, &c.Task, &c.Place, &c.Item, &c.First, &c.Operator, &c.Station, &c.At}
}

// A Booked is what the book has of a batch.
type Booked struct {
	Batch
	N Qty `json:"n"`
}

func (b *Booked) fields() []any { return []any{&b.Item, &b.Lot, &b.Serial, &b.N} }

// CountBegun says that somebody began to count a bin, and what the book then had there.
type CountBegun struct {
	Count
	Instead CountID  `json:"instead,omitempty"` // the count of another that it takes over
	Book    []Booked `json:"book,omitempty"`
	Cut     Bit      `json:"cut,omitempty"` // the book is longer
}

func (CountBegun) Kind() string  { return "count_begun" }
func (e CountBegun) Ref() string { return string(e.Place) }
func (e CountBegun) apply(at Stamp) []Change {
	out := []Change{stockCounts.put(append(e.Count.fields(), e.Cut)...),
		countsOpen.raise(at, e.ID, e.Place, e.Operator, e.Station, Bit(true), e.At)}
	if e.Instead != "" {
		out = append(out, closed(at, e.Instead, e.Place, e.At))
	}
	for _, b := range e.Book {
		out = append(out, countBooks.put(append([]any{e.ID}, b.fields()...)...))
	}
	return out
}

// A CountScan is one scan of a count: N of a batch, or of a code that nobody knows.
type CountScan struct {
	ID    EventID `json:"id"`
	Count CountID `json:"count"`
	Batch         // no item: an unknown code
	N     Qty     `json:"n"`
	Book  Qty     `json:"book"` // of the batch, at that moment
	Code  string  `json:"code"`
	Cases Qty     `json:"cases,omitempty"` // how many of the code, where it counts more than one
	At    int64   `json:"at"`
	Taken Bit     `json:"-"` // it was taken back

	// What the label says of a lot that nobody knew.
	Made    Date `json:"made,omitempty"`
	Expires Date `json:"expires,omitempty"`
}

func (s *CountScan) fields() []any {
	return []any{&s.ID, &s.Count, &s.Item, &s.Lot, &s.Serial, &s.N, &s.Book, &s.Code, &s.Cases,
		&s.At}
}

// ItemCounted says that somebody saw N of a batch in the bin that they count.
type ItemCounted struct{ CountScan }

func (ItemCounted) Kind() string  { return "item_counted" }
func (e ItemCounted) Ref() string { return string(e.Count) }
func (e ItemCounted) apply(at Stamp) []Change {
	out := []Change{countScans.put(e.CountScan.fields()...)}
	if e.Lot != "" && e.Expires != 0 {
		out = append(out, LotSeen{e.Item, e.Lot, e.Made, e.Expires}.raise(at))
	}
	return out
}

// CountCleared says that somebody begins anew with an item: all its scans are taken back,
// each once.
type CountCleared struct {
	Count CountID   `json:"count"`
	Item  SKU       `json:"item,omitempty"`
	Scans []EventID `json:"scans"`
}

func (CountCleared) Kind() string  { return "count_cleared" }
func (e CountCleared) Ref() string { return string(e.Count) }
func (e CountCleared) apply(Stamp) (out []Change) {
	for _, id := range e.Scans {
		out = append(out, reversals.once(nil, id))
	}
	return out
}

// A CountLine is what a count came to, of a batch: N, where the book had between Low and
// High while it was counted.
type CountLine struct {
	Batch
	N    Qty `json:"n"`
	Low  Qty `json:"low"`
	High Qty `json:"high"`
}

func (l *CountLine) fields() []any {
	return []any{&l.Item, &l.Lot, &l.Serial, &l.N, &l.Low, &l.High}
}

// Off is by how much the bin and its book differ; 0 where what moved meanwhile may explain
// it. Sure says that nothing moved.
func (l CountLine) Off() (n Qty, sure bool) {
	switch {
	case l.N < l.Low:
		n = l.N - l.Low
	case l.N > l.High:
		n = l.N - l.High
	}
	return n, l.Low == l.High
}

// A CountedCode is a code that nobody knows, and how many bear it.
type CountedCode struct {
	Code string `json:"code"`
	N    Qty    `json:"n"`
}

// CountDone says that a bin is counted: what was seen there is compared with the book, and
// what the book had and nobody saw. The authority rules on it.
type CountDone struct {
	Count   CountID       `json:"count"`
	Task    CountTaskID   `json:"task,omitempty"`
	Also    []CountTaskID `json:"also,omitempty"` // the others of the bin that it does
	Place   Place         `json:"place"`
	Item    SKU           `json:"item,omitempty"`  // the only one that was counted
	All     int64         `json:"all,omitempty"`   // batches that were compared
	Lines   []CountLine   `json:"lines,omitempty"` // of them, that differ or moved meanwhile
	Unknown []CountedCode `json:"unknown,omitempty"`
	Sure    bool          `json:"sure"` // all that the book had where it began is known
	At      int64         `json:"at"`
}

func (CountDone) Kind() string  { return "count_done" }
func (e CountDone) Ref() string { return string(e.Place) }
func (e CountDone) apply(at Stamp) []Change {
	out := []Change{closed(at, e.Count, e.Place, e.At),
		countsDone.put(e.Count, e.Place, e.Item, e.All, Bit(e.Sure), e.At),
		todoRule.begun(at, e.Count, e.At)}
	for _, t := range append([]CountTaskID{e.Task}, e.Also...) {
		if t != "" {
			out = append(out, todoCount.done(at, t, e.At), countTasksDone.put(t, e.Count))
		}
	}
	for _, l := range e.Lines {
		out = append(out, countLines.put(append([]any{e.Count}, l.fields()...)...))
	}
	for _, u := range e.Unknown {
		out = append(out, countCodes.put(e.Count, u.Code, u.N))
	}
	return out
}

// closed says that nobody is making a count any more.
func closed(at Stamp, id CountID, p Place, when int64) Change {
	return countsOpen.raise(at, id, p, OperatorID(""), StationID(""), Bit(false), when)
}

// CountLeft says that somebody left a bin before it was counted: it is to be counted from
// the beginning.
type CountLeft struct {
	Count CountID `json:"count"`
	Place Place   `json:"place"`
	At    int64   `json:"at"`
}

func (CountLeft) Kind() string  { return "count_left" }
func (e CountLeft) Ref() string { return string(e.Place) }
func (e CountLeft) apply(at Stamp) []Change {
	return []Change{closed(at, e.Count, e.Place, e.At)}
}

const countTaskColumns = `k.task, k.place, k.item, k.round, k.first, k.disc`

// CountTask reads what is to be counted, and why. It refuses with NotFound.
func (r *Reader) CountTask(id CountTaskID) (t CountTask, why CountWhy, err error) {
	found, err := r.one(append(t.fields(), &why), `
		SELECT `+countTaskColumns+`, p.why FROM count_task k
		JOIN count_plan p ON p.wh = k.wh AND p.plan = k.plan WHERE k.wh = ? AND k.task = ?`, id)
	if err == nil && !found {
		err = &Refusal{Code: NotFound, Got: string(id)}
	}
	return t, why, err
}

// A DueCount is a bin that somebody is to count.
type DueCount struct {
	CountTask
	Why    CountWhy
	Since  int64 // milliseconds UTC
	Zone   string
	Walk   int64
	Holder OperatorID // who counts it now; empty for nobody
}

func (d *DueCount) all() []any {
	return append(d.CountTask.fields(), &d.Why, &d.Since, &d.Zone, &d.Walk, &d.Holder)
}

const (
	countDueColumns = countTaskColumns + `, p.why, t.at, coalesce(b.zone, ''),
		coalesce(b.walk, 0), coalesce(o.operator, '')`
	countDueTables = `todo t
		JOIN count_task k ON k.wh = t.wh AND k.task = t.ref
		JOIN count_plan p ON p.wh = k.wh AND p.plan = k.plan
		LEFT JOIN place b ON b.wh = k.wh AND b.place = k.place
		LEFT JOIN (SELECT wh, place, min(operator) AS operator FROM count_open WHERE open = 1
			GROUP BY wh, place) o ON o.wh = k.wh AND o.place = k.place`
)

// CountsDue reads what is to be counted and was not, in walking order.
func (r *Reader) CountsDue(limit int) ([]DueCount, error) {
	return all(r, (*DueCount).all, `SELECT `+countDueColumns+` FROM `+countDueTables+`
		WHERE t.wh = ? AND t.open = 1 AND t.kind = 'count'
		ORDER BY coalesce(b.walk, 0), k.place, k.round, t.at, k.task LIMIT ?`, limit)
}

// CountsDueAt reads what is to be counted in a place.
func (r *Reader) CountsDueAt(p Place) ([]DueCount, error) {
	return all(r, (*DueCount).all, `SELECT `+countDueColumns+` FROM `+countDueTables+`
		WHERE t.wh = ? AND t.open = 1 AND t.kind = 'count' AND k.place = ?
		ORDER BY k.round DESC, t.at, k.task`, p)
}

// CountsDueOf reads what of a plan is to be counted and was not, in walking order.
func (r *Reader) CountsDueOf(plan CountPlanID) ([]DueCount, error) {
	return all(r, (*DueCount).all, `SELECT `+countDueColumns+` FROM `+countDueTables+`
		WHERE t.wh = ? AND t.open = 1 AND t.kind = 'count' AND k.plan = ?
		ORDER BY coalesce(b.walk, 0), k.place, k.round, t.at, k.task`, plan)
}

// A CountProgress is how far a plan has come.
type CountProgress struct {
	Plan CountPlanID
	Why  CountWhy
	Note string
	By   OperatorID
	At   int64 // milliseconds UTC
	Bins int64
	Left int64 // that nobody has counted yet
}

// CountPlansOpen reads the plans of which something is still to be counted, the oldest first.
func (r *Reader) CountPlansOpen(limit int) ([]CountProgress, error) {
	return all(r, func(p *CountProgress) []any {
		return []any{&p.Plan, &p.Why, &p.Note, &p.By, &p.At, &p.Bins, &p.Left}
	}, `
		SELECT p.plan, p.why, p.note, p.operator, p.at, (SELECT count(*) FROM count_task k
			WHERE k.wh = p.wh AND k.plan = p.plan), count(*)
		FROM todo t
		JOIN count_task x ON x.wh = t.wh AND x.task = t.ref
		JOIN count_plan p ON p.wh = x.wh AND p.plan = x.plan
		WHERE t.wh = ? AND t.open = 1 AND t.kind = 'count'
		GROUP BY p.wh, p.plan, p.why, p.note, p.operator, p.at ORDER BY p.at, p.plan LIMIT ?`,
		limit)
}

// CountZones reads the zones that have bins to be counted.
func (r *Reader) CountZones() ([]string, error) {
	return ids[string](r, `SELECT DISTINCT zone FROM place
		WHERE wh = ? AND kind IN ('pick', 'storage') AND active = 1 AND zone <> '' ORDER BY zone`)
}

// Count reads who looked at a bin, and when. It refuses with NotFound.
func (r *Reader) Count(id CountID) (c Count, err error) {
	found, err := r.one(c.fields(), `
		SELECT count_id, task, place, item, first, operator, station, at FROM stock_count
		WHERE wh = ? AND count_id = ?`, id)
	if err == nil && !found {
		err = &Refusal{Code: NotFound, Got: string(id)}
	}
	return c, err
}

// CountAt reads who counts a place now, and where; none where nobody does.
func (r *Reader) CountAt(p Place) (id CountID, by Count, err error) {
	_, err = r.one([]any{&id, &by.Operator, &by.Station, &by.At}, `
		SELECT count_id, operator, station, at FROM count_open
		WHERE wh = ? AND place = ? AND open = 1 ORDER BY at DESC, count_id LIMIT 1`, p)
	return id, by, err
}

// CountOpen reads who makes a count, and whether anybody still does: of a bin that two began
// where neither was told of the other, each goes on.
func (r *Reader) CountOpen(id CountID) (by OperatorID, open bool, err error) {
	var is Bit
	_, err = r.one([]any{&by, &is}, `SELECT operator, open FROM count_open
		WHERE wh = ? AND count_id = ?`, id)
	return by, bool(is), err
}

// NotFrozen refuses with BinFrozen while somebody counts a bin, where the site wants nothing
// taken out of it or put into it meanwhile.
func (r *Reader) NotFrozen(p Place) error {
	count, by, err := r.CountAt(p)
	if err != nil || count == "" {
		return err
	}
	policy, err := r.Setting(CountBusyBy)
	if err != nil || policy != "freeze" {
		return err
	}
	who, err := r.Operator(by.Operator)
	if err != nil {
		return err
	}
	return &Refusal{Code: BinFrozen, Want: who.Name, Got: p.Code()}
}

// CountsBy reads what an operator is counting at this station.
func (r *Reader) CountsBy(by OperatorID) ([]CountID, error) {
	return ids[CountID](r, `SELECT count_id FROM count_open
		WHERE wh = ? AND operator = ? AND station = ? AND open = 1 ORDER BY at, count_id`,
		by, r.s.id.Author)
}

// CountScans reads the scans of a count, the first first; those too that were taken back.
func (r *Reader) CountScans(id CountID) ([]CountScan, error) {
	return all(r, func(s *CountScan) []any { return append(s.fields(), &s.Taken) }, `
		SELECT c.scan, c.count_id, c.item, c.lot, c.serial, c.n, c.book, c.code, c.cases, c.at,
			CASE WHEN v.event IS NULL THEN 0 ELSE 1 END
		FROM count_scan c LEFT JOIN reversed v ON v.wh = c.wh AND v.event = c.scan
		WHERE c.wh = ? AND c.count_id = ? ORDER BY c.at, c.scan`, id)
}

// CountBook reads what the book had where a count began, and whether it had more.
func (r *Reader) CountBook(id CountID) (out []Booked, cut bool, err error) {
	n, err := r.count(`SELECT cut FROM stock_count WHERE wh = ? AND count_id = ?`, id)
	if err != nil {
		return nil, false, err
	}
	out, err = all(r, (*Booked).fields, `
		SELECT item, lot, serial, n FROM count_book
		WHERE wh = ? AND count_id = ? ORDER BY item, lot, serial`, id)
	return out, n != 0, err
}

// CountLines reads what a count came to.
func (r *Reader) CountLines(id CountID) ([]CountLine, error) {
	return all(r, (*CountLine).fields, `
		SELECT item, lot, serial, n, low, high FROM count_line
		WHERE wh = ? AND count_id = ? ORDER BY item, lot, serial`, id)
}

// CountCodes reads the codes that a count came upon and nobody knows.
func (r *Reader) CountCodes(id CountID) ([]CountedCode, error) {
	return all(r, func(c *CountedCode) []any { return []any{&c.Code, &c.N} }, `
		SELECT code, n FROM count_code WHERE wh = ? AND count_id = ? ORDER BY code`, id)
}

// NextCountPlan is the authority's next number for bins to be counted, such as
// PD26071800042.
func (r *Reader) NextCountPlan() (CountPlanID, error) {
	no, err := r.nextNo("PD", `SELECT coalesce(max(plan), '') FROM count_plan
		WHERE wh = ? AND plan BETWEEN ? AND ?`)
	return CountPlanID(no), err
}

// Task is the n-th task of the plan.
func (id CountPlanID) Task(n int) CountTaskID {
	return CountTaskID(string(id) + "." + strconv.Itoa(n))
}

// PickedNow reads who is at work on slips that still take something of an item, or of
// anything where it is empty, out of a place.
func (r *Reader) PickedNow(p Place, sku SKU) ([]Lease, error) {
	return all(r, func(l *Lease) []any { return []any{&l.Slip, &l.Operator, &l.Station} }, `
		SELECT DISTINCT l.slip, l.operator, l.station FROM allocation a
		JOIN task k ON k.wh = a.wh AND k.task = a.task
		JOIN lease l ON l.wh = k.wh AND l.slip = k.slip AND l.held = 1
		WHERE a.wh = ? AND a.place = ? AND (a.item = ? OR ? = '')
			AND a.want > a.picked + a.short ORDER BY l.slip`, p, sku, sku)
}

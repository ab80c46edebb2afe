package store

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
)

// A Disposition is what is to become of goods that came back.
type Disposition string

// The dispositions.
const (
	Restock      Disposition = "restock"   // sold again
	Refurbish    Disposition = "refurbish" // put right first
	Hold         Disposition = "hold"      // a person decides
	VendorReturn Disposition = "vendor"    // back to the supplier
	Scrap        Disposition = "scrap"
)

// Dispositions lists them, the best first.
var Dispositions = []Disposition{Restock, Refurbish, Hold, VendorReturn, Scrap}

// Suits says whether goods of a disposition may lie in a bin of a use.
func (d Disposition) Suits(u Use) bool {
	switch d {
	case Restock:
		return u == PickUse || u == StorageUse
	case Hold:
		return u == HoldUse || u == ReturnsUse
	}
	return u == DefectUse || u == ReturnsUse || u == HoldUse
}

// Home is the use of the bins that goods of a disposition are for: what is not as good as new
// lies in those for defects, until it is put right, sent back or thrown away.
func (d Disposition) Home() Use {
	switch d {
	case Restock:
		return PickUse
	case Hold:
		return HoldUse
	}
	return DefectUse
}

// A Grade is how goods were found, and what is then to become of them.
type Grade struct {
	Code   string      `json:"code"`
	En     string      `json:"en"`
	Zh     string      `json:"zh"`
	As     Disposition `json:"as"`
	N      int64       `json:"n"` // the digit that it is chosen by
	Active Bit         `json:"active"`
}

func (g *Grade) fields() []any {
	return []any{&g.Code, &g.En, &g.Zh, &g.As, &g.N, &g.Active}
}

// StandardGrades hold until the site writes its own.
var StandardGrades = []Grade{
	{"sealed", "new, sealed", "全新未拆", Restock, 1, true},
	{"opened", "opened, unused", "已拆未用", Restock, 2, true},
	{"used", "used", "已使用", Refurbish, 3, true},
	{"damaged", "damaged", "破损", Hold, 4, true},
	{"parts", "parts missing", "缺件", Hold, 5, true},
	{"swapped", "not our piece", "调包", Hold, 6, true},
}

// Valid says whether a grade makes sense, and else what its first wrong word may be.
func (g Grade) Valid() (want string, ok bool) {
	switch {
	case !gradeCode.MatchString(g.Code):
		return "a-z, 0-9, _", false
	case g.En == "" || g.Zh == "":
		return "en, zh", false
	case !slices.Contains(Dispositions, g.As):
		return fmt.Sprint(Dispositions), false
	case g.N < 1 || g.N > 9:
		return "1-9", false
	}
	return "", true
}

var gradeCode = regexp.MustCompile(`^[a-z0-9_]{1,20}$`)

// GradeSet says that the authority wrote a grade.
type GradeSet struct{ Grade }

func (GradeSet) Kind() string  { return "grade_set" }
func (e GradeSet) Ref() string { return e.Code }
func (e GradeSet) apply(at Stamp) []Change {
	return []Change{grades.raise(at, e.Grade.fields()...)}
}

// Grades reads the grades to choose from; the standard ones where the site has written
// none.
func (r *Reader) Grades() ([]Grade, error) {
	out, err := all(r, (*Grade).fields, `
		SELECT grade, en, zh, disposition, n, active FROM grade
		WHERE wh = ? ORDER BY n, grade`)
	if err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return StandardGrades, nil
	}
	return slices.DeleteFunc(out, func(g Grade) bool { return !bool(g.Active) }), nil
}

// A Point is one thing to look at when a piece is inspected.
type Point struct {
	En string `json:"en"`
	Zh string `json:"zh"`
}

// ChecklistSet says what is to be looked at in a category of items; an empty one stands for
// every category that has no list of its own.
type ChecklistSet struct {
	Category string  `json:"category"`
	Points   []Point `json:"points"`
}

func (ChecklistSet) Kind() string  { return "checklist_set" }
func (e ChecklistSet) Ref() string { return e.Category }
func (e ChecklistSet) apply(at Stamp) []Change {
	points, _ := json.Marshal(e.Points) // texts
	return []Change{checklists.raise(at, e.Category, string(points))}
}

// Checklist reads what is to be looked at in a category of items.
func (r *Reader) Checklist(category string) (points []Point, err error) {
	var text string
	found, err := r.one([]any{&text}, `
		SELECT points FROM checklist WHERE wh = ? AND category IN ('', ?)
		ORDER BY category DESC LIMIT 1`, category)
	if err == nil && found {
		err = json.Unmarshal([]byte(text), &points)
	}
	return points, err
}

// An Inspection is what somebody saw of N of a batch that came back, of one origin.
type Inspection struct {
	ID EventID `json:"id"`
	Origin
	Batch
	N       Qty         `json:"n"`
	Grade   string      `json:"grade"`
	As      Disposition `json:"as"`
	Was     Serial      `json:"was,omitempty"`     // of the order, where another came
	Checked string      `json:"checked,omitempty"` // Y or N for each point of the checklist
	Note    string      `json:"note,omitempty"`
	At      int64       `json:"at"`

	Had   string      `json:"-"` // the grade of an earlier look, in whose place this one is
	HadAs Disposition `json:"-"`
	Pays  Bit         `json:"-"` // its customer gets something for them
	Paid  Qty         `json:"-"` // of N, of which the earlier look said so
}

func (i *Inspection) fields() []any {
	return []any{&i.ID, &i.RMA, &i.Order, &i.Line, &i.Item, &i.Lot, &i.Serial, &i.N, &i.Grade,
		&i.As, &i.Was, &i.Checked, &i.Note, &i.At, &i.Had, &i.HadAs, &i.Pays, &i.Paid}
}

// ReturnInspected says how N of a batch were found, and into which tote they went. Proposed
// is set where somebody with the right to it departed from what the grade stands for.
type ReturnInspected struct {
	ID  EventID `json:"id"`
	RMA RMAID   `json:"rma"`
	Batch
	N        Qty         `json:"n"`
	Of       []ShareBack `json:"of"`
	From     Place       `json:"from"`
	Graded   string      `json:"graded,omitempty"` // that they had from an earlier look
	Before   Disposition `json:"before,omitempty"` // likewise, or of goods that were put aside
	To       Place       `json:"to"`
	Grade    string      `json:"grade"`
	As       Disposition `json:"as"`
	Proposed Disposition `json:"proposed,omitempty"`
	Was      Serial      `json:"was,omitempty"`     // of the order, where another came
	Checked  string      `json:"checked,omitempty"` // Y or N for each point of the checklist
	Note     string      `json:"note,omitempty"`
	At       int64       `json:"at"`
	Pays     *Bit        `json:"pays,omitempty"` // by the policy of then; nil: all but Hold
	Paid     []Qty       `json:"paid,omitempty"` // likewise, of each of Of by the earlier look
}

// paying says whether the customer gets something for such goods, and for how many of a
// share they had by the earlier look.
func (e ReturnInspected) paying(share int) (pays Bit, paid Qty) {
	switch {
	case e.Pays != nil && share < len(e.Paid):
		return *e.Pays, e.Paid[share]
	case e.Pays != nil:
		return *e.Pays, 0
	case e.Graded != "" && e.Before != Hold:
		return e.As != Hold, e.Of[share].N
	}
	return e.As != Hold, 0
}

func (ReturnInspected) Kind() string  { return "return_inspected" }
func (e ReturnInspected) Ref() string { return string(e.RMA) }
func (e ReturnInspected) apply(at Stamp) []Change {
	out := move(e.Batch, e.From, e.To, e.N)
	for k, o := range e.Of {
		of := Origin{e.RMA, o.Order, o.Line}
		i := Inspection{ID: e.ID, Origin: of, Batch: e.Batch, N: o.N, Grade: e.Grade, As: e.As,
			Was: e.Was, Checked: e.Checked, Note: e.Note, At: e.At, Had: e.Graded, HadAs: e.Before}
		i.Pays, i.Paid = e.paying(k)
		out = append(out, of.lies(e.From, e.Batch, e.Graded, e.Before, -o.N),
			of.lies(e.To, e.Batch, e.Grade, e.As, o.N), inspections.put(i.fields()...))
		switch {
		case e.Graded == "":
			out = append(out, goodsOf(of, e.Item, 0, 0, o.N, 0))
		case !e.From.Is("tote"): // it was in its place, and has another now
			out = append(out, goodsOf(of, e.Item, 0, 0, 0, -o.N))
		}
	}
	return append(append(out, stepOf(at, e.RMA, StepInspected, e.At)),
		weigh(at, e.RMA, e.ID, e.At)...)
}

// ReturnShelved says that graded goods were brought to their place: a bin, or @scrap. Of
// says which pieces of which returns they are.
type ReturnShelved struct {
	Batch
	N     Qty         `json:"n"`
	From  Place       `json:"from"`
	To    Place       `json:"to"`
	Grade string      `json:"grade"`
	As    Disposition `json:"as"`
	Of    []OriginN   `json:"of"`
	At    int64       `json:"at"`
}

// An OriginN is N pieces that belong to a return.
type OriginN struct {
	Origin
	N Qty `json:"n"`
}

func (ReturnShelved) Kind() string  { return "return_shelved" }
func (e ReturnShelved) Ref() string { return string(e.From) }
func (e ReturnShelved) apply(at Stamp) []Change {
	out := move(e.Batch, e.From, e.To, e.N)
	for _, o := range e.Of {
		out = append(out, o.lies(e.From, e.Batch, e.Grade, e.As, -o.N),
			goodsOf(o.Origin, e.Item, 0, 0, 0, o.N), stepOf(at, o.RMA, StepShelved, e.At))
		if e.As != Restock && e.To.Is("bin") {
			out = append(out, o.lies(e.To, e.Batch, e.Grade, e.As, o.N))
		}
	}
	return out
}

// Inspections reads what was seen of the goods of a return, the first first. What was taken
// back is not among them.
func (r *Reader) Inspections(id RMAID) ([]Inspection, error) {
	return all(r, (*Inspection).fields, `
		SELECT i.inspection, i.rma, i.order_id, i.line, i.item, i.lot, i.serial, i.n, i.grade,
			i.disposition, i.was, i.checked, i.note, i.at, i.had, i.had_as, i.pays, i.paid
		FROM inspection i WHERE i.wh = ? AND i.rma = ? AND NOT EXISTS (
			SELECT 1 FROM reversed v WHERE v.wh = i.wh AND v.event = i.inspection)
		ORDER BY i.at, i.inspection`, id)
}

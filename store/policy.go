package store

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// A ReturnPolicy is what the site takes back, and on which terms. The narrowest one holds:
// an item's before its category's, and that before everybody's.
type ReturnPolicy struct {
	Scope      string `json:"scope"`                // "", category:NAME or item:SKU
	Days       int64  `json:"days,omitempty"`       // from the sign-off; 0: no limit
	Final      Bit    `json:"final,omitempty"`      // it is never taken back
	Grades     string `json:"grades,omitempty"`     // that pay; empty: all but what is held
	Restocking int64  `json:"restocking,omitempty"` // per cent of what was paid, kept
	Carriage   Money  `json:"carriage,omitempty"`   // of the way back, kept once a return
	Bearer     string `json:"bearer,omitempty"`     // of both: customer, us, or liable
	Above      Money  `json:"above,omitempty"`      // worth more, it waits for a person; 0: never
	Proof      Bit    `json:"proof,omitempty"`      // of purchase, without an order
	Active     Bit    `json:"active"`
}

// Who bears what a return costs.
const (
	CustomerBears = "customer"
	WeBear        = "us"
	LiableBears   = "liable" // whoever the reason says: the customer, or us for anybody else
)

// Bearers lists who can bear what a return costs.
var Bearers = []string{LiableBears, CustomerBears, WeBear}

// StandardPolicy holds where the site has written none.
var StandardPolicy = ReturnPolicy{Days: 7, Bearer: LiableBears, Active: true}

// Valid says whether a policy makes sense, and else what its first wrong word may be.
func (p ReturnPolicy) Valid() (want string, ok bool) {
	what, of, _ := strings.Cut(p.Scope, ":")
	named := (what == "category" || what == "item") && of != ""
	switch {
	case p.Scope != "" && !named:
		return "category:..., item:...", false
	case p.Days < 0 || p.Days > daysMax:
		return "0-3650", false
	case p.Restocking < 0 || p.Restocking > 100:
		return "0-100", false
	case min(p.Carriage, p.Above) < 0 || max(p.Carriage, p.Above) > moneyMax:
		return ">= 0", false
	case !slices.Contains(Bearers, p.Bearer):
		return strings.Join(Bearers, ", "), false
	}
	return "", true
}

// Ten years, and more than anything costs.
const (
	daysMax  = 3650
	moneyMax = 1_000_000_000 * MoneyUnit
)

// Pays says whether money is given for goods that were found so. Where the policy names no
// grades, that is for all but those on which a person is to decide.
func (p ReturnPolicy) Pays(grade string, as Disposition) bool {
	if p.Grades == "" {
		return as != Hold
	}
	return slices.Contains(strings.Fields(p.Grades), grade)
}

func (p *ReturnPolicy) fields() []any {
	return []any{&p.Scope, &p.Days, &p.Final, &p.Grades, &p.Restocking, &p.Carriage, &p.Bearer,
		&p.Above, &p.Proof, &p.Active}
}

// ReturnPolicySet says that the authority wrote a policy for returns.
type ReturnPolicySet struct{ ReturnPolicy }

func (ReturnPolicySet) Kind() string  { return "return_policy_set" }
func (e ReturnPolicySet) Ref() string { return e.Scope }
func (e ReturnPolicySet) apply(at Stamp) []Change {
	return []Change{returnPolicies.raise(at, e.ReturnPolicy.fields()...)}
}

const policyColumns = `scope, days, final, grades, restocking, carriage, bearer, above, proof,
	active`

// ReturnPolicies reads what the site has written, by scope.
func (r *Reader) ReturnPolicies() ([]ReturnPolicy, error) {
	return all(r, (*ReturnPolicy).fields, `SELECT `+policyColumns+` FROM return_policy
		WHERE wh = ? AND active = 1 ORDER BY scope`)
}

// ReturnPolicy reads the policy that holds for an item.
func (r *Reader) ReturnPolicy(i Item) (ReturnPolicy, error) {
	p := StandardPolicy
	_, err := r.one(p.fields(), `SELECT `+policyColumns+` FROM return_policy
		WHERE wh = ? AND active = 1 AND scope IN ('', ?, ?)
		ORDER BY CASE WHEN scope LIKE 'item:%' THEN 0 WHEN scope = '' THEN 2 ELSE 1 END LIMIT 1`,
		"category:"+i.Category, "item:"+string(i.SKU))
	return p, err
}

// SignedOff says that a customer has the goods of a slip, and in which condition.
type SignedOff struct {
	Slip    SlipID       `json:"slip"`
	Waybill WaybillNo    `json:"waybill,omitempty"` // of the parcel, where it was one of several
	At      int64        `json:"at"`                // milliseconds UTC
	Lines   []SignedLine `json:"lines"`

	Discs []Discrepancy `json:"discs,omitempty"` // where that is not what left
	Ends  []DiscID      `json:"ends,omitempty"`  // of what was said before, and is not so
	By    OperatorID    `json:"by,omitempty"`
	Told  int64         `json:"told,omitempty"` // when it was written down
}

// A SignedLine is what was signed for of a line of a slip.
type SignedLine struct {
	Slip    SlipID `json:"slip,omitempty"` // where it is not the fact's
	Line    int64  `json:"line"`
	Signed  Qty    `json:"signed"`
	Short   Qty    `json:"short,omitempty"`
	Over    Qty    `json:"over,omitempty"`
	Damaged Qty    `json:"damaged,omitempty"` // of what was signed for
}

func (SignedOff) Kind() string  { return "signed_off" }
func (e SignedOff) Ref() string { return string(e.Slip) }
func (e SignedOff) apply(at Stamp) (out []Change) {
	for _, l := range e.Lines {
		out = append(out, signOffs.raise(at, cmp.Or(l.Slip, e.Slip), l.Line, e.Waybill, l.Signed,
			l.Short, l.Over, l.Damaged, e.At))
	}
	for _, d := range e.Discs {
		out = append(out, d.open(at)...)
	}
	for _, id := range e.Ends {
		out = append(out, DiscResolved{Disc: id, As: DiscClosed, Note: "sign_off", By: e.By,
			At: e.Told}.apply(at)...)
	}
	return out
}

// SignedFor reads when a line of an order was signed for, the last time; 0 for not yet.
func (r *Reader) SignedFor(order OrderID, line int64) (int64, error) {
	return r.count(`
		SELECT coalesce(max(f.at), 0) FROM slip_source q
		JOIN sign_off f ON f.wh = q.wh AND f.slip = q.slip AND f.line = q.line
		WHERE q.wh = ? AND q.order_id = ? AND q.order_line = ?`, order, line)
}

// SignOffsDisputed reads the open differences between what left on a line and what was signed
// for.
func (r *Reader) SignOffsDisputed(slip SlipID, line int64) ([]DiscID, error) {
	return ids[DiscID](r, `
		SELECT d.disc FROM discrepancy d
		JOIN todo t ON t.wh = d.wh AND t.kind = 'discrepancy' AND t.ref = d.disc AND t.open = 1
		WHERE d.wh = ? AND d.slip = ? AND d.kind = 'sign_off' AND d.task = ? ORDER BY d.disc`,
		slip, OfLine(slip, line))
}

// OfLine names a line of a slip, as its tasks do in front of their number.
func OfLine(slip SlipID, line int64) TaskID {
	return TaskID(string(slip) + "." + strconv.FormatInt(line, 10))
}

// SignOff reads what was signed for of a slip, by line, and when; 0 for not yet.
func (r *Reader) SignOff(slip SlipID) (out []SignedLine, at int64, err error) {
	out, err = all(r, func(l *SignedLine) []any {
		return []any{&l.Line, &l.Signed, &l.Short, &l.Over, &l.Damaged}
	}, `
		SELECT line, signed, short, over, damaged FROM sign_off
		WHERE wh = ? AND slip = ? ORDER BY line`, slip)
	if err != nil {
		return nil, 0, err
	}
	at, err = r.count(`SELECT coalesce(max(at), 0) FROM sign_off WHERE wh = ? AND slip = ?`, slip)
	return out, at, err
}

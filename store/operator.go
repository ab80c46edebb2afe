package store

import "strings"

// An Operator is a person with a badge.
type Operator struct {
	ID     OperatorID `json:"id"`
	Name   string     `json:"name"`
	Roles  string     `json:"roles"` // of Roles, with blanks between
	Lang   string     `json:"lang,omitempty"`
	Active Bit        `json:"active"`
}

// A Role is what a person may do.
type Role string

// The roles.
const (
	Picker        Role = "picker"
	Verifier      Role = "verifier"
	Packer        Role = "packer"
	Receiver      Role = "receiver"
	Inspector     Role = "inspector"
	Counter       Role = "counter"
	Supervisor    Role = "supervisor"
	Administrator Role = "administrator"
)

// Roles lists every role.
var Roles = []Role{Picker, Verifier, Packer, Receiver, Inspector, Counter, Supervisor,
	Administrator}

// May says whether the person has the right of a role. A supervisor may do all
// that the floor does.
func (o Operator) May(role Role) bool {
	for _, have := range strings.Fields(o.Roles) {
		switch Role(have) {
		case role, Administrator:
			return true
		case Supervisor:
			if role != Administrator {
				return true
			}
		}
	}
	return false
}

func (o *Operator) fields() []any { return []any{&o.ID, &o.Name, &o.Roles, &o.Lang, &o.Active} }

// OperatorSaved says that the authority wrote an operator as they are from now on.
type OperatorSaved struct{ Operator }

func (OperatorSaved) Kind() string  { return "operator_saved" }
func (e OperatorSaved) Ref() string { return string(e.ID) }
func (e OperatorSaved) apply(at Stamp) []Change {
	return []Change{operators.raise(at, e.Operator.fields()...)}
}

// SignedIn says that an operator began to work at this station.
type SignedIn struct {
	Operator OperatorID `json:"operator"`
}

func (SignedIn) Kind() string         { return "signed_in" }
func (e SignedIn) Ref() string        { return string(e.Operator) }
func (SignedIn) apply(Stamp) []Change { return nil }

// SignedOut says that an operator left this station; the slips in Left are free.
type SignedOut struct {
	Operator OperatorID `json:"operator"`
	Idle     bool       `json:"idle,omitempty"` // the station ended it
	Left     []Lease    `json:"left,omitempty"`
}

func (SignedOut) Kind() string  { return "signed_out" }
func (e SignedOut) Ref() string { return string(e.Operator) }
func (e SignedOut) apply(at Stamp) (out []Change) {
	for _, l := range e.Left {
		l.Held = false // whatever its author says
		out = append(out, l.raise(at))
	}
	return out
}

// Operator reads a person. It refuses with UnknownOperator.
func (r *Reader) Operator(id OperatorID) (o Operator, err error) {
	found, err := r.one(o.fields(), `
		SELECT operator, name, roles, lang, active FROM operator WHERE wh = ? AND operator = ?`, id)
	if err == nil && (!found || !bool(o.Active)) {
		err = &Refusal{Code: UnknownOperator, Got: string(id)}
	}
	return o, err
}

// Operators reads everybody who works here, by number.
func (r *Reader) Operators() ([]Operator, error) {
	return all(r, func(o *Operator) []any {
		return []any{&o.ID, &o.Name, &o.Roles, &o.Lang, &o.Active}
	}, `
		SELECT operator, name, roles, lang, active FROM operator
		WHERE wh = ? AND active = 1 ORDER BY operator`)
}

// Named reads what people are called, those too who are not there any more.
func (r *Reader) Named(people []OperatorID) (map[OperatorID]string, error) {
	out := map[OperatorID]string{}
	for _, id := range people {
		if _, known := out[id]; known || id == "" {
			continue
		}
		var name string
		if _, err := r.one([]any{&name}, `SELECT name FROM operator WHERE wh = ? AND operator = ?`,
			id); err != nil {
			return nil, err
		}
		out[id] = name
	}
	return out, nil
}

// May refuses with NoRight when the operator of the gesture lacks a role. What
// a program does by itself has no operator, and needs none.
func (tx *Tx) May(role Role) error {
	if tx.by.Operator == "" {
		return nil
	}
	o, err := tx.Operator(tx.by.Operator)
	if err == nil && !o.May(role) {
		err = &Refusal{Code: NoRight, Want: string(role), Got: o.Name}
	}
	return err
}

package store

import (
	"encoding/json"
	"fmt"
)

// An OrderChange is asked for, and made or refused by a person: N counts
// them for each order, from 1.
type OrderChange struct {
	Order  OrderID    `json:"order"`
	N      int64      `json:"n"`
	Was    Order      `json:"was"` // the order when it was asked for
	To     Order      `json:"to"`  // and as it was to be; a line that goes has 0 pieces
	Source string     `json:"source,omitempty"`
	By     OperatorID `json:"by,omitempty"`
	At     int64      `json:"at"`

	State  ChangeState `json:"-"`
	Reason string      `json:"-"`
}

// A ChangeState is what became of a change that was asked for.
type ChangeState string

// The states of changes.
const (
	ChangeOpen    ChangeState = "open"
	ChangeMade    ChangeState = "made"
	ChangeRefused ChangeState = "refused"
)

// ChangeRequested says that somebody asked for an order to be changed.
type ChangeRequested struct{ OrderChange }

func (ChangeRequested) Kind() string  { return "change_requested" }
func (e ChangeRequested) Ref() string { return string(e.Order) }
func (e ChangeRequested) apply(at Stamp) []Change {
	body, _ := json.Marshal([]Order{e.Was, e.To}) // they came from JSON
	return []Change{orderChanges.put(e.Order, e.N, string(body), e.Source, e.By, e.At),
		changeStates.raise(at, e.Order, e.N, ChangeOpen, "", e.By, e.At)}
}

// ChangeDecided says that a person made or refused a change. A changed order is
// reviewed anew: what it had reserved is given back, and slips that nobody began
// are withdrawn.
type ChangeDecided struct {
	Order    OrderID      `json:"order"`
	N        int64        `json:"n"`
	State    ChangeState  `json:"state"`
	Reason   string       `json:"reason,omitempty"`
	By       OperatorID   `json:"by,omitempty"`
	At       int64        `json:"at"`
	To       *Order       `json:"to,omitempty"` // of one that was made
	Promises []Promise    `json:"promises,omitempty"`
	Withdraw []Withdrawal `json:"withdraw,omitempty"`

	Stop []Interception `json:"stop,omitempty"` // of slips that somebody began
}

func (ChangeDecided) Kind() string  { return "change_decided" }
func (e ChangeDecided) Ref() string { return string(e.Order) }
func (e ChangeDecided) apply(at Stamp) []Change {
	out := append(promised(e.Promises),
		changeStates.raise(at, e.Order, e.N, e.State, e.Reason, e.By, e.At))
	if e.To != nil {
		out = append(out, e.To.raise(at)...)
		out = append(out, orderStates.raise(at, e.Order, Received, "", "", e.By, e.At))
	}
	return append(append(out, withdrawn(e.Withdraw, at)...), intercepted(e.Stop, at)...)
}

// changeRow is a change with the order that it leads to, as it is kept.
type changeRow struct {
	OrderChange
	body string
}

func (c *changeRow) fields() []any {
	return []any{&c.Order, &c.N, &c.body, &c.Source, &c.By, &c.At, &c.State, &c.Reason}
}

func opened(rows []changeRow) (out []OrderChange, err error) {
	for _, row := range rows {
		orders := []*Order{&row.Was, &row.To}
		if err := json.Unmarshal([]byte(row.body), &orders); err != nil {
			return nil, fmt.Errorf("change %d of %s: %w", row.N, row.Order, err)
		}
		out = append(out, row.OrderChange)
	}
	return out, nil
}

// Changes reads the changes that were asked for of an order, the first first.
func (r *Reader) Changes(order OrderID) ([]OrderChange, error) {
	rows, err := all(r, (*changeRow).fields, `
		SELECT c.order_id, c.change, c.body, c.source, c.operator, c.at, s.state, s.reason
		FROM order_change c
		JOIN order_change_state s ON s.wh = c.wh AND s.order_id = c.order_id AND s.change = c.change
		WHERE c.wh = ? AND c.order_id = ? ORDER BY c.change`, order)
	if err != nil {
		return nil, err
	}
	return opened(rows)
}

// OpenChanges reads the changes that wait for a decision, the oldest first.
func (r *Reader) OpenChanges() ([]OrderChange, error) {
	rows, err := all(r, (*changeRow).fields, `
		SELECT c.order_id, c.change, c.body, c.source, c.operator, c.at, s.state, s.reason
		FROM order_change_state s
		JOIN order_change c ON c.wh = s.wh AND c.order_id = s.order_id AND c.change = s.change
		WHERE s.wh = ? AND s.state = 'open' ORDER BY c.at, c.order_id, c.change`)
	if err != nil {
		return nil, err
	}
	return opened(rows)
}

// A Question about an order is put to its customer, and the answer is a fact. N
// counts them for each order, from 1.
type Question struct {
	Order      OrderID    `json:"order"`
	N          int64      `json:"n"`
	Text       string     `json:"text"`
	By         OperatorID `json:"by,omitempty"`
	At         int64      `json:"at"`
	Answer     string     `json:"answer,omitempty"`
	AnsweredBy OperatorID `json:"answered_by,omitempty"`
	AnsweredAt int64      `json:"answered_at,omitempty"`
}

func (q *Question) fields() []any {
	return []any{&q.Order, &q.N, &q.Text, &q.By, &q.At, &q.Answer, &q.AnsweredBy, &q.AnsweredAt}
}

// OrderAsked says that a question about an order waits for its answer.
type OrderAsked struct{ Question }

func (OrderAsked) Kind() string  { return "order_asked" }
func (e OrderAsked) Ref() string { return string(e.Order) }
func (e OrderAsked) apply(at Stamp) []Change {
	return []Change{questions.raise(at, e.Question.fields()...)}
}

// OrderAnswered says what was answered.
type OrderAnswered struct{ Question }

func (OrderAnswered) Kind() string  { return "order_answered" }
func (e OrderAnswered) Ref() string { return string(e.Order) }
func (e OrderAnswered) apply(at Stamp) []Change {
	return []Change{questions.raise(at, e.Question.fields()...)}
}

// Questions reads what was asked about an order, the first first.
func (r *Reader) Questions(order OrderID) ([]Question, error) {
	return all(r, (*Question).fields, `
		SELECT order_id, n, question, asked_by, asked_at, answer, answered_by, answered_at
		FROM order_question WHERE wh = ? AND order_id = ? ORDER BY n`, order)
}

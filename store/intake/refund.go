package intake

import (
	"slices"

	"scanbay/store"
	"scanbay/store/returns"
)

// refundColumns are those of what was paid back for returns: a row is a payment.
var refundColumns = []column{
	{"refund", "退款编号 退款单号 refund_no refund_id", code, may},
	{"return", "退货单号 售后单号 售后编号 退货申请号 return_no rma rma_no", code, may},
	{"channel", "渠道 平台 来源平台", code, may},
	{"payment", "流水号 支付流水号 付款单号 退款流水号 payment_no transaction", code, must},
	{"amount", "金额 退款金额 实退金额", money, must},
	{"method", "退款方式 支付方式 付款方式 pay_method", text, may},
	{"at", "时间 退款时间 付款时间 paid_at", moment, may},
}

// refundNames are what names that which was paid back.
var refundNames = []string{"refund", "return"}

type refundRow struct {
	refund, no, channel string
	amount              store.Money
	returns.Settling
}

// fields stand in the order of the columns.
func (x *refundRow) fields() []any {
	return []any{&x.refund, &x.no, &x.channel, &x.No, &x.amount, &x.Method, &x.At}
}

// refunds takes in that money was paid back, each number of a payment once a return. It must
// be what is due: one refund of the return, or all of them together.
func (t *taking) refunds() error {
	for rows := range t.each(t.group("channel", "return", "refund", "payment")) {
		var x refundRow
		before := t.problems()
		t.fill(t.merge(rows), x.fields())
		all, err := t.owed(rows[0], x)
		if err != nil {
			return err
		}
		if t.problems() > before {
			continue
		}
		if err := t.payBack(rows[0], x, all); err != nil {
			return err
		}
	}
	return nil
}

// owed reads the refunds that a row may be of. A return that nobody knows is a problem.
func (t *taking) owed(r row, x refundRow) ([]store.Refunding, error) {
	if x.refund != "" {
		f, err := t.tx.Refund(x.refund)
		if none, err := unknown(err); err != nil || none {
			t.problem(r, "refund", UnknownReturn, "")
			return nil, err
		}
		return []store.Refunding{f}, nil
	}
	id := store.RMAID(x.no)
	_, err := t.tx.RMA(id)
	if none, err := unknown(err); err != nil {
		return nil, err
	} else if none {
		if id, err = t.tx.RMABySource(x.channel, x.no); err != nil {
			return nil, err
		}
	}
	if id == "" {
		t.problem(r, "return", UnknownReturn, "")
		return nil, nil
	}
	return t.tx.Refunds(id)
}

// payBack settles what a payment is for: also what was withdrawn, where it is paid.
func (t *taking) payBack(r row, x refundRow, all []store.Refunding) error {
	sum := func(of []store.Refunding) (out store.Money) {
		for _, f := range of {
			out += f.Amount
		}
		return out
	}
	var paid, due, gone []store.Refunding
	for _, f := range all {
		switch {
		case f.Settled == 0 && f.Live():
			due = append(due, f)
		case f.Settled == 0:
			gone = append(gone, f)
		case f.No == x.No:
			paid = append(paid, f)
		}
	}
	if len(paid) > 0 {
		if sum(paid) != x.amount {
			t.problem(r, "payment", TakenAsOther, sum(paid).String())
			return nil
		}
		t.Known++
		return nil
	}
	same := func(f store.Refunding) bool { return f.Amount == x.amount }
	i, k := slices.IndexFunc(due, same), slices.IndexFunc(gone, same)
	switch {
	case i >= 0:
		due = due[i : i+1]
	case k >= 0 && (len(due) == 0 || sum(due) != x.amount):
		due = gone[k : k+1]
	case len(due) == 0 || sum(due) != x.amount:
		t.problem(r, "amount", NotDue, sum(due).String())
		return nil
	}
	for _, f := range due {
		x.Refund = f.ID
		e, err := returns.SettledOf(t.tx, x.Settling)
		if err != nil {
			return err
		}
		if err := t.tx.Record(e); err != nil {
			return err
		}
	}
	t.Taken++
	return nil
}

package intake

import (
	"cmp"
	"errors"
	"slices"

	"scanbay/store"
	"scanbay/store/order"
)

// paymentColumns are those of payments: a row is money that came for an order, or
// went back.
var paymentColumns = []column{
	{"order", "订单号 订单编号 平台单号 交易号 order_no order_id", code, must},
	{"channel", "渠道 平台 来源平台", code, may},
	{"shop", "店铺 店铺名称 store", text, may},
	{"payment", "流水号 支付流水号 付款单号 payment_no transaction", code, must},
	{"kind", "类型 收付 type", moneyKinds.read, may},
	{"amount", "金额 收款金额 实付金额", money, must},
	{"method", "支付方式 付款方式 pay_method", text, may},
	{"at", "时间 付款时间 收款时间 paid_at", moment, may},
}

// cancelColumns are those of what is no longer wanted of orders: a row is a line of
// one. A refund without a line is money alone.
var cancelColumns = []column{
	{"order", "订单号 订单编号 平台单号 交易号 order_no order_id", code, must},
	{"channel", "渠道 平台 来源平台", code, may},
	{"shop", "店铺 店铺名称 store", text, may},
	{"number", "退款单号 取消单号 售后单号 refund_no refund_id", code, must},
	{"kind", "类型 type", cutKinds.read, may},
	{"sku", "商品编码 货号 商品货号 商家编码 item item_code", code, many},
	{"qty", "数量 退款数量 取消数量 Quantity", some, many},
	{"amount", "金额 退款金额", money, many},
	{"reason", "原因 退款原因", text, may},
	{"at", "时间 退款时间 申请时间", moment, first},
}

var (
	moneyKinds = words{"received 收款 paid 付款", "reversed 撤销 冲正 退回", "cod 代收 货到付款"}
	cutKinds   = words{"cancel 取消 cancelled", "refund 退款 refunded 仅退款"}
)

// about is what names an order in a file of payments or cancellations.
type about struct {
	no, channel, shop string
}

type paymentRow struct {
	about
	store.Payment
	kind string
}

// fields stand in the order of the columns.
func (x *paymentRow) fields() []any {
	return []any{&x.no, &x.channel, &x.shop, &x.ID, &x.kind, &x.Amount, &x.Method, &x.At}
}

type cancelRow struct {
	about
	cut    order.Cutback
	kind   string
	sku    store.SKU
	n      store.Qty
	amount store.Money
}

// fields stand in the order of the columns.
func (x *cancelRow) fields() []any {
	return []any{&x.no, &x.channel, &x.shop, &x.cut.ID, &x.kind, &x.sku, &x.n, &x.amount,
		&x.cut.Reason, &x.cut.At}
}

// settles finds the order that rows are about. One that nobody knows, or that is
// several, is a problem, and the id empty.
func (t *taking) settles(r row, a about) (store.OrderID, error) {
	id, _, err := t.tx.OrderByPlatform(a.channel, a.shop, a.no)
	if err != nil || id != "" {
		return id, err
	}
	if a.channel == "" && a.shop == "" {
		all, err := t.tx.OrdersByNo(a.no)
		if err != nil || len(all) == 1 {
			return append(all, "")[0], err
		}
	}
	t.problem(r, "order", UnknownOrder, "")
	return "", nil
}

// payments takes money in, each number once.
func (t *taking) payments() error {
	return t.settle("payment", func(rows []row) (store.Event, error) {
		var x paymentRow
		t.fill(t.merge(rows), x.fields())
		id, err := t.settles(rows[0], x.about)
		if err != nil || id == "" {
			return nil, err
		}
		if x.Amount == 0 { // all of it was a coupon
			return nil, order.ErrKnown
		}
		x.Order, x.Of = id, cmp.Or(store.PaymentKind(x.kind), store.MoneyIn)
		return order.PaymentOf(t.tx, x.Payment)
	})
}

// cancellations takes what is no longer wanted in, each number once.
func (t *taking) cancellations() error {
	return t.settle("number", func(rows []row) (store.Event, error) {
		var x cancelRow
		t.fill(t.merge(rows), x.fields())
		id, err := t.settles(rows[0], x.about)
		if err != nil || id == "" {
			return nil, err
		}
		c := x.cut
		c.Order, c.Refund = id, x.kind == "refund"
		if fits, err := t.cuts(rows, &c); err != nil || !fits {
			return nil, err
		}
		return order.CutOf(t.tx, c)
	})
}

// settle records what the rows of each number are, which stands in a column. Without
// an event they have a problem, which is noted.
func (t *taking) settle(number string, fact func([]row) (store.Event, error)) error {
	for rows := range t.each(t.group("channel", "shop", "order", number)) {
		e, err := fact(rows)
		if err == nil && e == nil {
			continue
		}
		if err := t.settled(rows[0], number, e, err); err != nil {
			return err
		}
	}
	return nil
}

// cuts finds the lines that rows are about. The same item on several lines is cut
// from the last.
func (t *taking) cuts(rows []row, c *order.Cutback) (bool, error) {
	o, err := t.tx.Order(c.Order)
	if err != nil {
		return false, err
	}
	for _, r := range rows {
		var x cancelRow
		t.fill(r, x.fields())
		if c.Refund {
			c.Amount += x.amount
		}
		if x.sku == "" && x.n == 0 && !c.Refund { // all of it
			for _, l := range o.Lines {
				c.Lines = append(c.Lines, store.Cut{Line: l.Line, N: l.N - l.Cancelled})
			}
			c.Lines = slices.DeleteFunc(c.Lines, func(l store.Cut) bool { return l.N <= 0 })
			continue
		}
		if x.sku == "" && x.n == 0 && c.Refund {
			continue
		}
		lines := slices.DeleteFunc(slices.Clone(o.Lines), func(l store.OrderLine) bool {
			return l.Item != x.sku
		})
		if len(lines) == 0 {
			t.problem(r, "sku", NotOnOrder, "")
			return false, nil
		}
		n := x.n
		for _, l := range slices.Backward(lines) {
			left := l.N - l.Cancelled
			if c.Refund {
				left = l.N - l.Refunded
			}
			for _, before := range c.Lines {
				if before.Line == l.Line {
					left -= before.N
				}
			}
			if part := min(n, left); part > 0 {
				c.Lines, n = append(c.Lines, store.Cut{Line: l.Line, N: part}), n-part
			}
		}
		if n > 0 {
			known, _, err := t.tx.Settled(c.Order, c.ID)
			if err != nil || known != "" {
				return known != "", err // it is the same again: nothing is left to cut
			}
			t.problem(r, "qty", CutTooMuch, (x.n - n).String())
			return false, nil
		}
	}
	return true, nil
}

// settled records what a payment or a cancellation is, counts one that is known, and
// notes why it cannot be.
func (t *taking) settled(r row, column string, e store.Event, err error) error {
	if errors.Is(err, order.ErrKnown) {
		t.Known++
		return nil
	}
	if refusal, refused := store.RefusalOf(err); refused {
		reasons := map[store.Code]ReasonCode{store.PaidTwice: TakenAsOther,
			store.CutTooMuch: CutTooMuch, store.BadQuantity: BadNumber}
		t.problem(r, column, reasons[refusal.Code], refusal.Want)
		return nil
	}
	if err != nil {
		return err
	}
	t.Taken++
	return t.tx.Record(e)
}

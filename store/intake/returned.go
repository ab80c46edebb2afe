package intake

import (
	"errors"
	"slices"
	"strings"

	"scanbay/store"
	"scanbay/store/returns"
)

// returnColumns are those of requests to send goods back: a row is a line of one. What is
// said of the whole request may stand in any row; it may be of several orders, or of none,
// and come by several parcels.
var returnColumns = []column{
	{"return", "退货单号 售后单号 售后编号 退货申请号 return_no rma rma_no", code, must},
	{"order", "订单号 订单编号 平台单号 交易号 order_no order_id", code, many},
	{"channel", "渠道 平台 来源平台", code, may},
	{"shop", "店铺 店铺名称 store", text, may},
	{"customer", "客户 客户编号 买家 买家昵称 会员名 CustomerID buyer", text, may},
	{"sku", "商品编码 货号 商品货号 商家编码 StockCode item item_code", code, many},
	{"gtin", "商品条码 69码 条码 条形码 国际条码 barcode ean upc", barcode, many},
	{"qty", "数量 退货数量 申请数量 Quantity", some, must | many},
	{"reason", "原因 退货原因 售后原因 申请原因", text, must | many},
	{"wants", "要求 客户要求 售后类型 申请类型 outcome", wishes.read, may},
	{"how", "退回方式 退货方式 return_method", ways.read, may},
	{"proof", "凭证 购买凭证 发票号 invoice", text, may},
	{"note", "说明 退货说明 备注 remark", text, many},
	{"waybill", "退货运单号 退回运单号 退货快递单号 退货物流单号 运单号 快递单号 物流单号 " +
		"waybill_no tracking_no", code, many},
	{"carrier", "退货快递公司 退货物流公司 承运商 快递公司 物流公司 快递", code, many},
	{"at", "申请时间 时间 申请日期 requested", moment, first},
	{"name", "名称 商品名称 品名 商品名 商品标题 Description", nil, many},
}

var (
	wishes = words{"refund 退款 退货 退货退款", "exchange 换货 换新 replacement",
		"repair 维修 返修 修理"}
	ways = words{"courier 快递 寄回 快递寄回 自行寄回 邮寄", "pickup pick-up 取件 上门取件",
		"shop counter 门店 到店 柜台 送到门店"}
)

type returnRow struct {
	about
	store.RMA
	line    store.RMALine
	gtin    string
	waybill string
	carrier store.CarrierID
}

// fields stand in the order of the columns.
func (x *returnRow) fields() []any {
	a, l := &x.RMA, &x.line
	return []any{&a.Source, &x.no, &x.channel, &x.shop, &a.Customer, &l.Item, &x.gtin, &l.N,
		&l.Reason, &a.Wants, &a.How, &a.Proof, &l.Note, &x.waybill, &x.carrier, &a.Placed}
}

// A request is one on its way in: its lines are those of the rows.
type request struct {
	store.RMA
	said    []string // the reasons, as the rows have them
	parcels []store.ReturnShipped
}

// returns takes requests in, each number once.
func (t *taking) returns() error {
	reasons, err := t.tx.Reasons(store.ReturnReason)
	if err != nil {
		return err
	}
	for rows := range t.each(t.group("channel", "shop", "return")) {
		before := t.problems()
		q, err := t.request(rows, reasons)
		if err != nil {
			return err
		}
		if t.problems() > before {
			continue
		}
		if err := t.asks(rows, q); err != nil {
			return err
		}
	}
	return nil
}

// request makes a request of its rows. What is wrong with any is noted.
func (t *taking) request(rows []row, reasons []store.Reason) (q request, err error) {
	var all returnRow
	t.fill(t.merge(rows), all.fields())
	q.RMA = all.RMA
	q.Channel = all.channel
	var notes []string
	for _, r := range rows {
		var x returnRow
		t.fill(r, x.fields())
		l := x.line
		q.said = append(q.said, l.Reason)
		l.Reason = reasonOf(reasons, l.Reason)
		if x.no != "" {
			if l.Order, err = t.settles(r, x.about); err != nil {
				return q, err
			}
		}
		if err := t.piece(r, &l.Item, x.gtin, &l.N); err != nil {
			return q, err
		}
		if l.Note != "" && !slices.Contains(notes, l.Note) {
			notes = append(notes, l.Note)
		}
		l.Note = ""
		q.Lines = append(q.Lines, l)
		t.parcel(r, x, &q)
	}
	q.Note = strings.Join(notes, "; ")
	// An order says whose it is, and of which channel: a number is told again by that.
	if i := slices.IndexFunc(q.Lines, func(l store.RMALine) bool { return l.Order != "" }); i >= 0 {
		o, err := t.tx.Order(q.Lines[i].Order)
		if err != nil {
			return q, err
		}
		q.Channel = o.Channel
	}
	return q, nil
}

// piece is the item that a row is about, by its SKU or else its barcode. A barcode of a case
// counts as many as it holds.
func (t *taking) piece(r row, sku *store.SKU, barcode string, n *store.Qty) error {
	if *sku != "" {
		return nil
	}
	found, err := t.coded(barcode)
	switch {
	case err != nil:
		return err
	case len(found) == 0:
		t.problem(r, "gtin", UnknownItem, "")
	case len(found) > 1:
		t.problem(r, "gtin", AmbiguousItem, string(found[0].SKU+", "+found[1].SKU))
	default:
		*sku, *n = found[0].SKU, *n*found[0].N
	}
	return nil
}

// parcel keeps by which parcel a row's goods come.
func (t *taking) parcel(r row, x returnRow, q *request) {
	p := store.ReturnShipped{Waybill: store.WaybillNo(strings.ToUpper(x.waybill)),
		Carrier: x.carrier}
	switch {
	case p.Waybill == "":
	case !p.Waybill.Plausible():
		t.problem(r, "waybill", BadWaybill, "")
	case !slices.ContainsFunc(q.parcels, func(o store.ReturnShipped) bool {
		return o.Waybill == p.Waybill
	}):
		q.parcels = append(q.parcels, p)
	}
}

// reasonOf is the site's code of a reason, by it or by either name. What is none of them
// stays as it is: the review will hold the return.
func reasonOf(all []store.Reason, said string) string {
	for _, x := range all {
		for _, name := range []string{x.Code, x.En, x.Zh} {
			if x.Use == store.ReturnReason && norm(name) == norm(said) {
				return x.Code
			}
		}
	}
	return said
}

// asks records a request, and the parcels that it comes by. One that came before must be the
// same; it may have a parcel by now.
func (t *taking) asks(rows []row, q request) error {
	id, err := t.tx.RMABySource(q.Channel, q.Source)
	if err != nil {
		return err
	}
	if id != "" {
		was, err := t.tx.RMA(id)
		if err != nil {
			return err
		}
		q.sayAgain(was)
	}
	e, err := returns.RequestOf(t.tx, q.RMA)
	if refusal, refused := store.RefusalOf(err); refused {
		return t.cannotAsk(rows, q, refusal)
	}
	known := errors.Is(err, returns.ErrKnown)
	if err != nil && !known {
		return err
	}
	if !known {
		id = e.(store.ReturnRequested).ID
		if err := t.tx.Record(e); err != nil {
			return err
		}
	}
	told, err := t.ships(id, q.parcels)
	if err != nil {
		return err
	}
	if known && !told {
		t.Known++
		return nil
	}
	t.Taken++
	return nil
}

// sayAgain gives the lines the reasons that they came with before: the site may have written
// its own since.
func (q *request) sayAgain(was store.RMA) {
	for i := range q.Lines {
		l := &q.Lines[i]
		for _, x := range was.Lines {
			same := x.Reason == q.said[i] || x.Reason == reasonOf(store.StandardReasons, q.said[i])
			if same && x.Item == l.Item && x.Order == l.Order {
				l.Reason = x.Reason
			}
		}
	}
}

// ships records by which parcels a return comes, and says whether any is new. Those of one
// that is closed are not waited for.
func (t *taking) ships(id store.RMAID, parcels []store.ReturnShipped) (told bool, err error) {
	for _, p := range parcels {
		e, err := returns.ShippedOf(t.tx, id, p.Waybill, p.Carrier)
		if _, closed := store.RefusalOf(err); closed || errors.Is(err, returns.ErrKnown) {
			continue
		}
		if err != nil {
			return told, err
		}
		if err := t.tx.Record(e); err != nil {
			return told, err
		}
		told = true
	}
	return told, nil
}

// A spotted problem is of a column.
type spotted struct {
	column string
	reason ReasonCode
}

// askProblems are why a line of a request cannot be.
var askProblems = map[store.Code]spotted{
	store.NotSent:     {"order", NotSent},
	store.NotTogether: {"order", OtherCustomer},
	store.NotOnReturn: {"sku", NotOnOrder},
	store.NotFound:    {"sku", UnknownItem},
	store.OverSent:    {"qty", OverSent},
	store.BadQuantity: {"qty", BadNumber},
}

// cannotAsk notes why a request cannot be, at each line that is why: those before it could.
func (t *taking) cannotAsk(rows []row, q request, why *store.Refusal) error {
	if why.Code == store.AskedTwice {
		t.problem(rows[0], "return", AskedOtherwise, why.Want)
		return nil
	}
	try := q.RMA
	try.Source, try.Lines = "", nil
	for i, l := range q.Lines {
		with := try
		with.Lines = append(slices.Clone(try.Lines), l)
		_, err := returns.RequestOf(t.tx, with)
		if err == nil {
			try = with
			continue
		}
		refusal, _ := store.RefusalOf(err)
		if refusal == nil || askProblems[refusal.Code].reason == "" {
			return err
		}
		p, want := askProblems[refusal.Code], ""
		if refusal.Code == store.OverSent {
			want = refusal.Want
		}
		if p.column == "sku" && t.cell(rows[i], t.column("sku")) == "" {
			p.column = "gtin"
		}
		t.problem(rows[i], p.column, p.reason, want)
	}
	return nil
}

package intake

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"scanbay/store"
	"scanbay/store/order"
)

// orderColumns are those of orders: a row is a line of one. Rows of an order need
// not stand together, and what is said of the whole order may stand in any row.
var orderColumns = []column{
	{"order", "订单号 订单编号 平台单号 交易号 InvoiceNo order_no order_id", code, must},
	{"channel", "渠道 平台 来源平台", code, may},
	{"shop", "店铺 店铺名称 store", text, may},
	{"customer", "客户 客户编号 买家 买家昵称 会员名 CustomerID buyer", text, may},
	{"recipient", "收件人 收货人 收货人姓名 收件人姓名 recipient_name ship_to", text, may},
	{"phone", "电话 手机 联系电话 收货人电话 收货人手机 收件人电话 mobile", text, may},
	{"address", "地址 收货地址 详细地址 收件地址 recipient_address", text, may},
	{"city", "城市 市 recipient_city", text, may},
	{"province", "省 省份 recipient_province state", text, may},
	{"postcode", "邮编 邮政编码 zip recipient_postcode", text, may},
	{"country", "国家 recipient_country", text, may},
	{"token", "密文 收件人密文 oaid", text, may},
	{"freight", "运费 邮费 shipping", money, may},
	{"order_discount", "优惠 订单优惠 整单优惠", money, may},
	{"order_tax", "订单税额", money, may},
	{"order_paid", "订单实付 实付金额 实收款 order_total", money, may},
	{"pay_method", "支付方式 付款方式 payment", text, may},
	{"cod", "代收货款 货到付款金额", money, may},
	{"mode", "配送方式 发货方式 delivery_mode", modes.read, may},
	{"service", "服务 时效 快递产品 service_level", text, may},
	{"freight_payer", "运费付款 运费付款方式 运费支付方", payers.read, may},
	{"carrier", "承运商 快递公司 物流公司 快递", code, may},
	{"waybill", "运单号 快递单号 物流单号 waybill_no tracking_no", code, may},
	{"priority", "优先级", rank, may},
	{"placed", "下单时间 订单时间 付款时间 InvoiceDate order_date ordered", moment, first},
	{"ship_by", "截单时间 最晚发货 最晚发货时间 发货截止 ship_by_date", moment, may},
	{"buyer_remark", "买家备注 买家留言 buyer_note", text, may},
	{"seller_remark", "卖家备注 商家备注 客服备注 seller_note", text, may},
	{"currency", "币种", code, may},
	{"sku", "商品编码 货号 商品货号 商家编码 StockCode item item_code", code, many},
	{"gtin", "商品条码 69码 条码 条形码 国际条码 barcode ean upc", barcode, many},
	{"qty", "数量 购买数量 商品数量 Quantity", some, must | many},
	{"price", "单价 商品单价 商品价格 价格 UnitPrice", money, many},
	{"discount", "商品优惠 行优惠 优惠分摊 line_discount", money, many},
	{"paid", "实付 商品实付 行实付 line_paid", money, many},
	{"tax", "税额 税 行税额 line_tax", money, many},
	{"gift", "赠品 是否赠品", bit, many},
	{"parent", "套装 组合商品 套装编码 kit parent_sku", code, many},
	{"name", "名称 商品名称 品名 商品名 商品标题 Description", nil, many},
}

type orderRow struct {
	order  store.Order
	person store.Recipient
	line   store.OrderLine
	gtin   string
	parent store.SKU
}

// fields stand in the order of the columns.
func (x *orderRow) fields() []any {
	o, p, l := &x.order, &x.person, &x.line
	return []any{&o.PlatformNo, &o.Channel, &o.Shop, &o.Customer, &p.Name, &p.Phone, &p.Address,
		&p.City, &o.Province, &p.Postcode, &p.Country, &p.Token, &o.Freight, &o.Discount, &o.Tax,
		&o.Paid, &o.PayMethod, &o.COD, &o.Mode, &o.Service, &o.FreightPayer, &o.Carrier, &o.Waybill,
		&o.Priority, &o.Placed, &o.ShipBy, &o.BuyerRemark, &o.SellerRemark, &o.Currency,
		&l.Item, &x.gtin, &l.N, &l.Price, &l.Discount, &l.Paid, &l.Tax, &l.Gift, &x.parent}
}

// A Sale is a row of orders as Only sees it, before anything is looked up.
type Sale struct {
	Order string
	Item  store.SKU
	N     store.Qty   // below zero for what came back
	Price store.Money // of one unit
}

// noSale says whether a row is to be left out.
func (t *taking) noSale(r row) bool {
	if t.only == nil {
		return false
	}
	of := func(name string) string { return t.cell(r, t.column(name)) }
	n, ok := decimal(of("qty"), 0)
	price, _ := decimal(of("price"), moneyPlaces)
	return ok && !t.only(Sale{of("order"), store.SKU(of("sku")), store.Qty(n), store.Money(price)})
}

// orders takes orders that are new. One that came before must be the same; it is
// counted, and nothing is recorded.
func (t *taking) orders() error {
	for rows := range t.each(t.group("channel", "shop", "order")) {
		merged := t.merge(rows)
		var x orderRow
		t.fill(merged, x.fields())
		id, _, err := t.tx.OrderByPlatform(x.order.Channel, x.order.Shop, x.order.PlatformNo)
		if err != nil {
			return err
		}
		if id == "" {
			err = t.receive(rows, x)
		} else {
			err = t.meet(rows, merged, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// receive records a new order. Its recipient is kept beside the facts.
func (t *taking) receive(rows []row, x orderRow) (err error) {
	if x.order.ID, err = t.tx.NextOrderID(); err != nil {
		return err
	}
	if x.order.Lines, err = t.lines(rows); err != nil {
		return err
	}
	x.order.Content = x.order.Fingerprint()
	if x.person != (store.Recipient{}) {
		x.person.ID = store.RecipientID(t.newID())
		x.order.Recipient = x.person.ID
		if err := t.tx.KeepRecipient(x.person); err != nil {
			return err
		}
	}
	t.Taken++
	return t.tx.Record(store.OrderReceived{Order: x.order})
}

// meet compares an order with itself as it came before: in what the file says of
// it, and in its lines. A recipient who was erased meanwhile is not compared.
func (t *taking) meet(rows []row, merged row, id store.OrderID) (err error) {
	var was orderRow
	if was.order, err = t.tx.Order(id); err != nil {
		return err
	}
	if was.person, err = t.tx.Recipient(was.order.Recipient); err != nil {
		return err
	}
	now := was
	t.fill(merged, now.fields())
	if was.person.ID == "" {
		now.person = was.person
	}
	if now.order.Lines, err = t.lines(rows); err != nil {
		return err
	}
	changed := -1
	is, will := was.fields(), now.fields()
	for i, c := range t.columns[:len(is)] {
		if c.is&many == 0 && changed < 0 && !reflect.DeepEqual(is[i], will[i]) {
			changed = i
		}
	}
	have, want := linesText(now.order.Lines), linesText(was.order.Lines)
	if changed < 0 && have == want {
		t.Known++
		return nil
	}
	late, err := t.ask(now)
	switch {
	case err != nil || !late:
		return err
	case changed >= 0:
		t.problem(merged, t.columns[changed].name, OrderChanged, t.written(changed, is[changed]))
	default:
		t.note(Problem{Line: rows[0].line, Column: t.headerOf(t.column("sku")),
			Value: shown(have), Reason: OrderChanged, Want: shown(want)})
	}
	return nil
}

// ask asks for an order to be as a file now has it, unless that is asked for or was
// refused, or a person had it changed from that: an export that does not know of it
// undoes nothing. Late says that it cannot be changed any more.
func (t *taking) ask(x orderRow) (late bool, err error) {
	before, err := t.tx.Changes(x.order.ID)
	if err != nil {
		return false, err
	}
	for _, c := range before {
		passed := []store.Order{}
		if c.State != store.ChangeMade {
			passed = append(passed, c.To)
		}
		if c.Source != "import" {
			passed = append(passed, c.Was)
		}
		for _, o := range passed {
			p, err := t.tx.Recipient(o.Recipient)
			if err != nil {
				return false, err
			}
			o.Lines = order.Align(x.order.Lines, o.Lines, 0)
			if len(order.Diff(o, x.order, p, x.person)) == 0 {
				t.Known++
				return false, nil
			}
		}
	}
	e, err := order.RequestChange(t.tx, x.order, x.person, "import")
	if r, refused := store.RefusalOf(err); refused {
		if r.Code == store.NoChange {
			t.Known++
		}
		return r.Code != store.NoChange, nil
	}
	if err != nil {
		return false, err
	}
	t.Asked++
	return false, t.tx.Record(e)
}

// lines makes an order's lines of its rows. The same item again, at the same
// price, is more of it.
func (t *taking) lines(rows []row) (out []store.OrderLine, err error) {
	type like struct {
		item, parent store.SKU
		price        store.Money
		gift         store.Bit
	}
	at := map[like]int{}
	var parents []orderRow // by line
	var from []row
	for _, r := range rows {
		var x orderRow
		t.fill(r, x.fields())
		if x.line.Item == "" {
			if x.line.Item, err = t.named(x.gtin); err != nil {
				return nil, err
			}
		}
		key := like{x.line.Item, x.parent, x.line.Price, x.line.Gift}
		i, again := at[key]
		if !again {
			x.line.Line = int64(len(out) + 1)
			at[key] = len(out)
			out, parents, from = append(out, x.line), append(parents, x), append(from, r)
			continue
		}
		l := &out[i]
		l.N, l.Discount = l.N+x.line.N, l.Discount+x.line.Discount
		l.Paid, l.Tax = l.Paid+x.line.Paid, l.Tax+x.line.Tax
	}
	for i, x := range parents {
		if x.parent == "" {
			continue
		}
		kit := slices.IndexFunc(out, func(l store.OrderLine) bool { return l.Item == x.parent })
		if kit < 0 || kit == i {
			t.problem(from[i], "parent", UnknownItem, "")
		}
		out[i].Parent = int64(kit + 1)
	}
	return out, nil
}

// named is the item that a barcode stands for. One that nobody knows, or that
// means two things or a case, stays as it is: the review will hold the order.
func (t *taking) named(barcode string) (store.SKU, error) {
	found, err := t.coded(barcode)
	if err == nil && len(found) == 1 && found[0].N == 1 {
		return found[0].SKU, nil
	}
	return store.SKU(barcode), err
}

// linesText says what lines ask for, whatever their order.
func linesText(lines []store.OrderLine) string {
	var out []string
	for _, l := range lines {
		text := fmt.Sprintf("%s x %d", l.Item, l.N)
		for _, m := range []struct {
			mark string
			store.Money
		}{{" @ ", l.Price}, {" - ", l.Discount}, {" = ", l.Paid}, {" + ", l.Tax}} {
			if m.Money != 0 {
				text += m.mark + m.Money.String()
			}
		}
		if l.Gift {
			text += " *"
		}
		for _, kit := range lines {
			if kit.Line == l.Parent {
				text += " / " + string(kit.Item)
			}
		}
		out = append(out, text)
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

// written is a known value as a file would have it.
func (t *taking) written(column int, field any) string {
	switch v := reflect.ValueOf(field).Elem().Interface().(type) {
	case store.Money:
		return v.String()
	case int64:
		if name := t.columns[column].name; v != 0 && name != "priority" {
			return time.UnixMilli(v).In(t.zone).Format(time.DateTime)
		}
		return fmt.Sprint(v)
	default:
		return shown(fmt.Sprint(v))
	}
}

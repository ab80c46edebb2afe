package intake_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/intake"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

// bilingual are files with every column, in both languages.
var bilingual = []struct {
	kind   intake.Kind
	en, zh string
	row    string
}{
	{intake.Items, "SKU,name,short,spec,category,brand,supplier,unit,length,width,height,weight," +
		"verified,cost,price,currency,fragile,valuable,lots,serials,expiries,shelf_days," +
		"stop_days,multiple,active,safety,reorder,gtin,case gtin,case_qty",
		"商品编码,名称,简称,规格,类目,品牌,供应商,单位,长,宽,高（mm）,重量(g)," +
			"已称重,成本,单价,币种,易碎,贵重,批次管理,序列号管理,效期管理," +
			"保质期天数,停发天数,起订倍数,在售,安全库存,补货点,69码,箱码,装箱数",
		"S-1,名,简,规,类,牌,商,个,1,2,3,4,是,5.5,6.25,CNY,Y,否,1,no,true,180,30,6,停售,12,40," +
			"6901234567892,16901234567899,10"},
	{intake.Bins, "bin,kind,zone,aisle,bay,level,walk,capacity,mixing,active",
		"货位,类型,库区,巷道,排,层,拣货顺序,容量,混放,启用", "C-1,拣选,C,1,2,3,-4,50,不限,"},
	{intake.Stock, "bin,sku,gtin,qty,lot,serial,made,expires",
		"货位,SKU,条码,数量,批次,序列号,生产日期,有效期至",
		"A-01-01,MILK,,24,L9,,2026/1/5,2026年7月4日"},
	{intake.Operators, "number,name,roles,pin,language,active", "工号,姓名,角色,密码,语言,在职",
		"7,复核一号,复核、拣货 packer,246810,中文,是"},
	{intake.Orders, "order,channel,shop,customer,recipient,phone,address,city,province,postcode," +
		"country,token,freight,order_discount,order_tax,order_paid,pay_method,cod,mode," +
		"service,freight_payer,carrier,waybill,priority,placed,ship_by,buyer_remark," +
		"seller_remark,currency,sku,gtin,qty,price,discount,paid,tax,gift,parent",
		"订单号,渠道,店铺,客户,收件人,手机,地址,城市,省份,邮编,国家,密文,运费,优惠," +
			"订单税额,实付金额,支付方式,代收货款,配送方式,时效,运费付款方式,快递公司," +
			"快递单号,优先级,下单时间,截单时间,买家备注,卖家备注,币种," +
			"商品编码,条码,数量,单价,行优惠,实付,税额,赠品,套装",
		"T1,tmall,旗舰店,c9,张*,138****0000,文三路***号,杭州,浙江,310000,CN,tok,8,3,1.3,30.05," +
			"支付宝,30.05,快递,次日,到付,SF,SF1234567890123,5,2026-03-01 09:30," +
			"2026/3/1 18:00:00,\"轻放\n谢谢\",送贺卡,CNY,CUP-02,,3,12.5,2,35.5,1.2,否,"},
	{intake.Layouts, "zone,aisles,pitch,bay,bays,blocks,sides,depot,cross,one_way",
		"库区,巷道,巷道间距,排长,每段排数,段数,面数,起点巷道,起点横道,单行巷道",
		"A,01 02 03,3000,1000,20,2,2,02,1,03+"},
	{intake.Payments, "order,channel,shop,payment,kind,amount,method,at",
		"订单号,渠道,店铺,流水号,类型,金额,支付方式,付款时间",
		"P-1,,,A1,收款,25.5,支付宝,2026-03-01 09:30"},
	{intake.Cancellations, "order,channel,shop,number,kind,sku,qty,amount,reason,at",
		"订单号,渠道,店铺,退款单号,类型,商品编码,数量,金额,原因,时间",
		"P-1,,,K1,退款,TEA-500,2,25.5,不想要了,2026-03-01 09:30"},
	{intake.SignOffs, "waybill,slip,order,channel,shop,at,sku,gtin,signed,short,over,damaged",
		"运单号,出库单号,订单号,渠道,店铺,签收时间,商品编码,条码,签收数量,少件,多件,破损",
		",CK-1,P-1,,,2026-03-01 10:00,TEA-500,,2,1,1,2"},
	{intake.Shipments, "waybill,state,at,place,note",
		"快递单号,状态,时间,地点,说明",
		"SF0000000001,丢件,2026-03-01 10:00,武汉,盒子湿了"},
	{intake.Returns, "return,order,channel,shop,customer,sku,gtin,qty,reason,wants,how,proof," +
		"note,waybill,carrier,at",
		"退货单号,订单号,渠道,店铺,客户,商品编码,条码,数量,退货原因,售后类型,退回方式,凭证," +
			"说明,退货运单号,快递公司,申请时间",
		"R1,P-1,,,c9,TEA-500,,2,quality,换货,上门取件,发票 7,漏气,YT7700000000001,YTO," +
			"2026-03-03 10:00"},
	{intake.Refunds, "refund,return,channel,payment,amount,method,at",
		"退款编号,退货单号,渠道,流水号,退款金额,退款方式,退款时间",
		"a,TH1,,A1,25.5,支付宝,2026-03-05 10:00"},
}

func TestEveryColumnInBothLanguages(t *testing.T) {
	for _, c := range bilingual {
		t.Run(string(c.kind), func(t *testing.T) {
			en, zh := open(t), open(t)
			id := intake.NewID(func() string { return "r1" })
			for _, d := range []desk{en, zh} {
				header := map[bool]string{true: c.en, false: c.zh}[d == en]
				d.Record(left(storetest.Ordered("1", "TEA-500", 3), storetest.Noon)...)
				d.Record(store.ReturnRequested{RMA: store.RMA{ID: "TH1"}},
					store.RefundDue{ID: "a", RMA: "TH1", Order: "1", Amount: 25_5000})
				r := d.take(c.kind, header+",\n"+c.row+",\n", id)
				equal(t, len(r.UnknownColumns), 0)
				equal(t, r.Taken, int64(1))
			}
			equal(t, tail(en), tail(zh))
		})
	}
}

// tail is the body of the last fact.
func tail(d desk) string {
	log := d.log()
	return log[strings.LastIndex(log, `"body":`):]
}

func TestItems(t *testing.T) {
	d := open(t)
	d.take(intake.Items, bilingual[0].zh+"\n"+bilingual[0].row+"\n")
	want := store.Item{SKU: "S-1", Name: "名", Short: "简", Spec: "规", Category: "类", Brand: "牌",
		Supplier: "商", Unit: "个", Length: 1, Width: 2, Height: 3, Weight: 4, Weighed: true,
		Cost: 55000, Price: 62500, Currency: "CNY", Fragile: true, Lots: true, Expiries: true,
		ShelfDays: 180, StopDays: 30, Multiple: 6, Safety: 12, Reorder: 40,
		Barcodes: []store.Barcode{
			{Code: "06901234567892", N: 1}, {Code: "16901234567899", N: 10}}}
	equal(t, d.item("S-1"), want)

	// A file with few columns leaves the rest alone; an empty cell empties.
	d.take(intake.Items, "sku,weight,brand,备用\nS-1,9,,x\n")
	want.Weight, want.Brand = 9, ""
	equal(t, d.item("S-1"), want)

	// More rows are more barcodes; what is listed no more is dropped, but not the cases.
	d.take(intake.Items, "sku,name,gtin\nS-1,名,ABC\nS-1,,96385074\n")
	want.Barcodes = []store.Barcode{{Code: "00000096385074", N: 1}, {Code: "ABC", N: 1},
		{Code: "16901234567899", N: 10}}
	equal(t, d.item("S-1"), want)
	if !strings.Contains(tail(d), `"dropped":["06901234567892"]`) {
		t.Error("the fact does not say what it drops:", tail(d))
	}
	r := d.take(intake.Items, "Sku,gtin,Shelf Life,名称\nS-1,096385074\t,1,\nS-1,,,名\n")
	equal(t, r.UnknownColumns, []string{"Shelf Life"})
	d.Whole(sqlite.Open)
}

func TestBins(t *testing.T) {
	d := open(t)
	text := "bin,kind,walk,mixing\nC-1,,3,\nC-2,存储,,混放\nR-1,returns,,\nT-01,周转箱,,\n" +
		"S-1,暂存,,\nD-1,月台,,\n"
	equal(t, d.take(intake.Bins, text).Taken, int64(6))
	for code, want := range map[string]store.Bin{
		"C-1":  {Place: "bin/C-1", Use: store.PickUse, Walk: 3, Active: true},
		"C-2":  {Place: "bin/C-2", Use: store.StorageUse, Mixing: "any", Active: true},
		"R-1":  {Place: "bin/R-1", Use: store.ReturnsUse, Active: true},
		"T-01": {Place: "tote/T-01", Use: store.ToteUse, Active: true},
		"S-1":  {Place: "stage/S-1", Use: store.StageUse, Active: true},
		"D-1":  {Place: "dock/D-1", Use: store.DockUse, Active: true},
	} {
		equal(t, storetest.Read(d.Site, func(r *store.Reader) ([]store.Bin, error) {
			return r.PlacesByCode(code)
		}), []store.Bin{want})
	}
	equal(t, d.take(intake.Bins, text+"\n").Same, int64(6))
	equal(t, d.take(intake.Bins, "bin,zone\nC-2,Z\n").Taken, int64(1))
	bin := storetest.Read(d.Site, func(r *store.Reader) (store.Bin, error) {
		return r.Bin("bin/C-2")
	})
	equal(t, bin, store.Bin{Place: "bin/C-2", Use: store.StorageUse, Zone: "Z", Mixing: "any",
		Active: true})
}

func TestStock(t *testing.T) {
	d := open(t)
	d.take(intake.Items, "sku,name,expiries,serials,case_gtin,case_qty\nJAM,jam,y,,,\n"+
		"CAM,camera,,y,,\n")
	text := "bin,sku,gtin,qty,lot,serial,made,expires\n" +
		"A-01-01,TEA-500,,5,,,,\n" + // an item that is kept by nothing
		"A-01-02,,16901234567899,2,,,,\n" + // cases of 10
		"A-01-03,JAM,,7,,,,20270131\n" + // the expiry names the lot
		"A-01-01,MILK,,4,L1,,,2027-05-01\nA-01-02,MILK,,6,L1,,2026-01-01,\n" +
		"A-01-03,CAM,,1,,S9,,\n"
	equal(t, d.take(intake.Stock, text).Taken, int64(6))
	d.Stock("bin/A-01-01", "TEA-500", 5)
	d.Stock("bin/A-01-02", "TEA-500", 20)
	milk := storetest.Read(d.Site, func(r *store.Reader) (store.LotSeen, error) {
		return r.LotSeen("MILK", "L1")
	})
	equal(t, milk, store.LotSeen{SKU: "MILK", Lot: "L1", Made: 20260101, Expires: 20270501})
	jam := storetest.Read(d.Site, func(r *store.Reader) ([]store.Balance, error) {
		return r.Holding("bin/A-01-03", "JAM")
	})
	equal(t, jam, []store.Balance{{Place: "bin/A-01-03", N: 7, Expires: 20270131,
		Batch: store.Batch{Item: "JAM", Lot: store.LotOfExpiry(20270131)}}})

	// What the rows do not name stays; quantities are set, not added; dates are kept.
	equal(t, counts(d.take(intake.Stock, "bin,sku,qty,lot\nA-01-01,TEA-500,5,\n"+
		"A-01-02,TEA-500,0,\nA-01-01,MILK,9,L1\n")),
		"3 rows: 2 taken, 1 same, 0 known, 0 skipped, before false")
	d.Stock("bin/A-01-02", "TEA-500", 0)
	d.Stock("bin/A-01-01", "MILK", 9)
	equal(t, storetest.Read(d.Site, func(r *store.Reader) (store.LotSeen, error) {
		return r.LotSeen("MILK", "L1")
	}), milk)

	// A serial moves when one file takes it away and sets it down.
	d.take(intake.Stock, "bin,sku,qty,serial\nA-01-03,CAM,0,S9\nA-01-01,CAM,1,S9\n")
	d.Stock("bin/A-01-01", "CAM", 1)
	d.Whole(sqlite.Open)
}

func TestStockThatIsPromisedStays(t *testing.T) {
	d := open(t)
	d.Record(storetest.Has("A-01-01", "TEA-500", 4), storetest.Has("A-01-02", "TEA-500", 8),
		storetest.Ordered("SO1", "TEA-500", 6))
	d.Plan() // 4 are allocated in the first bin, 2 in the second
	p := d.load(intake.Stock, "bin,sku,qty\nA-01-02,TEA-500,1\n").Problems
	equal(t, p, []intake.Problem{{File: "f.csv", Line: 2, Column: "qty", Value: "1",
		Reason: intake.ReservedMore, Want: "2"}})
	d.take(intake.Stock, "bin,sku,qty\nA-01-02,TEA-500,2\n")

	// An order that waits for its slip holds stock in no bin of its own.
	d.Record(storetest.Has("A-01-03", "CUP-02", 5), store.OrderDecided{Order: "SO2",
		State:    store.Confirmed,
		Promises: []store.Promise{{Order: "SO2", Line: 1, Item: "CUP-02", N: 5}}})
	p = d.load(intake.Stock, "bin,sku,qty\nA-01-03,CUP-02,4\n").Problems
	equal(t, p, []intake.Problem{{File: "f.csv", Line: 2, Column: "qty", Value: "4",
		Reason: intake.ReservedMore, Want: "5"}})
	d.take(intake.Stock, "bin,sku,qty\nA-01-03,CUP-02,4\nA-01-01,CUP-02,1\n")
}

func TestOperators(t *testing.T) {
	d := open(t)
	text := "工号,姓名,角色,密码,语言\n7,复核一号,复核、拣货 packer,246810,zh\n8,Bob,supervisor,,en\n"
	equal(t, d.take(intake.Operators, text).Taken, int64(2))
	who, err := key.SignIn(t.Context(), d.Store, "7", "246810")
	d.Must(err)
	equal(t, who, store.Operator{ID: "7", Name: "复核一号", Roles: "picker verifier packer", Lang: "zh",
		Active: true})
	if strings.Contains(d.log(), "246810") {
		t.Error("a PIN is in the log")
	}

	// The same people with another PIN: nothing to record but the file.
	before := d.log()
	r := d.take(intake.Operators, strings.Replace(text, "246810", "13579", 1))
	equal(t, counts(r), "2 rows: 1 taken, 1 same, 0 known, 0 skipped, before false")
	equal(t, strings.Count(d.log()[len(before):], `"kind"`), 1)
	_, err = key.SignIn(t.Context(), d.Store, "7", "246810")
	equal(t, d.Code(err), store.WrongPIN)

	// Who leaves is not active; who comes back is known.
	d.take(intake.Operators, "number,name,active\n7,复核一号,离职\n")
	_, err = key.SignIn(t.Context(), d.Store, "7", "13579")
	equal(t, d.Code(err), store.UnknownOperator)
	d.take(intake.Operators, "number,name,active\n7,复核一号,在职\n")
	_, err = key.SignIn(t.Context(), d.Store, "7", "13579")
	equal(t, d.Code(err), store.Code(""))
}

func TestTheHashOfAFileWithPINsCannotBeTried(t *testing.T) {
	a, b := open(t), open(t)
	for d, with := range map[desk]access.Key{a: access.Key("one"), b: access.Key("two")} {
		_, err := intake.Load(t.Context(), d.Store, with, intake.Operators,
			[]intake.File{file("f", []byte("number,name,pin\n1,a,1234\n"))})
		d.Must(err)
	}
	if a.digest() == b.digest() {
		t.Error("the hash does not depend on the device's key")
	}
}

func TestOrders(t *testing.T) {
	d := open(t)
	d.take(intake.Items, "sku,name,gtin\nX,x,DUP\nY,y,DUP\n")
	n := 0
	ids := intake.NewID(func() string { n++; return fmt.Sprint("r", n) })
	text := "order,customer,placed,phone,sku,gtin,qty,price,discount,gift,parent,buyer_remark\n" +
		"T1,c9,,138****0000,TEA-500,,1,10,0.5,,,\n" +
		"T2,,,,NO-SUCH,,1,,,,,\n" +
		"T1,,2026-03-01 09:30,,,6901234567892,2,10,0.25,,,轻放\n" + // TEA-500 by its barcode
		"T1,,,,CUP-02,,1,,,是,TEA-500,\n" +
		"T1,,,,,DUP,1,3,,,,\n" +
		"T1,,,,,16901234567899,1,90,,,,\n" // a case: for the review
	equal(t, counts(d.take(intake.Orders, text, ids)),
		"6 rows: 2 taken, 0 same, 0 known, 0 skipped, before false")

	o := d.order("", "", "T1")
	placed := time.Date(2026, 3, 1, 9, 30, 0, 0, d.Zone()).UnixMilli()
	content := o.Content
	equal(t, o, store.Order{ID: "SO26030100001", PlatformNo: "T1", Customer: "c9", Recipient: "r1",
		Placed: placed, BuyerRemark: "轻放", Content: content, Lines: []store.OrderLine{
			{Line: 1, Item: "TEA-500", N: 3, Price: 100000, Discount: 7500},
			{Line: 2, Item: "CUP-02", N: 1, Gift: true, Parent: 1},
			{Line: 3, Item: "DUP", N: 1, Price: 30000},
			{Line: 4, Item: "16901234567899", N: 1, Price: 900000}}})
	other := d.order("", "", "T2")
	equal(t, other.ID, store.OrderID("SO26030100002"))
	equal(t, other.Recipient, store.RecipientID(""))
	person := storetest.Read(d.Site, func(r *store.Reader) (store.Recipient, error) {
		return r.Recipient("r1")
	})
	equal(t, person, store.Recipient{ID: "r1", Phone: "138****0000"})
	if strings.Contains(d.log(), "138****0000") {
		t.Error("a person's data is in the log")
	}

	// The same order in other words is known; bought again, it is like it.
	again := "优先级,订单号,SKU,条码,数量,单价,优惠分摊,赠品,套装\n" +
		",T1,CUP-02,,1,,,1,TEA-500\n,T1,DUP,,1,3,,,\n" +
		",T1,TEA-500,,3,10.0,0.75,,\n,T1,,16901234567899,1,90,,,\n"
	equal(t, counts(d.take(intake.Orders, again)),
		"4 rows: 0 taken, 0 same, 1 known, 0 skipped, before false")
	d.take(intake.Orders, strings.ReplaceAll(text, "T1", "T8"), ids)
	equal(t, d.order("", "", "T8").Content, content)
	d.Whole(sqlite.Open)
}

func TestAnOrderOfAPersonWhoWasErasedIsKnown(t *testing.T) {
	d := open(t)
	text := "order,sku,qty,phone\nT1,A,1,139\n"
	d.take(intake.Orders, text)
	d.Must(d.Alter(t.Context(), "DELETE FROM recipient"))
	equal(t, d.take(intake.Orders, text+"\n").Known, int64(1))
}

func TestOrdersOfTwoShopsMayShareANumber(t *testing.T) {
	d := open(t)
	r := d.take(intake.Orders, "channel,shop,order,sku,qty\njd,a,1,A,1\njd,b,1,A,2\ntm,a,1,A,3\n")
	equal(t, r.Taken, int64(3))
	equal(t, d.order("tm", "a", "1").Lines[0].N, store.Qty(3))
}

// TestAWorkbookIsTakenExactly: codes stay whole, amounts exact, and days are days.
func TestAWorkbookIsTakenExactly(t *testing.T) {
	f := excelize.NewFile()
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	set := func(row int, cells ...any) {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", row), &cells); err != nil {
			t.Fatal(err)
		}
	}
	set(3, "订单号", "下单时间", "收件人", "SKU", "条码", "数量", "单价", "赠品")
	set(5, 202603010001, time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC), "张*", "TEA-500", nil, 2,
		2.55, false)
	set(6, nil, nil, nil, nil, 6909876543212, 1, 0.1+0.2, true)
	set(7, 202603010002, 46082, nil, "CUP-02", nil, 3, 19.9999, nil)
	for _, err := range []error{
		f.MergeCell("Sheet1", "A5", "A6"), f.MergeCell("Sheet1", "B5", "B6"),
		f.SetCellStyle("Sheet1", "B7", "B7", day), f.SetRowVisible("Sheet1", 7, false)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	book, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	d := open(t)
	equal(t, d.take(intake.Orders, book.String()).Taken, int64(2))
	o := d.order("", "", "202603010001")
	equal(t, time.UnixMilli(o.Placed).In(d.Zone()).Format(time.DateTime), "2026-03-01 09:30:00")
	equal(t, o.Lines, []store.OrderLine{{Line: 1, Item: "TEA-500", N: 2, Price: 25500},
		{Line: 2, Item: "CUP-02", N: 1, Price: 3000, Gift: true}})
	o = d.order("", "", "202603010002")
	equal(t, time.UnixMilli(o.Placed).In(d.Zone()).Format(time.DateTime), "2026-03-01 00:00:00")
	equal(t, o.Lines[0].Price, store.Money(199999))
}

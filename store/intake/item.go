package intake

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"

	"scanbay/store"
)

// itemNames are the columns that say which item a row is about.
var itemNames = []string{"sku", "gtin"}

// itemColumns are those of items. Rows of one SKU list more barcodes of it.
var itemColumns = []column{
	{"sku", "商品编码 货号 商品货号 商家编码 StockCode item item_code", code, must},
	{"name", "名称 商品名称 品名 商品名 Description", text, may},
	{"short", "简称 商品简称 short_name", text, may},
	{"spec", "规格 颜色尺码 颜色规格 规格型号 specification variant", text, may},
	{"category", "类目 品类 分类", text, may},
	{"brand", "品牌", text, may},
	{"supplier", "供应商 vendor", text, may},
	{"unit", "单位 计量单位", text, may},
	{"length", "长 长度", count, may},
	{"width", "宽 宽度", count, may},
	{"height", "高 高度", count, may},
	{"weight", "重量 毛重", count, may},
	{"verified", "已称重 weighed", bit, may},
	{"cost", "成本 成本价 采购价", money, may},
	{"price", "单价 售价 标价 价格 UnitPrice list_price", money, may},
	{"currency", "币种", code, may},
	{"fragile", "易碎 易碎品", bit, may},
	{"valuable", "贵重 贵重品", bit, may},
	{"lots", "批次管理 lot_control", bit, may},
	{"serials", "序列号管理 serial_control", bit, may},
	{"expiries", "效期管理 保质期管理 expiry_control", bit, may},
	{"shelf_days", "保质期天数 保质期", count, may},
	{"stop_days", "停发天数 禁售天数", count, may},
	{"multiple", "起订倍数 销售倍数", count, may},
	{"active", "在售 启用 状态 status", bit, may},
	{"safety", "安全库存 safety_stock", count, may},
	{"reorder", "补货点 再订货点 订货点 reorder_point", count, may},
	{"gtin", "商品条码 69码 条码 条形码 国际条码 barcode ean upc", barcode, many},
	{"case_gtin", "箱码 外箱条码 箱条码 case_barcode", barcode, many},
	{"case_qty", "箱规 装箱数 装箱数量 每箱数量 case_pack", some, many},
	{"case_unit", "箱单位 包装单位", text, many},
}

type itemRow struct {
	store.Item
	each, box string // barcodes
	boxN      store.Qty
	boxUnit   string
}

// fields stand in the order of the columns.
func (x *itemRow) fields() []any {
	return []any{&x.SKU, &x.Name, &x.Short, &x.Spec, &x.Category, &x.Brand, &x.Supplier, &x.Unit,
		&x.Length, &x.Width, &x.Height, &x.Weight, &x.Weighed, &x.Cost, &x.Price, &x.Currency,
		&x.Fragile, &x.Valuable, &x.Lots, &x.Serials, &x.Expiries, &x.ShelfDays, &x.StopDays,
		&x.Multiple, &x.Active, &x.Safety, &x.Reorder, &x.each, &x.box, &x.boxN, &x.boxUnit}
}

// items takes items as they are from now on. What the file has no column for
// stays as it is known.
func (t *taking) items() error {
	for rows := range t.each(t.group("sku")) {
		merged := t.merge(rows)
		sku, _ := t.value(rows[0], t.column("sku"))
		known, err := t.tx.Item(store.SKU(sku.(string)))
		isNew, err := unknown(err)
		if err != nil {
			return err
		}
		x := itemRow{Item: known}
		t.fill(merged, x.fields())
		if active := t.column("active"); isNew && t.cell(merged, active) == "" {
			x.Active = true
		}
		if x.Name == "" {
			t.problem(rows[0], "name", MissingValue, "")
			continue
		}
		var dropped []string
		x.Barcodes, dropped = t.barcodes(rows, known.Barcodes)
		if !isNew && reflect.DeepEqual(known, x.Item) {
			t.Same++
			continue
		}
		if err := t.tx.Record(store.ItemSaved{Item: x.Item, Dropped: dropped}); err != nil {
			return err
		}
		t.Taken++
	}
	return nil
}

// barcodes are those that the rows of an item list, and the known ones that they
// list no more. A file without a column for pieces or for cases says nothing of
// their barcodes.
func (t *taking) barcodes(rows []row, known []store.Barcode) (now []store.Barcode,
	dropped []string) {
	say := func(r row, name string, is store.Barcode) {
		i := slices.IndexFunc(now, func(b store.Barcode) bool { return b.Code == is.Code })
		switch {
		case i < 0:
			now = append(now, is)
		case now[i].N != is.N:
			t.problem(r, name, Contradiction, strconv.FormatInt(int64(now[i].N), 10))
		}
	}
	for _, r := range rows {
		x := itemRow{}
		if t.has("gtin") || t.has("case_gtin") {
			t.fill(r, x.fields())
		}
		if x.each != "" {
			say(r, "gtin", store.Barcode{Code: x.each, N: 1})
		}
		if x.box != "" && x.boxN == 0 {
			t.problem(r, "case_qty", MissingValue, "")
		} else if x.box != "" {
			say(r, "case_gtin", store.Barcode{Code: x.box, N: x.boxN, Unit: x.boxUnit})
		}
	}
	for i := range now {
		for _, was := range known {
			if was.Code == now[i].Code && !t.has("case_unit") {
				now[i].Unit = was.Unit
			}
		}
	}
	for _, b := range known {
		listed := slices.ContainsFunc(now, func(x store.Barcode) bool { return x.Code == b.Code })
		switch {
		case listed:
		case b.N == 1 && t.has("gtin"), b.N > 1 && t.has("case_gtin"):
			dropped = append(dropped, b.Code)
		default:
			now = append(now, b)
		}
	}
	slices.SortFunc(now, func(a, b store.Barcode) int {
		return cmp.Or(cmp.Compare(a.N, b.N), cmp.Compare(a.Code, b.Code))
	})
	return now, dropped
}

// coded are the items that a barcode stands for.
func (t *taking) coded(code string) ([]store.Coded, error) {
	if found, ok := t.codes[code]; ok {
		return found, nil
	}
	found, err := t.tx.ItemsByCode(code)
	t.codes[code] = found
	return found, err
}

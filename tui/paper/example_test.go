package paper

import (
	"slices"
	"testing"

	"scanbay/store"
	"scanbay/tui/i18n"
)

type example struct {
	kind store.Paper
	Doc
}

// examples are one of each kind of document, and a carton with an SSCC.
func examples(t i18n.Text) []example {
	return slices.Concat(labels(t), sheets(t))
}

func customer() store.Recipient {
	return store.Recipient{Name: "王小明", Phone: "13800004417", City: "杭州市",
		Address: "西湖区文一西路 969 号 3 幢 2 单元 501 室"}
}

func labels(t i18n.Text) []example {
	tea := store.Item{SKU: "TEA-500", Name: "West Lake Longjing 龙井茶", Spec: "500g 罐装"}
	of := func(code string, n store.Qty) Doc {
		return ItemLabel("SB", tea, store.Barcode{Code: code, N: n})
	}
	parcel := Parcel{Carton: store.Carton{ID: "CK26030100001-1-S1", Slip: "CK26030100001", N: 1,
		Waybill: "SF3100000000001", Carrier: "SF", Mode: store.Express}, Of: 3, To: customer(),
		From: "HZ1", Orders: []string{"SO-1001"}}
	pallet := parcel
	pallet.ID, pallet.Waybill, pallet.Of, pallet.Mode = "095011015300000010", "", 0, store.OwnFleet
	return []example{
		{store.CartonPaper, CartonLabel(t, "SB", parcel)},
		{store.CartonPaper + " sscc", CartonLabel(t, "SB", pallet)},
		{store.TotePaper, PlaceLabel(t, "SB", store.Bin{Place: store.InTote("T-031")})},
		{store.BinPaper, PlaceLabel(t, "SB", store.Bin{Place: store.InBin("A-03-12-2"),
			Zone: "A"})},
		{store.StagePaper, PlaceLabel(t, "SB", store.Bin{Place: "stage/returns"})},
		{store.StagePaper + " dock", PlaceLabel(t, "SB", store.Bin{Place: "dock/D2"})},
		{store.ItemPaper, of("06901234567892", 1)},
		{store.ItemPaper + " case", of("16901234567899", 12)},
		{store.ItemPaper + " short", of("00000096385074", 1)},
		{store.ItemPaper + " ours", ItemLabel("SB", tea, store.Barcode{})},
		{store.BadgePaper, BadgeLabel(t, "SB", store.Operator{ID: "101", Name: "李娜",
			Roles: "picker packer"})},
		{store.ReturnPaper, ReturnLabel(t, "SB", store.RMA{ID: "TH26030100002",
			Lines: []store.RMALine{{Order: "SO26030100001"}, {Order: "SO26030100001"}}})},
		{store.TestPaper, TestSheet(t, "SB")},
		{store.CommandPaper, CommandSheet([]i18n.Text{t}, "SB", []CommandGroup{{"1",
			i18n.Commands}})},
	}
}

func sheets(t i18n.Text) []example {
	s := SlipSheet{Slip: store.Slip{ID: "CK26030100001", Carrier: "SF", Mode: store.Express,
		Remarks: []string{"易碎，请多包一层"}}, Orders: []string{"SO-1001", "SO-1002"},
		To: customer(), ShipBy: "15:00"}
	var goods []store.PackedGoods
	for i := range int64(30) {
		about := store.Item{SKU: "TEA-500", Name: "West Lake Longjing 龙井茶", Spec: "500g 罐装"}
		s.Lines = append(s.Lines, store.SlipLine{Line: i + 1, Item: about.SKU, N: 12,
			About: about})
		s.Tasks = append(s.Tasks, store.PickTask{Line: i + 1, From: store.InBin("A-03-12-2"),
			Item: about.SKU, Lot: "L2603", Want: 12, Picked: store.Qty(i % 3 * 6)})
		goods = append(goods, store.PackedGoods{Line: i + 1,
			Batch: store.Batch{Item: about.SKU, Lot: "L2603"}, N: 12})
	}
	cartons := []PackedCarton{
		{store.Carton{ID: "CK26030100001-1-S1", N: 1}, goods[:20]},
		{store.Carton{ID: "CK26030100001-2-S1", N: 2}, goods[20:]},
	}
	load := Loaded{Handover: store.Handover{ID: "HO26030100001", Carrier: "SF",
		Truck: "浙A12345", Dock: "dock/D2"}, Left: "2026-03-01 15:20", Pieces: 36}
	for _, no := range []store.WaybillNo{"SF3100000000001", "SF3100000000002"} {
		load.Rows = append(load.Rows, store.Departure{Carton: "CK26030100001-1-S1", Waybill: no,
			Carrier: "SF", N: 18, Grams: 2350})
	}
	return []example{
		{store.SlipPaper, OutboundSlip(t, "SB", s)},
		{store.PickPaper, PickList(t, "SB", s)},
		{store.PackingPaper, PackingList(t, "SB", s, cartons)},
		{store.LoadingPaper, LoadingList(t, load)},
	}
}

// Every kind of document has its example, and a name of its own in each language.
func TestEveryPaperHasItsExample(t *testing.T) {
	for _, text := range []i18n.Text{i18n.Chinese{}, i18n.English{}} {
		for _, kind := range store.Papers {
			if text.Papers()[kind] == "" || !slices.ContainsFunc(examples(text),
				func(e example) bool { return e.kind == kind }) {
				t.Errorf("%s: %s", text.Tag(), kind)
			}
		}
	}
}

package intake_test

import (
	"strings"

	"scanbay/store/intake"
)

// problems are files that cannot be taken: line|column|value|reason|want.
var problems = []struct {
	kind intake.Kind
	text string
	want []string
}{
	{intake.Bins, "", []string{"0|||empty_file|"}},
	{intake.Bins, "货位\n\n,\n", []string{"0|||empty_file|"}},
	{intake.Bins, "place\nA-1\n", []string{"0|||not_a_table|bin"}},
	{intake.Bins, "bin,zone\nA-1,#N/A\n#DIV/0!,#1\n#NAME?,#!\n", []string{
		"2|zone|#N/A|formula_error|", "3|bin|#DIV/0!|formula_error|",
		"4|bin|#NAME?|formula_error|"}},
	{intake.Bins, "bin\n1E+15\n1E+05\n", []string{"2|bin|1E+15|shortened|"}},
	{intake.Bins, "bin\n" + strings.Repeat("A234567\n", 8<<20), []string{
		"0|||too_large|67108864"}},
	{intake.Bins, string(pack(strings.Repeat("bin\nA-1\n", 99))[:40]), []string{
		"0|||damaged_file|"}},
	{intake.Items, "PK\x03\x04\x14\x00,rubbish", []string{"0|||damaged_file|"}},
	{intake.Items, "\"sku\"x,name\n", []string{"1|||bad_quote|"}},
	{intake.Stock, "数量\n3\n", []string{
		"1|bin||missing_column|bin, 货位, 库位, 货位号, 货位编码, location",
		"1|sku||missing_column|sku, 商品编码, 货号, 商品货号, 商家编码, StockCode, item, " +
			"item_code, gtin, 商品条码, 69码, 条码, 条形码, 国际条码, barcode, ean, upc"}},
	{intake.Bins, "\n货位,Code,库区\nA,B,C\n", []string{"2|Code|Code|duplicate_column|货位"}},

	{intake.Bins, "bin,zone\nC-1,A\nC-2\nC-3,A,B\nC-4,A,\n", []string{
		"3||1|ragged_row|2", "4||3|ragged_row|2"}},
	{intake.Bins, "bin,zone\nC-1,A\"B\nC-2,\"A\"B\nC-3,\"A\n", []string{
		"2|||bad_quote|", "3|||bad_quote|", "4|||bad_quote|"}},
	{intake.Bins, "货位,库区\nC-1,A\nC-2,A\nc-1,A\nC-1,A\n", []string{
		"5|货位|C-1|duplicate_row|2"}},
	{intake.Stock, "bin,sku,gtin,qty\nA-01-01,TEA-500,,1\nA-01-01,,06901234567892,2\n", []string{
		"2|qty|1|reserved_more|9", "3|bin|A-01-01|duplicate_row|2"}},
	{intake.Orders, "order,sku,qty,price,phone\nX1,CUP-02,3,9.5,138****0000\n", []string{
		"2|sku|CUP-02 x 3 @ 9.5|order_changed|CUP-02 x 2 @ 9.5"}},
	{intake.Orders, "订单号,SKU,数量,单价,手机,优先级\nX1,CUP-02,2,9.5,139,7\n", []string{
		"2|手机|139|order_changed|138****0000"}},

	{intake.Items, "sku,名称,箱码,箱规\nNEW,,,\n,x,,\nPOT,壶,16901234567899,\n", []string{
		"2|名称||missing_value|", "3|sku||missing_value|", "4|箱规||missing_value|"}},
	{intake.Items, "sku,name,weight,cost,高(mm)\nA,a,1.5,0,0\nB,b,1e3,0.00001,0\n" +
		"C,c,0,12..5,1000000001\nD,d,0,\"1,23\",0\nE,e,0,\"1,2345\",100000000.0001\n", []string{
		"2|weight|1.5|bad_number|", "3|weight|1e3|bad_number|", "3|cost|0.00001|bad_number|",
		"4|高(mm)|1000000001|bad_number|", "4|cost|12..5|bad_number|", "5|cost|1,23|bad_number|",
		"6|高(mm)|100000000.0001|bad_number|", "6|cost|1,2345|bad_number|"}},
	{intake.Items, "sku,name,长,单价,箱规\nA,a,-1,-2.50,0\n", []string{
		"2|长|-1|negative|0", "2|单价|-2.50|negative|0", "2|箱规|0|negative|1"}},
	{intake.Orders, "order,sku,qty\nX2,A,-1\nX2,B,0\nX2,C,\n", []string{
		"2|qty|-1|negative|1", "3|qty|0|negative|1", "4|qty||missing_value|"}},
	{intake.Stock, "bin,sku,qty,有效期至\nA-01-02,TEA-500,1,2027-02-30\n" +
		"A-01-02,JAM,1,明年\n", []string{
		"2|有效期至|2027-02-30|bad_date|2026-03-01", "3|有效期至|明年|bad_date|2026-03-01"}},
	{intake.Orders, "order,sku,qty,placed\nX2,A,1,12/1/2010 8:26\n", []string{
		"2|placed|12/1/2010 8:26|bad_date|2026-03-01 14:30"}},
	{intake.Bins, "bin,类型,混放,启用\nC-1,货架,都行,也许\n", []string{
		"2|类型|货架|bad_choice|pick, storage, returns, defect, hold, tote, stage, dock",
		"2|混放|都行|bad_choice|item, lot, any", "2|启用|也许|bad_choice|yes, no"}},
	{intake.Operators, "工号,姓名,角色,密码\n1,甲,\"拣货,老板\",123\n" +
		"2,乙,拣货,12345678901234\n3,丙,,12a4\n", []string{
		"2|角色|拣货,老板|bad_choice|picker, verifier, packer, receiver, inspector, counter, " +
			"supervisor, administrator",
		"2|密码|****|bad_pin|4-12", "3|密码|****|bad_pin|4-12", "4|密码|****|bad_pin|4-12"}},
	{intake.Items, "sku,name,gtin,case_gtin,case_qty\nA,a,6901234567893,6.90123E+12,6\n", []string{
		"2|gtin|6901234567893|bad_check_digit|6901234567892",
		"2|case_gtin|6.90123E+12|shortened|"}},
	{intake.Bins, "bin,zone\n" + strings.Repeat("X", 65) + "," + strings.Repeat("区", 2001) +
		"\n", []string{
		"2|bin|" + strings.Repeat("X", 60) + "...|too_long|64",
		"2|zone|" + strings.Repeat("区", 60) + "...|too_long|2000"}},
	{intake.Items, "sku,name,spec\n\"A\u200b1\",a\x00b,a\u202eb\n" +
		"\"B\nC\",\"two\nlines\",\nD,\x1b[2J,\n", []string{
		"2|sku|A<U+200B>1|control_character|", "2|name|a<U+0000>b|control_character|",
		"2|spec|a<U+202E>b|control_character|", "3|sku|B<U+000A>C|control_character|",
		"6|name|<U+001B>[2J|control_character|"}},
	{intake.Bins, "货位,库区\nC-1,\ufffd\nC-2,\"a\nb\"\nC-3,a\ufffd\n", []string{
		"2|库区|\ufffd|encoding|", "5|库区|a\ufffd|encoding|"}},
	{intake.Bins, "bin,zone\nC-1,\xff\xff\n", []string{"2|zone|\ufffd\ufffd|encoding|"}},

	{intake.Items, "sku,name,brand,gtin,case_gtin,case_qty\n" +
		"A,a,b,123,,\nA,,c,,,\nA,,,,123,6\n", []string{
		"3|brand|c|contradiction|b", "4|case_gtin|123|contradiction|1"}},
	{intake.Orders, "order,sku,qty,customer\nX2,A,1,Li\nX3,A,1,Wu\nX2,B,1,Wu\n", []string{
		"4|customer|Wu|contradiction|Li"}},
	{intake.Stock, "bin,sku,qty,lot,serial,expires\n" +
		"A-01-01,MILK,1,L1,,2027-01-01\nA-01-02,MILK,1,L1,,2027-01-02\nA-01-03,TEA-500,1,,SN9,\n" +
		"A-01-03,PHONE,2,,SN2,\nA-01-03,PHONE,1,,,\nA-01-03,MILK,1,,,\nA-01-03,JAM,1,,,\n" +
		"A-01-03,MILK,1,L2,,\nA-01-03,PHONE,1,,SN1,\n", []string{
		"3|expires|2027-01-02|contradiction|2027-01-01", "4|serial|SN9|contradiction|serials: no",
		"5|qty|2|bad_number|1", "6|serial||missing_value|", "7|lot||missing_value|",
		"8|expires||missing_value|", "9|expires||missing_value|",
		"10|serial|SN1|contradiction|A-01-02"}},
	{intake.Stock, "bin,sku,gtin,qty\nZ-9,TEA-500,,1\nA-01-01,TEE,,1\nA-01-01,,6909876543210,1\n" +
		"A-01-01,,,1\nA-01-01,,6901234567893,1\nA-01-01,,DUP,1\n", []string{
		"2|bin|Z-9|unknown_bin|", "3|sku|TEE|unknown_item|",
		"4|gtin|6909876543210|bad_check_digit|6909876543212", "5|sku||missing_value|",
		"6|gtin|6901234567893|bad_check_digit|6901234567892",
		"7|gtin|DUP|ambiguous_item|JAM, JAR"}},
	{intake.Payments, "order,payment,amount\nNONE,A1,5\nP-SO1,A0,6\nP-SO1,A2,-1\n", []string{
		"2|order|NONE|unknown_order|", "3|payment|A0|taken_as_other|5", "4|amount|-1|negative|0"}},
	{intake.Cancellations, "order,number,sku,qty\nP-SO1,K1,CUP-02,1\nP-SO1,K2,TEA-500,99\n",
		[]string{"2|sku|CUP-02|not_on_order|", "3|qty|99|cut_too_much|9"}},
	{intake.Layouts, "zone,pitch,bay,bays,sides\nA,3000,1000,20,3\n", []string{
		"2|sides|3|bad_number|1, 2"}},
	{intake.Orders, "order,sku,qty,parent\nX2,A,1,KIT\nX2,B,1,B\n", []string{
		"2|parent|KIT|unknown_item|", "3|parent|B|unknown_item|"}},
	{intake.Returns, "return,order,sku,gtin,qty,reason\nA1,NONE,CUP-02,,1,size\n" +
		"A2,P-SO1,TEA-500,,1,size\nA3,P-SO2,CUP-02,,4,size\nA4,P-SO2,TEA-500,,1,size\n" +
		"A5,,TEE,,1,size\nA6,P-SO2,CUP-02,,1,size\nA6,P-SO1,TEA-500,,1,size\n" +
		"A6,P-SO2,,6909876543212,3,size\nR1,,TEA-500,,2,size\nA7,,,DUP,1,size\n" +
		"A8,,,16901234567899,200000,size\n", []string{
		"2|order|NONE|unknown_order|", "3|order|P-SO1|not_sent|", "4|qty|4|over_sent|3",
		"5|sku|TEA-500|not_on_order|", "6|sku|TEE|unknown_item|",
		"8|order|P-SO1|other_customer|", "9|qty|3|over_sent|2",
		"10|return|R1|asked_otherwise|TH26030100001", "11|gtin|DUP|ambiguous_item|JAM, JAR",
		"12|qty|200000|bad_number|"}},
	{intake.Returns, "退货单号,订单号,条码,数量,原因,售后类型,运单号,说明\n" +
		"A1,P-SO2,16901234567899,1,尺码不合,换货,?,\nA2,,,1,,仅退款,,\n", []string{
		"2|运单号|?|bad_waybill|", "3|原因||missing_value|",
		"3|售后类型|仅退款|bad_choice|refund, exchange, repair", "3|sku||missing_value|"}},
	{intake.SignOffs, "slip,waybill,order,at,sku,gtin,signed,short,over,damaged\n" +
		"CK0,,,2026-03-01,,,,,,\n,SF0000000001,,2026-03-01,,,,,,\n,,P-SO1,2026-03-01,,,,,,\n" +
		",,NONE,2026-03-01,,,,,,\n,,P-SO2,2026-03-01,CUP-02,,4,,,\n" +
		",,P-SO2,2026-03-01,MILK,,1,,,\n,,P-SO2,2026-03-01,,,1,,,\n" +
		"CK-SO2,,,2026-03-01,CUP-02,,0,,,\nCK-SO2,SF1,,2026-03-01,CUP-02,,,1,,3\n" +
		"CK-SO2,SF2,,2026-03-01,CUP-02,,,,9000000,\n,,,2026-03-01,,,,,,\nCK-1,,,,,,,,,\n",
		[]string{"2|slip|CK0|unknown_slip|", "3|waybill|SF0000000001|unknown_slip|",
			"4|order|P-SO1|not_sent|", "5|order|NONE|unknown_order|", "6|signed|4|over_sent|3",
			"7|sku|MILK|not_on_order|", "8|sku||missing_value|", "9|signed|0|negative|1",
			"10|damaged|3|over_sent|2", "11|signed||bad_number|3", "12|slip||missing_value|",
			"13|at||missing_value|"}},
	{intake.SignOffs, "slip,at\nCK-SO2,2026-03-09\n",
		[]string{"2|at|2026-03-09|not_that_day|<= 2026-03-01"}},
	{intake.SignOffs, "slip,at\nCK-SO2,2026-02-09\n",
		[]string{"2|at|2026-02-09|not_that_day|>= 2026-03-01"}},
	{intake.Shipments, "waybill,state,at\nSF0000000001,lost,2026-03-01\n" +
		"SF0000000001,gone,2026-03-01\n,lost,2026-03-01\n",
		[]string{"2|waybill|SF0000000001|unknown_slip|",
			"3|state|gone|bad_choice|in_transit, delayed, damaged, lost, delivered, returned",
			"4|waybill||missing_value|"}},
	{intake.Refunds, "refund,return,payment,amount\n,NONE,B1,5\nX,,B1,5\n,R1,B1,5\n,,B2,5\n",
		[]string{"2|return|NONE|unknown_return|", "3|refund|X|unknown_return|",
			"4|amount|5|not_due|0", "5|refund||missing_value|"}},
}

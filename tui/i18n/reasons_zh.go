package i18n

import "scanbay/store/intake"

// Reasons implements Tables.
func (Chinese) Reasons() map[intake.ReasonCode]Words {
	return map[intake.ReasonCode]Words{
		intake.EmptyFile:        {"文件没有数据", "请重新导出"},
		intake.TooLarge:         {"文件超过 {want} 字节", "请拆分"},
		intake.Password:         {"文件有密码", "请打开后取消密码，保存再导入"},
		intake.OldFormat:        {"文件是旧版表格格式", "请另存为XLSX或CSV再导入"},
		intake.WhichSheet:       {"要导入哪个工作表？有：{want}", "请用 --sheet 指定一个"},
		intake.DamagedFile:      {"文件已损坏", "请重新拷贝或导出"},
		intake.NotATable:        {"找不到表头", "请带表头另存为CSV或XLSX[，如 {want}]"},
		intake.MissingColumn:    {"缺少列", "请加一列，列名可用：{want}"},
		intake.DuplicateColumn:  {"与列 {want} 含义相同", "请删掉一列"},
		intake.NoSuchHeader:     {"文件没有这一列，现有 {want}", "请按文件表头填写 --map"},
		intake.RaggedRow:        {"本行 {got} 列，表头 {want} 列", "请给每列写表头；CSV里含逗号的内容请加引号"},
		intake.BadQuote:         {"引号不成对", "请写成两个引号，或删除"},
		intake.DuplicateRow:     {"与第 {want} 行重复", "请删掉一行"},
		intake.OrderChanged:     {"该订单已导入，原为 {want}，已不能变更", "请移除这些行，或找主管"},
		intake.MissingValue:     {"不能为空", "请填写"},
		intake.BadNumber:        {"数字不对[，应为 {want}]", "只填数字，不带单位"},
		intake.Negative:         {"小于 {want}", "请更正，退货行请移除"},
		intake.BadDate:          {"日期不对", "请写成 {want}"},
		intake.BadChoice:        {"不在可选范围", "可选：{want}"},
		intake.BadPIN:           {"PIN应为 {want} 位数字", "请更正；该列设为文本以保留0"},
		intake.BadCheckDigit:    {"条码校验位不符，应为 {want}", "请重新扫码"},
		intake.Shortened:        {"编码被表格软件缩成科学计数", "该列设为文本后重新导出"},
		intake.FormulaError:     {"公式没有得出结果", "请打开表格改正公式或直接填值，保存"},
		intake.MergedCell:       {"与上面的单元格合并了", "请取消合并，每行分别填写"},
		intake.TooLong:          {"超过 {want} 个字", "请缩短"},
		intake.ControlCharacter: {"含有看不见的字符", "请重新输入"},
		intake.Encoding:         {"有乱码", "请用UTF-8或GB18030保存"},
		intake.Contradiction:    {"与别处的 {want} 矛盾", "请改成一致"},
		intake.UnknownItem:      {"没有这个商品", "请先导入商品，或更正编码"},
		intake.AmbiguousItem:    {"条码对应多个商品：{want}", "请填SKU"},
		intake.UnknownBin:       {"没有这个货位，或已停用", "请先导入货位"},
		intake.ReservedMore:     {"订单占用，至少 {want}", "请先拣完，或取消订单"},
		intake.UnknownOrder:     {"没有这个订单，或多个店铺有同号订单", "请先导入订单，并填渠道和店铺"},
		intake.NotOnOrder:       {"订单里没有这个商品", "请更正商品编码"},
		intake.CutTooMuch:       {"多于订单剩余的 {want} 件", "请更正数量"},
		intake.TakenAsOther:     {"单号已登记过，金额 {want}", "请核对单号、类型和金额"},
	}
}

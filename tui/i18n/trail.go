package i18n

import "fmt"

// TrailText is said where it is asked what happened to a thing.
type TrailText interface {
	HomeTrail() string
	TrailTitle() string
	TrailAsk() string
	TrailOf(what string) string
	TrailLooks() string // while it is looked for
	TrailNone() string  // of the thing, in that time
	TrailFirst(n int) string
	TrailHint() string
	TrailWhich() string // time
	TrailSaved(path string) string
	TrailHeader() []string  // of its table: time, operator, second, station, event, about, raw, ...
	TrailFields() TrailRows // of one fact
	TrailPair(name, value string) string
	TrailExpired(day string) string // of goods that were taken all the same
}

// TrailRows names what is known of a fact.
type TrailRows struct {
	At, Off, Who, Second, Where, What, About, Raw, By, Number, Knew string
}

func (English) HomeTrail() string  { return "Audit trail" }
func (English) TrailTitle() string { return "Audit trail" }
func (English) TrailAsk() string {
	return "Scan or type it: order, slip, item, bin, lot, serial, badge, waybill."
}
func (English) TrailOf(what string) string { return "Trail of " + what }
func (English) TrailLooks() string         { return "looking..." }
func (English) TrailNone() string          { return "Nothing in that time." }
func (English) TrailExpired(day string) string {
	return "expired " + day
}
func (English) TrailFirst(n int) string { return fmt.Sprintf("the last %d", n) }
func (English) TrailHint() string       { return "Enter shows one in full. Scan another." }
func (English) TrailWhich() string      { return "Over which time?" }
func (English) TrailSaved(path string) string {
	return "The trail is in " + path
}
func (English) TrailHeader() []string {
	return []string{"time", "event", "detail", "operator", "name", "second", "station", "about",
		"raw", "source", "author", "epoch", "number"}
}
func (English) TrailFields() TrailRows {
	return TrailRows{"When", "Its clock was off by", "Who", "With", "Where", "What", "About",
		"Scanned", "Scanned by", "Fact", "Known up to fact"}
}
func (English) TrailPair(name, value string) string { return name + ": " + value }

func (Chinese) HomeTrail() string  { return "操作记录" }
func (Chinese) TrailTitle() string { return "操作记录" }
func (Chinese) TrailAsk() string {
	return "扫或输入：订单、出库单、商品、货位、批号、序列号、工号、运单号"
}
func (Chinese) TrailOf(what string) string     { return "记录 " + what }
func (Chinese) TrailLooks() string             { return "查找中" }
func (Chinese) TrailNone() string              { return "这段时间没有记录。" }
func (Chinese) TrailExpired(day string) string { return "过期 " + day }
func (Chinese) TrailFirst(n int) string        { return fmt.Sprintf("最近 %d 条", n) }
func (Chinese) TrailHint() string              { return "回车看全部，可再扫别的" }
func (Chinese) TrailWhich() string             { return "看哪段时间？" }
func (Chinese) TrailSaved(path string) string {
	return "记录已存到 " + path
}
func (Chinese) TrailHeader() []string {
	return []string{"时间", "事件", "内容", "工号", "姓名", "授权人", "工位", "关于", "原始扫描",
		"来源", "记录者", "代", "序号"}
}
func (Chinese) TrailFields() TrailRows {
	return TrailRows{"时间", "时钟偏差", "操作员", "授权人", "工位", "事件", "关于", "扫描内容",
		"扫描方式", "编号", "当时已知到"}
}
func (Chinese) TrailPair(name, value string) string { return name + "：" + value }

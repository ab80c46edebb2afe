package main

// centralWords is what is said of a rehearsal with central.
type centralWords interface {
	NoStations() string
	RehearsedCentral(f networkFigures) [][2]string
}

func (english) NoStations() string {
	return "There must be a station, with one operator or more, and --pty is for one station " +
		"alone. Correct --stations, --operators or --pty."
}
func (english) RehearsedCentral(f networkFigures) [][2]string {
	return networkRows(f, [...]string{"stations", "orders", "slips", "lines", "pieces shipped",
		"events", "answered scans", "refused", "shorts", "times a station was killed",
		"times central was killed", "faults of the line", "discrepancies",
		"ms a scan, half of them", "ms a scan, 99 of 100", "seconds", "violations"})
}
func (chinese) NoStations() string {
	return "至少要有一个工位，每个工位至少一名操作员；--pty 只用于单个工位。" +
		"请改 --stations、--operators 或 --pty。"
}
func (chinese) RehearsedCentral(f networkFigures) [][2]string {
	return networkRows(f, [...]string{"工位", "订单", "出库单", "出库单行", "出库件数", "事件",
		"已应答扫描", "拒绝", "缺货", "工位被强行中止次数", "中心服务器被强行中止次数", "线路故障",
		"差异", "每次扫描毫秒（中位数）", "每次扫描毫秒（99%以内）", "秒", "违反"})
}

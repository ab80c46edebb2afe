package i18n

import (
	"fmt"

	"scanbay/store"
)

// Chinese is the catalogue in Simplified Chinese.
type Chinese struct{}

func (Chinese) Tag() string      { return "zh" }
func (Chinese) Language() string { return "中文" }

func (Chinese) Repeat() string { return "重复扫描，不计数" }
func (Chinese) Dropped(n int, from string) string {
	return fmt.Sprintf("后续%d次未处理，从 %s 重做", n, from)
}
func (Chinese) Seen() string { return "F2知道了" }
func (Chinese) YesNo(same string) string {
	if same != "" {
		return "F2或再扫 " + same + " 是  F4否"
	}
	return "F2是  F4否"
}
func (c Chinese) KeyHint(key string, cmd Command) string { return key + c.Commands()[cmd] }
func (Chinese) ChooseHint() string                       { return "按数字选，Esc不选" }
func (Chinese) PickHint() string                         { return "上下键+Enter Esc退出" }
func (Chinese) ScrollHint() string                       { return "上下键翻看，Esc退出" }
func (Chinese) EntryHint() string                        { return "回车确定，Esc 放弃" }
func (Chinese) NotHere(command string) (problem, remedy string) {
	return "这里不能用：" + command, "按F9看这里能做什么"
}
func (Chinese) Help() []string {
	return []string{
		"按屏幕要求扫码。标签扫不了，输入条码后按Enter。",
		"ok 已完成；x 未完成，看怎么做；? 请回答；! 看清后按F2。",
	}
}
func (Chinese) NoScans() string { return "还没有扫描" }
func (Chinese) Echo() string    { return "重复" }
func (Chinese) Lost() string    { return "未处理" }
func (Chinese) Unsent(n int) string {
	return fmt.Sprintf("未传 %d", n)
}
func (Chinese) Alone() string { return "单机" }
func (Chinese) TooSmall(w, h int) string {
	return fmt.Sprintf("窗口太小，请放大到 %d x %d", w, h)
}

// Kinds implements Tables.
func (Chinese) Kinds() map[store.Kind]string {
	return map[store.Kind]string{
		store.ItemKind: "商品", store.BinKind: "货位", store.ToteKind: "周转箱",
		store.CartonKind: "箱号", store.SlipKind: "出库单", store.OrderKind: "销售订单",
		store.WaybillKind: "运单号", store.OperatorKind: "工牌",
		store.CommandKind: "命令码", store.StageKind: "暂存区", store.LotKind: "批次",
		store.SerialKind: "序列号", store.PersonKind: "客户",
		store.ReturnKind: "退货单", store.ParcelKind: "退货包裹",
	}
}

// Roles implements Tables.
func (Chinese) Roles() map[store.Role]string {
	return map[store.Role]string{
		store.Picker: "拣货", store.Verifier: "复核", store.Packer: "打包",
		store.Receiver: "收货", store.Inspector: "质检", store.Counter: "盘点",
		store.Supervisor: "主管", store.Administrator: "管理员",
	}
}

// Flaws implements Tables.
func (Chinese) Flaws() map[string]string {
	return map[string]string{
		"control": "有杂乱字符", "merged": "两个条码连在一起", "partial": "条码不完整",
		"long": "太长", "method": "出现汉字", "syntax": "GS1条码有误", "echo": "重复",
		"keyboard": "大写锁定或键盘布局",
	}
}

// Commands implements Tables.
func (Chinese) Commands() map[Command]string {
	return map[Command]string{
		Short: "缺货", Skip: "跳过", Undo: "撤销", Done: "完成", Quantity: "数量",
		Load: "装车", NotGone: "撤销出库", Track: "物流动态", WantBack: "退货申请",
		Seal: "封箱", Carton: "换箱", Approve: "通过", Reject: "驳回",
		Help: "帮助", More: "更多", Scans: "扫描记录", Language: "语言",
		Back: "返回", Yes: "是", No: "否", SignOut: "退出登录", Refresh: "刷新",
		Several: "多领", NextJob: "下一单", Cart: "拣货车", Fill: "领单上车", Free: "释放",
		OneTote: "一箱合拣",
		Confirm: "确认", Up: "上移", Down: "下移",
		Look: "查询", Ask: "提问", Answer: "答复", TakeBack: "反审核", Withdraw: "撤回",
		PutBack: "归位", Halt: "拦截", Release: "下发", Wave: "波次", Split: "拆单",
		Merge: "合单", Pay: "收款", Cancel: "取消商品", Change: "变更",
		Save:     "保存",
		Overrule: "改处理", Note: "备注", Scrap: "报废", Keeps: "客户不退",
		Settle: "已退款", Give: "手工退款", SendOff: "送出", SendBack: "退回客户",
		Parcel: "寄回单号", Reship: "补发", Signed: "签收",
		Unknown: "未知码", Clear: "重盘", Plan: "计划", Drop: "去掉",
		Arrive: "到仓", PutAside: "待处理", HandBack: "拒收", Inspect: "质检", Outside: "外箱",
		Carrier: "承运商",
		Sort:    "排序", Zone: "库区", Recount: "复盘", Found: "找回", WriteOff: "核销",
		Close: "关闭", CountBin: "盘此货位", Card: "单据", Override: "主管授权", Export: "导出",
		Span: "时段", Repack: "改装", All: "全部取出", Weigh: "称重", Without: "无单放行", Surplus: "多货",
		Doctor: "扫描枪诊断", Print: "打印", Printers: "打印机",
		"digit_0": "0", "digit_1": "1", "digit_2": "2", "digit_3": "3", "digit_4": "4",
		"digit_5": "5", "digit_6": "6", "digit_7": "7", "digit_8": "8", "digit_9": "9",
	}
}

// Conditions implements Tables.
func (Chinese) Conditions() map[Condition]Trouble {
	return map[Condition]Trouble{
		DiskNearlyFull: {"磁盘", "磁盘快满了[：{got}]", "请主管清理磁盘"},
		ScannerLost:    {"扫描枪", "扫描枪无响应[ {got}]", "检查连线或电池，可手工输入"},
		ScaleLost:      {"电子秤", "秤没有数据[ {got}]", "检查电源、连线，可手工输入重量"},
		ScaleDenied:    {"电子秤", "无权读取秤[ {got}]", "请 IT 把本用户加入 dialout 组"},
		PrinterDown: {"打印机", "打印机不打印[：{got}]",
			"检查电源、连线和纸张，好了会自动续打。查看：F9 打印"},
		PaperFailed: {"打印", "打印失败[：{got}]", "原因和处理办法：F9 打印"},
		ClockOff:    {"时钟", "系统时钟不准[：{got}]", "请主管校准时钟"},
		LinkDown:    {"断网", "连不上服务器[ {got}]", "照常作业，数据已存，稍后自动上传"},
		ScannerDenied: {"扫描枪", "无权读取扫描枪[ {got}]",
			"请 IT 把本用户加入 input、dialout 组（hidraw：udev）"},
	}
}

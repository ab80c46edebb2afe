package i18n

import (
	"fmt"

	"scanbay/store"
)

// ReturnsBys implements ReasonsText.
func (Chinese) ReturnsBys() map[store.ReturnsBy]string {
	return map[store.ReturnsBy]string{
		store.ReturnsByItem: "商品", store.ReturnsByCategory: "类目",
		store.ReturnsBySupplier: "供应商", store.ReturnsByChannel: "渠道",
		store.ReturnsByRegion: "地区", store.ReturnsBySeason: "季度",
		store.ReturnsByCustomer: "客户", store.ReturnsByCarrier: "承运商",
		store.ReturnsByReason: "原因", store.ReturnsByGrade: "质检等级",
	}
}

// ReturnSteps implements ReasonsText.
func (Chinese) ReturnSteps() map[store.ReturnStep]string {
	return map[store.ReturnStep]string{
		"": "全程", store.StepApproved: "审核", store.StepArrived: "寄回",
		store.StepReceived: "收货", store.StepInspected: "质检", store.StepShelved: "上架",
	}
}

func (Chinese) ReasonsBy(by string) string { return "退货 按" + by }
func (Chinese) ReasonsTrend() string       { return "退货走势" }
func (Chinese) ReasonsTimes() string       { return "退货用时" }
func (Chinese) ReasonsSpan(days int) string {
	switch days {
	case 0:
		return "全部"
	case 365:
		return "近一年"
	}
	return fmt.Sprintf("近%d天", days)
}
func (Chinese) ReasonsWhich() string { return "看哪段时间？" }
func (Chinese) ReasonsSum(back, sent store.Qty) string {
	return fmt.Sprintf("退%d/发%d", back, sent)
}
func (Chinese) ReasonsNone() string             { return "这段时间没有退货。" }
func (Chinese) ReasonsCounts() string           { return "统计中" }
func (Chinese) ReasonsHint() string             { return "<>换页 Enter选时间" }
func (Chinese) ReasonsSaid(list string) string  { return "申请：" + list }
func (Chinese) ReasonsFound(list string) string { return "质检：" + list }
func (Chinese) ReasonsRate(most string) string  { return "退货率 最高" + most }
func (Chinese) ReasonsTable() []string          { return []string{"中位", "九成", "单数"} }
func (Chinese) NotSaid() string                 { return "未说明" }
func (Chinese) NotInspected() string            { return "未质检" }
func (Chinese) NotKnown() string                { return "未知" }
func (Chinese) GradeName(g store.Grade) string  { return g.Zh }
func (Chinese) Waited(ms int64) string          { return waited(ms, "分", "时", "天") }
func (Chinese) ReasonsBack(most store.Qty, weeks bool) string {
	if weeks {
		return fmt.Sprintf("每周件数 最多%d", most)
	}
	return fmt.Sprintf("每天件数 最多%d", most)
}

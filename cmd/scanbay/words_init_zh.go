package main

import (
	"fmt"

	"scanbay/tui/i18n"
)

// InitQuestions implements initWords.
func (chinese) InitQuestions() map[string]i18n.Meaning {
	return map[string]i18n.Meaning{
		"language":  {Name: "语言 Language", About: "这些问题和第一位用户的语言。Of these questions."},
		"warehouse": {Name: "仓库", About: "仓库编号。写进每条记录，以后不能改。"},
		"station":   {Name: "工位", About: "本机的名称。以后不能改，各工位不能相同。"},
		"zone":      {Name: "时区", About: "仓库所在时区，日期和截单时间按它算。以后不能改。"},
		"number":    {Name: "工号", About: "第一位管理员的工号，什么都可以做。"},
		"name":      {Name: "姓名", About: "第一位管理员的姓名。"},
		"pin":       {Name: "PIN", About: "第一位管理员的密码，4 到 12 位数字，输入时不显示。"},
		"carton":    {Name: "箱型", About: "编码,名称,内尺寸（毫米）。直接回车：没有了。"},
	}
}
func (chinese) InitName() string { return "管理员" }
func (chinese) InitBad(got, want string) string {
	if want == "" {
		return fmt.Sprintf("“%s”不行，请输入内容。", got)
	}
	return fmt.Sprintf("“%s”不行，请照这样输：%s。", got, want)
}
func (chinese) InitAgain() string   { return "再输一次" }
func (chinese) InitBadPIN() string  { return "这不是密码，请输 4 到 12 位数字。" }
func (chinese) InitNotSame() string { return "两次不一样，请重新输入。" }
func (chinese) InitNeedsPIN() string {
	return "需要 4 到 12 位数字的密码：写进文件，用 --pin-file 文件；或设置环境变量 SCANBAY_PIN。"
}
func (chinese) InitEnded() string {
	return "没有答完就结束了，什么也没有建立。请重新开始。"
}
func (chinese) InitDone(path string) string { return path + " 已建立。已确定：" }
func (chinese) InitNext() string            { return "接下来：" }

package main

import (
	"errors"

	"scanbay/scanner/gs1"
)

// decodeWords is said of codes, and of what reads them.
type decodeWords interface {
	NoCode(line string) string
	OurLabel(kind, code string) string
	CodeIsText() string
	CodeIsWrong(ai string, why error) string
	CodeIsPart(ai, want string) string
	NoDevices() string
	DevicesKept() string
	DevicesForgotten() string
}

func (english) NoCode(line string) string {
	return "This is no object {\"id\", \"mode\", \"input\"}: " + line
}
func (english) OurLabel(kind, code string) string { return "a label of ours: " + kind + " " + code }
func (english) CodeIsText() string                { return "plain text: nothing of GS1 in it" }
func (english) CodeIsWrong(ai string, why error) string {
	if ai == "" {
		return "not a GS1 code: " + why.Error()
	}
	return "wrong at (" + ai + "): " + why.Error()
}
func (english) CodeIsPart(ai, want string) string {
	return "(" + ai + ") does not stand alone: another barcode of the label has " + want
}
func (english) NoDevices() string {
	return "No serial port, and no device that this user may see. A scanner that types is looked " +
		"at in\nthe station: F9, scanner doctor."
}
func (english) DevicesKept() string {
	return "The station has these devices from now on, without a flag."
}
func (english) DevicesForgotten() string {
	return "Forgotten: the station has what its flags name, and its keyboard."
}

func (chinese) NoCode(line string) string {
	return "不是 {\"id\", \"mode\", \"input\"} 形式：" + line
}
func (chinese) OurLabel(kind, code string) string { return "本系统标签：" + kind + " " + code }
func (chinese) CodeIsText() string                { return "普通文本，不含 GS1 内容" }
func (chinese) CodeIsWrong(ai string, why error) string {
	if ai == "" {
		return "不是 GS1 条码：" + gs1Wrong(why)
	}
	return "（" + ai + "）有误：" + gs1Wrong(why)
}
func (chinese) CodeIsPart(ai, want string) string {
	return "（" + ai + "）不能单独使用：标签的另一条码应有 " + want
}
func (chinese) NoDevices() string {
	return "没有串口，也没有本用户可见的设备。键盘口扫描枪请在工位上诊断：F9 扫描枪诊断。"
}
func (chinese) DevicesKept() string {
	return "本工位今后自动使用这些设备，无需参数。"
}
func (chinese) DevicesForgotten() string {
	return "已清除：本工位只用参数指定的设备和键盘。"
}

// gs1Wrong says what is wrong with a code.
func gs1Wrong(why error) string {
	for _, x := range []struct {
		err  error
		text string
	}{
		{gs1.ErrEmpty, "内容为空"}, {gs1.ErrUnknown, "没有这个应用标识符（AI）"},
		{gs1.ErrLength, "长度不对"}, {gs1.ErrCharacter, "含不允许的字符"},
		{gs1.ErrCheckDigit, "校验位错误"}, {gs1.ErrDate, "没有这个日期或时间"},
		{gs1.ErrValue, "数值不可能"}, {gs1.ErrRepeated, "重复且不同，可能两张标签并读"},
		{gs1.ErrPair, "不能与标签上的另一项同用"}, {gs1.ErrBracket, "应写成（AI）值"},
		{gs1.ErrLink, "不是 GS1 数字链接"}, {gs1.ErrOrder, "在数字链接中位置不对"},
		{gs1.ErrSymbol, "不是 GS1 码制"},
	} {
		if errors.Is(why, x.err) {
			return x.text
		}
	}
	return why.Error()
}

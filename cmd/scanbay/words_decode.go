package main

import (
	"errors"

	"scanbay/scanner/gs1"
)

// decodeWords is said of codes.
type decodeWords interface {
	NoCode(line string) string
	OurLabel(kind, code string) string
	CodeIsText() string
	CodeIsWrong(ai string, why error) string
	CodeIsPart(ai, want string) string
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

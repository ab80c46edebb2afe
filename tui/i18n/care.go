package i18n

import (
	"fmt"

	"scanbay/store"
)

// CareText is said where goods are sent off to be put right, or to their supplier.
type CareText interface {
	ReturnsCare(n int) string // as ReturnsText: below zero is not read yet
	CareTitle(lie, open int) string
	CareNone() string
	CareHint() string
	CareHintOpen() string
	CareReady(n store.Qty, as store.Disposition) string
	CareSum(n store.Qty, as store.Disposition) string
	CareOne(n store.Qty, item string) string
	CareBin(bin string, sum store.Qty) string
	CareWhich() string // of the goods of a bin
	CareOther(as store.Disposition) string
	CareBinFirst(bins string) string // the remedy for an item in several
	CareOtherBin() string            // the remedy for one without such goods
	CarePartner(n store.Qty, as store.Disposition) string
	CareNobody() string
	CareNo(partner string) string
	CareSent(n store.Qty, partner string) string
	CareWhen(as, at string) string
	CareAge(days int) string
	CareEnds() map[store.CareState]string
	CareNote(end string) string
	CareBack(n store.Qty) string
	CareLeft(n store.Qty) string // that nothing came of yet
	CareEnding(n store.Qty, all, others bool) string
	CareEach() string // the remedy where others came and nobody said which
	CareTakeBack() string
	CareAway() string
}

func (English) ReturnsCare(n int) string { return "Aftercare " + waiting(n) }
func (English) CareTitle(lie, open int) string {
	return fmt.Sprintf("Aftercare: %d, away %d", lie, open)
}
func (English) CareNone() string {
	return "Nothing lies in a bin for repair or its supplier, nothing is away."
}
func (English) CareHint() string {
	return "Scan a bin for all of it, or items. Enter: this row"
}
func (English) CareHintOpen() string { return "Enter: what came of it" }
func (e English) CareReady(n store.Qty, as store.Disposition) string {
	return e.CareSum(n, as) + ". F5 sends off"
}
func (e English) CareSum(n store.Qty, as store.Disposition) string {
	if n == 0 {
		return "Nothing is gathered"
	}
	return fmt.Sprintf("%d to %s", n, e.Dispositions()[as])
}
func (English) CareOne(n store.Qty, item string) string { return fmt.Sprintf("%d x %s", n, item) }
func (English) CareBin(bin string, sum store.Qty) string {
	return fmt.Sprintf("All of bin %s: %d together", bin, sum)
}
func (English) CareWhich() string { return "Which goods of it?" }
func (e English) CareOther(as store.Disposition) string {
	return "First send off what is to " + e.Dispositions()[as] + ": F5"
}
func (English) CareBinFirst(bins string) string {
	return "Take it from one: scan bin " + bins + ", F3, then the item"
}
func (e English) CarePartner(n store.Qty, as store.Disposition) string {
	return e.CareSum(n, as) + ". Who gets them?"
}
func (English) CareOtherBin() string {
	return "Nothing for repair or a supplier in it: scan another"
}
func (Chinese) CareOtherBin() string         { return "里面没有返修、退供的货，换个货位" }
func (English) CareNobody() string           { return "Not sent off: say who gets them" }
func (English) CareNo(partner string) string { return "Number of it at " + partner + ", if any?" }
func (English) CareSent(n store.Qty, partner string) string {
	return fmt.Sprintf("%d sent off to %s", n, partner)
}
func (English) CareWhen(as, at string) string { return as + ", since " + at }
func (English) CareAge(days int) string       { return fmt.Sprintf("%d d", days) }

// CareEnds implements CareText.
func (English) CareEnds() map[store.CareState]string {
	return map[store.CareState]string{store.CareRepaired: "repaired",
		store.CareReplaced: "replaced", store.CareCredited: "credited",
		store.CareRefused: "refused, came back"}
}
func (English) CareNote(end string) string { return end + ". A note, if any?" }
func (English) CareBack(n store.Qty) string {
	return fmt.Sprintf("%d back at the returns stage: inspect", n)
}

func (English) CareLeft(n store.Qty) string { return fmt.Sprintf("%d still away", n) }
func (English) CareEnding(n store.Qty, all, others bool) string {
	switch {
	case all && others:
		return fmt.Sprintf("Scan what came for them. Enter: for all %d", n)
	case all:
		return fmt.Sprintf("Scan which they are. Enter: all %d", n)
	}
	return fmt.Sprintf("Scan on, or Enter: these %d", n)
}
func (English) CareEach() string     { return "Scan each of those that came" }
func (English) CareTakeBack() string { return "take that back" }
func (English) CareAway() string     { return "Taken back: they are away as before" }

func (Chinese) ReturnsCare(n int) string { return "返修退供  " + waiting(n) }
func (Chinese) CareTitle(lie, open int) string {
	return fmt.Sprintf("返修退供 %d 在外%d", lie, open)
}
func (Chinese) CareNone() string     { return "没有待返修、退供的货，也没有在外的。" }
func (Chinese) CareHint() string     { return "扫货位全选，或扫商品；回车选本行" }
func (Chinese) CareHintOpen() string { return "回车：登记结果" }
func (c Chinese) CareReady(n store.Qty, as store.Disposition) string {
	return c.CareSum(n, as) + "，F5送出"
}
func (c Chinese) CareSum(n store.Qty, as store.Disposition) string {
	if n == 0 {
		return "还没有选货"
	}
	return fmt.Sprintf("已选 %d 件%s", n, c.Dispositions()[as])
}
func (Chinese) CareOne(n store.Qty, item string) string { return fmt.Sprintf("%d 件 %s", n, item) }
func (Chinese) CareBin(bin string, sum store.Qty) string {
	return fmt.Sprintf("货位 %s 全选，共 %d 件", bin, sum)
}
func (Chinese) CareWhich() string { return "选哪一类？" }
func (c Chinese) CareOther(as store.Disposition) string {
	return "请先按F5送出" + c.Dispositions()[as] + "的货"
}
func (Chinese) CareBinFirst(bins string) string {
	return "先扫货位 " + bins + "，按F3，再扫商品"
}
func (c Chinese) CarePartner(n store.Qty, as store.Disposition) string {
	return c.CareSum(n, as) + "，交给谁？"
}
func (Chinese) CareNobody() string           { return "没有送出：请输入交给谁" }
func (Chinese) CareNo(partner string) string { return partner + " 的单号？没有就回车" }
func (Chinese) CareSent(n store.Qty, partner string) string {
	return fmt.Sprintf("%d 件已送 %s", n, partner)
}
func (Chinese) CareWhen(as, at string) string { return as + " " + at + " 送出" }
func (Chinese) CareAge(days int) string       { return fmt.Sprintf("%d天", days) }

// CareEnds implements CareText.
func (Chinese) CareEnds() map[store.CareState]string {
	return map[store.CareState]string{store.CareRepaired: "已修好", store.CareReplaced: "已换货",
		store.CareCredited: "已退货款", store.CareRefused: "拒收退回"}
}
func (Chinese) CareNote(end string) string { return end + "，备注？没有就回车" }
func (Chinese) CareBack(n store.Qty) string {
	return fmt.Sprintf("%d 件回到退货暂存区，请质检", n)
}
func (Chinese) CareLeft(n store.Qty) string { return fmt.Sprintf("还有 %d 件在外", n) }
func (Chinese) CareEnding(n store.Qty, all, others bool) string {
	switch {
	case all && others:
		return fmt.Sprintf("扫换来的货；回车：%d 件全换", n)
	case all:
		return fmt.Sprintf("扫是哪几件；回车：全部 %d 件", n)
	}
	return fmt.Sprintf("继续扫，回车：就这 %d 件", n)
}
func (Chinese) CareEach() string     { return "请逐件扫换来的货" }
func (Chinese) CareTakeBack() string { return "撤销登记" }
func (Chinese) CareAway() string     { return "已撤销，货仍在外" }

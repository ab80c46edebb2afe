package i18n

import (
	"fmt"

	"scanbay/store"
)

// PutBackText is said where goods that were stopped go back to their bins.
type PutBackText interface {
	HomePutBack(n int) string
	PutBackTitle(n int) string // slips
	PutBackNone() string
	PutBackScan() string
	PutBackRow(from string, n store.Qty, to string) string
	PutBackFrom(from string, carton bool) string
	PutBackWant(n store.Qty) string
	PutBackAnyBin() string
	PutBackWhich() string // of several is not there
	PutBackOne(n store.Qty, item, bin string) string
	PutBackDone(from string) string
	PutBackUndone(n store.Qty, item, from string) string
	PutBackDue(n store.Qty) string // of the slip on the screen
	AskIntercept(slip, state string) []string
	InterceptedNow(slip store.SlipID) string
}

func (English) HomePutBack(n int) string  { return "Put back  " + waiting(n) }
func (English) PutBackTitle(n int) string { return fmt.Sprintf("Put back: %d", n) }
func (English) PutBackNone() string       { return "Nothing is to be put back." }
func (English) PutBackScan() string       { return "Scan tote, carton or slip" }
func (English) PutBackRow(from string, n store.Qty, to string) string {
	return fmt.Sprintf("%s: %d to %s", from, n, to)
}
func (English) PutBackFrom(from string, carton bool) string {
	if carton {
		return "Out of carton " + from
	}
	return "Out of tote " + from
}
func (English) PutBackWant(n store.Qty) string { return fmt.Sprintf("Put back %d", n) }
func (English) PutBackAnyBin() string          { return "Scan a bin for it" }
func (English) PutBackWhich() string           { return "Which one is it?" }
func (English) PutBackOne(n store.Qty, item, bin string) string {
	return fmt.Sprintf("%d %s back in %s", n, item, bin)
}
func (English) PutBackDone(from string) string { return "All put back from " + from }
func (English) PutBackUndone(n store.Qty, item, from string) string {
	return fmt.Sprintf("Taken back: put %d %s into %s", n, item, from)
}
func (English) PutBackDue(n store.Qty) string {
	return fmt.Sprintf("Stopped: %d stay here, to be put back", n)
}
func (English) AskIntercept(slip, state string) []string {
	return []string{fmt.Sprintf("%s is %s. Stop it? What was picked goes back.", slip, state)}
}
func (English) InterceptedNow(slip store.SlipID) string {
	return fmt.Sprintf("%s stopped. The order waits to be released", slip)
}

func (Chinese) HomePutBack(n int) string  { return "拦截归位  " + waiting(n) }
func (Chinese) PutBackTitle(n int) string { return fmt.Sprintf("拦截归位 %d处", n) }
func (Chinese) PutBackNone() string       { return "没有待归位的商品。" }
func (Chinese) PutBackScan() string       { return "请扫周转箱、箱或出库单" }
func (Chinese) PutBackRow(from string, n store.Qty, to string) string {
	return fmt.Sprintf("%s %d件 > %s", from, n, to)
}
func (Chinese) PutBackFrom(from string, carton bool) string {
	if carton {
		return "从箱 " + from
	}
	return "从周转箱 " + from
}
func (Chinese) PutBackWant(n store.Qty) string { return fmt.Sprintf("归位 %d 件", n) }
func (Chinese) PutBackAnyBin() string          { return "请扫一个货位" }
func (Chinese) PutBackWhich() string           { return "缺哪一件？" }
func (Chinese) PutBackOne(n store.Qty, item, bin string) string {
	return fmt.Sprintf("%d 件 %s 已归位 %s", n, item, bin)
}
func (Chinese) PutBackDone(from string) string { return from + " 已全部归位" }
func (Chinese) PutBackUndone(n store.Qty, item, from string) string {
	return fmt.Sprintf("已撤销：请把 %d 件 %s 放回 %s", n, item, from)
}
func (Chinese) PutBackDue(n store.Qty) string {
	return fmt.Sprintf("拦截 %d 件，留下待归位", n)
}
func (Chinese) AskIntercept(slip, state string) []string {
	return []string{fmt.Sprintf("%s %s，拦截吗？已拣的要归位", slip, state)}
}
func (Chinese) InterceptedNow(slip store.SlipID) string {
	return fmt.Sprintf("%s 已拦截，订单待重新下发", slip)
}

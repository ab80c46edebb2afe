package main

import "fmt"

// backWords is said of what came back in a rehearsal.
type backWords interface {
	RehearsedBack(f backFigures) [][2]string
	RehearsedCounts(f countFigures) [][2]string
}

func (english) RehearsedBack(f backFigures) [][2]string {
	return backRows(f, [...]string{"returns", "of them unannounced", "parcels of nobody known",
		"pieces received", "of them put aside", "unknown pieces kept", "pieces handed back",
		"pieces inspected", "pieces restocked", "pieces elsewhere", "refunds", "refunded"})
}

func (chinese) RehearsedBack(f backFigures) [][2]string {
	return backRows(f, [...]string{"退货单", "其中未申请", "无主件", "收货件数", "其中待处理",
		"不明商品件数", "拒收件数", "质检件数", "良品上架件数", "其他去处件数", "退款笔数", "退款金额"})
}

// backRows are the figures of what came back, each with its name; none where nothing did.
func backRows(f backFigures, names [12]string) (out [][2]string) {
	if f == (backFigures{}) {
		return nil
	}
	for i, value := range []any{f.Returns, f.Unannounced, f.Parcels, f.Received, f.Aside, f.Strays,
		f.HandedBack, f.Inspected, f.Restocked, f.NotRestocked, f.Refunds, f.Refunded} {
		out = append(out, [2]string{names[i], fmt.Sprint(value)})
	}
	return out
}

func (english) RehearsedCounts(f countFigures) [][2]string {
	return countRows(f, [...]string{"pieces vanished", "counts", "of them recounts", "variances",
		"pieces adjusted", "bins as their book"})
}

func (chinese) RehearsedCounts(f countFigures) [][2]string {
	return countRows(f, [...]string{"丢失件数", "盘点", "其中复盘", "盘点差异", "调整件数", "账实相符率"})
}

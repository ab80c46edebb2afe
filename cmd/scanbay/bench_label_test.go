package main

import (
	"testing"
	"time"

	"scanbay/store"
	"scanbay/tui/i18n"
	"scanbay/tui/paper"
)

// BenchmarkLabel prints how long a carton's label takes, from its data to what a label printer
// is sent, with another address on each.
func BenchmarkLabel(b *testing.B) {
	const labels = 200
	for b.Loop() {
		for dpi, name := range map[int]string{203: "p50-ms(≤10)", 300: "300dpi-p50-ms"} {
			var all []time.Duration
			press := paper.NewPress()
			for n := range labels {
				parcel := paper.Parcel{Carton: store.Carton{ID: "CK26030100001-1-S1", N: int64(n),
					Slip: "CK26030100001", Waybill: "SF3100000000001", Carrier: "SF"},
					To: store.Recipient{Name: "王小明", Phone: "13800004417", City: "杭州市",
						Address: "西湖区文一西路" + time.Duration(n).String() + "号"}}
				begin := time.Now()
				pages, err := press.Pages(paper.CartonLabel(i18n.Chinese{}, "SB", parcel), dpi)
				must(b, err)
				_, err = paper.ZPL(pages, 1)
				must(b, err)
				all = append(all, time.Since(begin))
			}
			b.ReportMetric(us(p50(all))/1000, name)
		}
	}
	b.ReportMetric(0, "ns/op")
}

package report

import (
	"testing"

	"scanbay/store"
)

// What was found again is no loss: the count that brought it gained too much.
func TestFoundGoodsAreNotLost(t *testing.T) {
	d := Day{Variances: map[store.VarianceState]int{}, Resolved: map[store.DiscEnd]int{}}
	causes := map[string]Adjusted{}
	cup := store.Batch{Item: "CUP-02"}
	d.count(store.StockAdjusted{About: "c1", State: store.VarianceAdjusted, Worth: 30,
		Lines: []store.Adjustment{{Batch: cup, N: 3}}}, causes)
	d.count(store.StockAdjusted{About: "d1", Disc: "d1", As: store.DiscFound, Worth: -20,
		Lines: []store.Adjustment{{Batch: cup, N: -2}}}, causes)
	d.count(store.StockAdjusted{About: "d2", Disc: "d2", As: store.DiscWrittenOff, Worth: -40,
		Lines: []store.Adjustment{{Batch: cup, N: -4}}}, causes)
	if got, want := causes[""], (Adjusted{Gained: 1, Lost: 4, Worth: -30}); got != want {
		t.Errorf("%+v, not %+v", got, want)
	}
	if d.Resolved[store.DiscFound] != 1 || d.Resolved[store.DiscWrittenOff] != 1 {
		t.Error(d.Resolved)
	}
}

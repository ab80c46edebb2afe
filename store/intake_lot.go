package store

// LotSeen reads what is known of a lot; no dates when nothing is.
func (r *Reader) LotSeen(sku SKU, lot Lot) (LotSeen, error) {
	l := LotSeen{SKU: sku, Lot: lot}
	_, err := r.one([]any{&l.Made, &l.Expires}, `
		SELECT made, expires FROM lot WHERE wh = ? AND item = ? AND lot = ?`, sku, lot)
	return l, err
}

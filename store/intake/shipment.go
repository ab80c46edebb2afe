package intake

import (
	"errors"

	"scanbay/store"
	"scanbay/store/shipping"
)

// shipmentColumns are those of what carriers say of parcels: a row says one thing of one.
var shipmentColumns = []column{
	{"waybill", "运单号 快递单号 物流单号 waybill_no tracking_no", code, must},
	{"state", "状态 物流状态 status", travels.read, must},
	{"at", "时间 发生时间 更新时间 time", moment, must},
	{"place", "地点 所在地 网点 location", text, may},
	{"note", "说明 备注 描述 remark", text, may},
}

type shipmentRow struct{ store.Tracking }

// fields stand in the order of the columns.
func (x *shipmentRow) fields() []any {
	return []any{&x.Waybill, &x.State, &x.At, &x.Place, &x.Note}
}

// shipments takes in what carriers say of parcels on their way. What they said before is known.
func (t *taking) shipments() error {
	for rows := range t.each(t.group("waybill", "state", "at")) {
		var x shipmentRow
		before := t.problems()
		t.fill(t.merge(rows), x.fields())
		if t.problems() > before {
			continue
		}
		x.Source = "import"
		e, err := shipping.TrackOf(t.tx, x.Tracking)
		if errors.Is(err, shipping.ErrKnown) {
			t.Known++
			continue
		}
		if r, refused := store.RefusalOf(err); refused {
			name, code := "waybill", UnknownSlip
			switch r.Code {
			case store.NotSent:
				code = NotSent
			case store.BadSetting:
				name, code = "at", NotThatDay
			}
			t.problem(rows[0], name, code, r.Want)
			continue
		}
		if err != nil {
			return err
		}
		if err := t.tx.Record(e); err != nil {
			return err
		}
		t.Taken++
	}
	return nil
}

package intake_test

import (
	"testing"

	"scanbay/store"
	"scanbay/store/intake"
	"scanbay/store/order"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

// TestWhatBecomesOfOrders: money and cancellations come by file, each number once, and
// a file of orders that came otherwise before asks for changes.
func TestWhatBecomesOfOrders(t *testing.T) {
	d := open(t)
	d.Record(storetest.Has("A-01-01", "TEA-500", 40))
	const export = "order,phone,address,sku,qty,price\nX1,139,Road 1,TEA-500,4,25\n"
	d.take(intake.Orders, export)
	d.Plan()
	stands := func(want store.OrderState) {
		t.Helper()
		d.Plan()
		equal(t, storetest.Read(d.Site, func(r *store.Reader) (store.OrderState, error) {
			ids, err := r.OrdersByNo("X1")
			if err != nil {
				return "", err
			}
			return r.OrderState(ids[0])
		}), want)
	}
	stands(store.Held)
	const money = "order,payment,kind,amount\nX1,A1,,60\nX1,A2,付款,50\nX1,A3,冲正,10\n"
	equal(t, counts(d.take(intake.Payments, money)),
		"3 rows: 3 taken, 0 same, 0 known, 0 skipped, before false")
	stands(store.Released)
	equal(t, counts(d.take(intake.Payments, "order,payment,amount\nX1,A1,60\n")),
		"1 rows: 0 taken, 0 same, 1 known, 0 skipped, before false")

	cut := "order,number,kind,sku,qty,amount\nX1,K1,refund,TEA-500,1,25\nX1,K2,退款,,,5\n"
	equal(t, d.take(intake.Cancellations, cut).Taken, int64(2))
	equal(t, d.take(intake.Cancellations, cut+"X1,K3,cancel,TEA-500,2,\n").Known, int64(2))
	d.Plan()
	d.Levels("TEA-500", 40, 2)

	moved := "order,phone,address,sku,qty,price\nX1,139,Road 2,TEA-500,4,25\n"
	r := d.take(intake.Orders, moved)
	equal(t, r.Asked, int64(1))
	equal(t, r.Taken, int64(0))
	equal(t, d.take(intake.Orders, moved+"X2,139,Road 2,TEA-500,1,25\n").Known, int64(1))
	asked, err := order.OpenChanges(t.Context(), d.Store)
	d.Must(err)
	equal(t, asked[0].Diff, []order.Difference{{What: "address", Was: "Road 1", Will: "Road 2"}})
	d.Record(storetest.Warehouse()[4:7]...) // the people
	d.Must(order.MakeChange(t.Context(), d.Store, store.Gesture{Operator: "900"},
		asked[0].OrderChange.Order, 1, "customer"))
	d.Whole(sqlite.Open)
}

const oneOrder = "order,phone,address,sku,qty,price,gift\n" +
	"X1,139,Road 1,TEA-500,4,0,\n"

func TestACancellationOfYesterdayIsKnown(t *testing.T) {
	d := open(t)
	d.take(intake.Orders, oneOrder)
	d.take(intake.Cancellations, "order,number,kind,sku,qty,amount\nX1,K1,取消,TEA-500,1,25\n")
	// The next day's export has the same row again.
	r := d.load(intake.Cancellations, "order,number,kind,sku,qty,amount\n"+
		"X1,K1,取消,TEA-500,1,25\nX1,K2,取消,TEA-500,1,25\n")
	equal(t, r.Known, int64(1))
	equal(t, r.Taken, int64(1))
}

func TestACancellationGoesThroughTheLinesOfAnItem(t *testing.T) {
	d := open(t)
	d.take(intake.Orders, "order,phone,address,sku,qty,price,gift\n"+
		"X1,139,Road 1,TEA-500,1,25,\nX1,139,Road 1,TEA-500,1,0,1\n")
	r := d.load(intake.Cancellations, "order,number,kind,sku,qty\n"+
		"X1,K1,取消,TEA-500,1\nX1,K1,取消,TEA-500,1\n")
	equal(t, r.Taken, int64(1))
}

func TestACouponIsNoPayment(t *testing.T) {
	d := open(t)
	d.take(intake.Orders, oneOrder)
	equal(t, len(d.load(intake.Payments, "order,payment,amount\nX1,A1,0\n").Problems), 0)
}

func TestACustomerMovesBack(t *testing.T) {
	d := open(t)
	d.Record(storetest.Warehouse()...)
	d.Record(storetest.Has("A-01-01", "TEA-500", 40))
	d.take(intake.Orders, oneOrder)
	moved := "order,phone,address,sku,qty,price\nX1,139,Road 2,TEA-500,4,0\n"
	d.take(intake.Orders, moved)
	asked, err := order.OpenChanges(t.Context(), d.Store)
	d.Must(err)
	d.Must(order.MakeChange(t.Context(), d.Store, store.Gesture{Operator: "900"},
		asked[0].OrderChange.Order, 1, "customer"))
	r := d.load(intake.Orders, oneOrder+"X9,139,Road 1,TEA-500,4,0,\n")
	equal(t, r.Asked, int64(1))
}

func TestAKitKeepsItsPartsWhenItChanges(t *testing.T) {
	d := open(t)
	d.Record(storetest.Warehouse()...)
	head := "order,phone,address,sku,qty,price,parent\n"
	d.take(intake.Orders, head+"X1,139,Road 1,CUP-02,1,9,\nX1,139,Road 1,TEA-500,1,0,CUP-02\n")
	d.take(intake.Orders, head+"X1,139,Road 1,MILK,1,9,\n"+
		"X1,139,Road 1,CUP-02,1,9,\nX1,139,Road 1,TEA-500,1,0,CUP-02\n")
	asked, err := order.OpenChanges(t.Context(), d.Store)
	d.Must(err)
	for _, l := range asked[0].To.Lines {
		if l.Parent == l.Line {
			t.Errorf("line %d, %s, is a part of itself", l.Line, l.Item)
		}
	}
}

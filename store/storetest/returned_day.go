package storetest

import (
	"fmt"
	"strings"

	"scanbay/store"
	"scanbay/store/returns"
)

// ReturnPlaces are where goods lie that came back and are not to be sold.
func ReturnPlaces() (out []store.Event) {
	for code, use := range map[string]store.Use{"H-01": store.HoldUse, "D-01": store.DefectUse} {
		out = append(out, store.PlaceSaved{Bin: store.Bin{Place: store.InBin(code), Use: use,
			Zone: "R", Walk: 90, Active: true}})
	}
	return out
}

// returnStep does one thing that a person might do next with what came back.
func (w *Worker) returnStep() {
	w.Helper()
	switch w.IntN(12) {
	case 0:
		w.arriveStep()
	case 1, 2, 3, 4:
		w.receiveStep()
	case 5, 6, 7:
		w.gradeStep()
	case 8, 9, 10:
		w.shelveStep()
	case 11:
		w.backStep()
	}
}

// arriveStep registers a parcel, and opens one: there may be nothing in it.
func (w *Worker) arriveStep() {
	code := fmt.Sprintf("YT%013d", w.IntN(30))
	came, err := returns.Arrive(background, w.Store, w.By(w.Operator, code),
		returns.Arrival{Condition: store.Conditions[w.IntN(len(store.Conditions))]})
	switch said := w.Code(err); w.IntN(5) {
	case 0:
		if said == "" {
			w.Must(returns.Unarrive(background, w.Store, store.Gesture{Operator: w.Operator}, came))
		}
		return
	case 1:
		return
	}
	box, err := returns.Open(background, w.Store, w.By(w.Operator, code))
	if w.Code(err) == "" && len(box.Rows) == 0 {
		w.Must(returns.Empty(background, w.Store, store.Gesture{Operator: w.Operator}, box.Case))
	}
}

// receiveStep opens what an order's label, or a return's, stands for, and takes some of it
// in. What nobody wants goes aside, or back.
func (w *Worker) receiveStep() {
	code := fmt.Sprint("P-", []string{"", "g"}[w.IntN(2)], w.IntN(9))
	if all := Read(w.Site, func(r *store.Reader) ([]store.Coming, error) {
		return r.Coming(0, 9)
	}); len(all) > 0 && w.IntN(2) == 0 {
		code = "return:" + string(all[w.IntN(len(all))].RMA)
	}
	box, err := returns.Open(background, w.Store, w.By(w.Operator, code))
	if w.Code(err) != "" {
		return
	}
	c := box.Case
	for range 1 + w.IntN(3) {
		item := []string{Tea, Cup, "MILK|L1", "PHONE||I-1", "nobody"}[w.IntN(5)]
		in := returns.ReceiveScan{By: w.By(w.Operator, item), Case: c}
		in.By.N, in.Extra = store.Qty(w.IntN(3)), w.IntN(2) == 0
		out, err := returns.Receive(background, w.Store, in)
		why := w.Code(err)
		if why == "" {
			c = out.Opened.Case
			continue
		}
		do := returns.Aside
		if w.IntN(3) == 0 {
			do = returns.TurnAway
		}
		in.By = w.By(w.Operator, item)
		if out, err = do(background, w.Store, in, why); w.Code(err) == "" {
			c = out.Opened.Case
		}
	}
}

// gradeStep looks at what waits, and puts it into a tote for what is to become of it.
func (w *Worker) gradeStep() {
	all := Read(w.Site, func(r *store.Reader) ([]returns.Piece, error) {
		return returns.ToGrade(r, "")
	})
	if len(all) == 0 {
		return
	}
	p := all[w.IntN(len(all))]
	in := returns.LookScan{By: w.By(w.Operator, fmt.Sprintf("%s|%s|%s", p.Batch.Item, p.Lot,
		p.Serial)), RMA: p.RMAID}
	seen, err := returns.LookAt(background, w.Store, in)
	if w.Code(err) != "" || seen.Needs != "" {
		return
	}
	g := seen.Grades[w.IntN(len(seen.Grades))]
	_, err = returns.Inspect(background, w.Store, returns.GradeScan{Piece: seen.Piece, N: seen.N,
		Grade: g.Code, By: w.By(w.Operator, fmt.Sprintf("tote:R-%s-%s", w.name,
			strings.ToUpper(string(g.As))))})
	w.Code(err)
}

// shelveStep brings what lies in a tote to its place.
func (w *Worker) shelveStep() {
	todo, err := returns.Work(background, w.Store)
	w.Must(err)
	if len(todo.Totes) == 0 {
		return
	}
	tote := todo.Totes[w.IntN(len(todo.Totes))]
	at, err := returns.InTote(background, w.Store, tote)
	w.Must(err)
	if len(at.Rows) == 0 {
		return
	}
	next := at.Rows[0]
	if next.As == store.Scrap && w.IntN(2) == 0 {
		_, err = returns.ThrowAway(background, w.Store, store.Gesture{Operator: "900"}, tote)
		w.Code(err)
		return
	}
	in := returns.ShelfScan{Tote: tote, At: "bin/H-01", By: w.By(w.Operator, fmt.Sprintf(
		"%s|%s|%s", next.Batch.Item, next.Lot, next.Serial))}
	if len(at.To) > 0 && w.IntN(5) > 0 {
		in.At = at.To[0].Place
	}
	_, err = returns.Shelve(background, w.Store, in)
	w.Code(err)
}

// backStep takes something back.
func (w *Worker) backStep() {
	by := store.Gesture{Operator: w.Operator}
	if all := Read(w.Site, func(r *store.Reader) ([]returns.Piece, error) {
		return returns.ToGrade(r, "")
	}); len(all) > 0 {
		var err error
		if w.IntN(2) == 0 {
			_, err = returns.Uninspect(background, w.Store, by, all[0].RMAID)
		} else {
			_, err = returns.Unreceive(background, w.Store, by, returns.Case{RMA: all[0].RMAID})
		}
		w.Code(err)
		return
	}
	tote := store.InTote(fmt.Sprintf("R-%s-RESTOCK", w.name))
	_, err := returns.Unshelve(background, w.Store, by, tote)
	w.Code(err)
}

// returnStep does one thing that might happen to a return in the office.
func (o office) returnStep() {
	o.Helper()
	by, order := store.Gesture{Operator: "900"}, o.sentOrder()
	switch o.IntN(8) {
	case 0, 1, 2:
		o.askBack(by, order)
	case 3:
		o.decideReturn(by)
	case 4:
		o.onItsWay(by, order)
		o.Code(returns.SignOff(background, o.Store, by, returns.SigningOff{Order: order}))
		o.Code(returns.SetPolicy(background, o.Store, by, store.ReturnPolicy{
			Days: int64(o.IntN(30)), Restocking: int64(o.IntN(20)),
			Bearer: store.Bearers[o.IntN(3)], Active: true}))
		o.Code(returns.SetGrade(background, o.Store, by,
			store.StandardGrades[o.IntN(len(store.StandardGrades))]))
		o.Code(returns.SetChecklist(background, o.Store, by, store.ChecklistSet{
			Points: []store.Point{{En: "lid", Zh: "盖"}}}))
	case 5:
		o.endStrays(by)
		o.sendBack(by)
	case 6:
		o.sendAway(by)
	case 7:
		o.payBack(by)
	}
}

// sentOrder is an order of which something left, where there is one.
func (o office) sentOrder() (id store.OrderID) {
	all := Read(o.Site, func(r *store.Reader) ([]store.OrderID, error) {
		return r.OrdersIn(store.Confirmed)
	})
	for _, i := range o.Perm(len(all)) {
		id = all[i]
		switch Read(o.Site, func(r *store.Reader) (store.OrderState, error) {
			return r.OrderState(id)
		}) {
		case store.Shipped, store.PartShipped:
			return id
		}
	}
	return id
}

// askBack is a customer who wants to send something back.
func (o office) askBack(by store.Gesture, order store.OrderID) {
	a := store.RMA{How: store.ByCourier, Wants: store.ReturnWantings[o.IntN(3)],
		Lines: []store.RMALine{{Item: []store.SKU{"TEA-500", "CUP-02", "MILK"}[o.IntN(3)],
			N: store.Qty(1 + o.IntN(2)), Order: order,
			Reason: []string{"quality", "no reason of ours"}[o.IntN(2)]}}}
	id, err := returns.Request(background, o.Store, by, a)
	if o.Code(err) == "" && id != "" && o.IntN(2) == 0 {
		o.Code(returns.Tell(background, o.Store, by, id,
			store.WaybillNo(fmt.Sprintf("YT%013d", o.IntN(30))), "YTO"))
	}
}

// decideReturn is a supervisor who decides on what waits for one.
func (o office) decideReturn(by store.Gesture) {
	all, err := returns.Waiting(background, o.Store)
	o.Must(err)
	for _, h := range all[:min(2, len(all))] {
		id := h.RMA.ID
		switch o.IntN(6) {
		case 0:
			o.Code(returns.Reject(background, o.Store, by, id, "other"))
		case 1, 2:
			o.Code(returns.AskCustomer(background, o.Store, by, id, "有照片吗？"))
			o.Code(returns.AnswerFor(background, o.Store, by, id, "有"))
		case 3:
			o.Code(returns.CancelReturn(background, o.Store, by, id, "customer"))
		default:
			o.Code(returns.Approve(background, o.Store, by, id, "checked"))
		}
	}
}

// endStrays says what came of what nobody knew.
func (o office) endStrays(by store.Gesture) {
	for _, x := range Read(o.Site, (*store.Reader).Strays) {
		in := returns.Resolving{Stray: x.ID, As: store.StrayEnds[o.IntN(3)],
			Batch: store.Batch{Item: "CUP-02"}}
		in.N = store.Qty(o.IntN(2))
		o.Code(returns.ResolveStray(background, o.Store, by, in))
	}
	o.findOwners()
}

// findOwners says of what lies aside which of some orders it is of.
func (o office) findOwners() {
	for i, p := range Read(o.Site, func(r *store.Reader) ([]returns.Piece, error) {
		return returns.Nobodys(r, "", "")
	}) {
		for _, id := range []store.OrderID{o.sentOrder(), "g0", "g1", "g2", "0", "1", "2", "3"} {
			whose := store.Gesture{Operator: "900", Mark: Mark("P-" + string(id))}
			if i > 2 || o.Code(returns.Belongs(background, o.Store, whose,
				p.Belonging(1))) == "" {
				break
			}
		}
	}
}

// sendBack sends one of what nobody takes back to its customer again.
func (o office) sendBack(by store.Gesture) {
	all := Read(o.Site, returns.Unwanted)
	if len(all) == 0 {
		return
	}
	p := all[o.IntN(len(all))]
	o.Code(returns.SendBack(background, o.Store, by, returns.SendingBack{
		Belonging: p.Belonging(1)}))
}

// sendAway lets goods leave for who puts them right, and says what came of others, or of some
// of them, and takes some of that back.
func (o office) sendAway(by store.Gesture) {
	for _, c := range Read(o.Site, func(r *store.Reader) ([]store.Aftercare, error) {
		return r.Aftercares(50)
	}) {
		in := returns.Closing{ID: c.ID, As: store.CareEnds[o.IntN(len(store.CareEnds))]}
		if one := c.Left()[0]; o.IntN(2) == 0 {
			one.N = 1
			in.Goods = []returns.CareBack{{CareGoods: one}}
		}
		o.Code(returns.CloseCare(background, o.Store, by, in))
		if o.IntN(4) == 0 {
			was := Read(o.Site, func(r *store.Reader) (store.Aftercare, error) {
				return r.Aftercare(c.ID)
			})
			o.Code(returns.UndoCare(background, o.Store, by, returns.CareUndo{ID: c.ID,
				End: was.Last().ID}))
		}
	}
	_, err := returns.SendOff(background, o.Store, by, returns.SendingOff{Of: store.Refurbish,
		Partner: "修理部", Places: []store.Place{"bin/D-01", "bin/H-01"}})
	o.Code(err)
}

// payBack settles refunds, and tells customers.
func (o office) payBack(by store.Gesture) {
	for _, f := range o.everyRefund() {
		o.Code(returns.SettleRefund(background, o.Store, by, returns.Settling{Refund: f.ID,
			No: "F" + f.ID}))
	}
	p, err := returns.FindPurse(background, o.Store, store.Gesture{Operator: by.Operator,
		Mark: store.Mark{Text: string(o.sentOrder())}})
	o.Code(err)
	_, err = returns.GiveBack(background, o.Store, by, returns.Giving{Order: p.Order.ID,
		Amount: p.Left / 2, Reason: "other"})
	o.Code(err)
	told, err := returns.Pending(background, o.Store, 5)
	o.Must(err)
	for _, n := range told {
		o.Code(returns.Sent(background, o.Store, by, n))
	}
}
